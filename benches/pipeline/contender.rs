//! A client in a process of its own, and what it takes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::messages::Sample;
use crate::servers::PROGRAM;

/// What is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Client {
    /// librdkafka alone.
    Passthrough,
    /// SAL text to Avro.
    Transformer,
    /// The same with a closure that changes nothing.
    Closure,
    /// The same with a closure that counts so far.
    Work(u32),
}

/// Where it runs, and what it reads.
pub struct Task<'a> {
    pub broker: &'a str,
    pub registry: &'a str,
    pub inputs: &'a [&'a str],
    /// Of the output; also the name of the group.
    pub prefix: &'a str,
    /// The output topic.
    pub output: &'a str,
    pub dead_letters: &'a str,
}

/// What a client took.
#[derive(Debug, Clone, Copy)]
pub struct Took {
    /// Seconds of processor time, of user and system.
    pub cpu: f64,
    /// Seconds from its start to its end.
    pub time: f64,
}

impl Client {
    /// Runs it to its end, which must come after `count` records.
    pub fn run(self, task: &Task<'_>, count: u32) -> Took {
        let (before, start) = (cpu_of_children(), Instant::now());
        finish(self.start(task), count);
        Took { cpu: cpu_of_children() - before, time: start.elapsed().as_secs_f64() }
    }

    /// Starts it.
    pub fn start(self, task: &Task<'_>) -> Child {
        let mut command = match self {
            Client::Passthrough => {
                let mut command = Command::new(std::env::current_exe().unwrap());
                command.args(["--passthrough", task.broker, task.inputs[0], task.output]);
                command
            }
            Client::Transformer => pipeline(task),
            Client::Closure => {
                let mut command = pipeline(task);
                command.arg("--closure");
                command
            }
            Client::Work(steps) => {
                let mut command = pipeline(task);
                command.arg(format!("--work={steps}"));
                command
            }
        };
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }
}

fn pipeline(task: &Task<'_>) -> Command {
    let script: PathBuf =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/pipeline/pipeline.rhai");
    let mut command = Command::new(PROGRAM);
    command.args(["--broker", task.broker, "--registry", task.registry, "run"]);
    command.arg(script).args(["--", "--group", task.prefix, "--prefix", task.prefix]);
    command.args(["--dead-letters", task.dead_letters]);
    task.inputs.iter().for_each(|input| {
        command.args(["--input", input]);
    });
    command
}

/// Waits for the end of a client, which must come after `count` records.
pub fn finish(client: Child, count: u32) {
    let output = client.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{complaint}");
    assert_eq!(said.trim(), count.to_string(), "{complaint}");
}

/// Tells what `client` has in memory at most, in MiB, till it ends or `time` is over.
pub fn peak(client: &mut Child, time: Duration) -> f64 {
    let (start, mut peak) = (Instant::now(), 0.0);
    while client.try_wait().unwrap().is_none() && start.elapsed() < time {
        let status =
            fs::read_to_string(format!("/proc/{}/status", client.id())).unwrap_or_default();
        if let Some(line) = status.lines().find_map(|line| line.strip_prefix("VmHWM:")) {
            peak = line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1024.0;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    peak
}

/// The topic to which transformers with `prefix` write records like `sample`, once `registry` has
/// its schema, which is seen to.
pub fn prepare(registry: &str, prefix: &str, sample: &Sample) -> String {
    let sal_topic = sample.text.split([' ', ':']).nth(1).unwrap();
    let output = format!("{prefix}.{sal_topic}");
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(&file, &sample.schema).unwrap();
    let done = Command::new(PROGRAM)
        .args(["--registry", registry, "registry", "upload", &output])
        .arg(file.path())
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    output
}

/// Seconds of processor time, of user and system, of all processes that were started here and ended.
pub fn cpu_of_children() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    // The name in parentheses may hold spaces; the times are the 14th and 15th field after it, in
    // ticks of which Linux counts 100 a second on every platform it runs on today.
    let fields = stat.rsplit_once(") ").unwrap().1;
    fields.split(' ').skip(13).take(2).map(|ticks| ticks.parse::<f64>().unwrap() / 100.0).sum()
}
