//! How often a pipeline takes memory for a record once it is warm. What librdkafka takes in C does not
//! count.
//!
//! `cargo bench --bench allocations` transforms two backlogs from SAL text to Avro, of which one has
//! 100 000 records more, each in a process of its own in which dhat counts; the difference is theirs.
//! Two are of the wrapper of librdkafka: an event for each record that is read, and a C string of the
//! topic for each that is sent.
#![allow(clippy::unwrap_used)] // A broken bench may stop.

#[path = "../pipeline/contender.rs"]
#[allow(dead_code)] // The bench `pipeline` uses all of it.
mod contender;
#[path = "../transform/messages.rs"]
#[allow(dead_code)] // The bench `transform` uses all of it.
mod messages;
#[path = "../pipeline/servers.rs"]
#[allow(dead_code)] // The same.
mod servers;

use std::env;
use std::fs;
use std::process::{Command, ExitCode, Stdio};

use dhat::{HeapStats, Profiler};
use tempfile::NamedTempFile;

use crate::contender::{finish, prepare};
use crate::messages::{Sample, small, thermal};
use crate::servers::{Broker, Stack};

#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

/// Where a counted client leaves its count.
const COUNT: &str = "ALLOCATIONS";
/// Records till a pipeline is warm, and how many more there are.
const WARM: u32 = 50_000;
const MORE: u32 = 100_000;

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).filter(|arg| arg != "--bench").collect();
    if let Ok(file) = env::var(COUNT) {
        return client(&file, args);
    }
    let stack = Stack::start();
    for sample in [thermal(), small()] {
        let [few, many] = [WARM, WARM + MORE].map(|count| count_blocks(&stack, &sample, count));
        let each = (many - few) / f64::from(MORE);
        println!("{}: {each:.3} allocations for a record", sample.name);
    }
    ExitCode::SUCCESS
}

/// The program itself, counted.
fn client(file: &str, args: Vec<String>) -> ExitCode {
    let profiler = Profiler::builder().testing().build();
    let code = kafkaefd::cli::main(args.into_iter().map(Into::into));
    fs::write(file, HeapStats::get().total_blocks.to_string()).unwrap();
    drop(profiler);
    code
}

/// How often the transformer of so many records takes memory.
fn count_blocks(stack: &Stack, sample: &Sample, count: u32) -> f64 {
    let broker: Broker = stack.brokers().swap_remove(0);
    let input = format!("{}-{count}", sample.name);
    let dead_letters = format!("{input}.dead");
    let output = prepare(&stack.registry, &input, sample);
    for topic in [&input, &dead_letters, &output] {
        broker.create(topic);
    }
    broker.feed(&input, &sample.text, count);
    let counted = NamedTempFile::new().unwrap();
    let client = Command::new(env::current_exe().unwrap())
        .env(COUNT, counted.path())
        .args(["kafkaefd", "--broker", &broker.address, "--registry", &stack.registry, "run"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/pipeline/pipeline.rhai"))
        .args(["--", "--group", &input, "--prefix", &input, "--dead-letters", &dead_letters])
        .args(["--input", &input])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    finish(client, count);
    fs::read_to_string(counted.path()).unwrap().parse().unwrap()
}
