//! The real servers of the test bed (`tests/bed/README.md`).

use std::any::Any;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Seek as _, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::time::Duration;

use super::{Kafkaefd, Stack};

/// What a test unwinds with where the bed lacks what it needs.
struct Skipped;

/// The servers that `tests/bed/up` started: `$KAFKAEFD_BED/endpoints`, read anew for each test.
pub struct Bed {
    folder: PathBuf,
    endpoints: BTreeMap<String, String>,
    tag: String,
}

impl Bed {
    /// Runs `test` on the bed. Where the bed, or a server the test asks for, is not there, the test
    /// says `SKIPPED` and passes; with `CI=true` it fails.
    pub fn run(test: impl FnOnce(&Bed)) {
        let outcome = catch_unwind(AssertUnwindSafe(|| test(&Bed::open())));
        if let Err(cause) = outcome
            && !cause.is::<Skipped>()
        {
            resume_unwind(cause);
        }
    }

    /// Starts the server `name` (`kafka3`, `kafka3-2`) unless it runs, and returns the bed with it.
    pub fn up(&self, name: &str) -> Bed {
        self.script("up", &[name]);
        Bed { tag: self.tag.clone(), ..Bed::open() }
    }

    /// Stops the server `name`; [`Bed::up`] brings it back as after a crash.
    pub fn stop(&self, name: &str) {
        self.script("down", &["--keep", name]);
    }

    /// Ends the server `name` with SIGKILL; [`Bed::up`] brings it back.
    pub fn kill(&self, name: &str) {
        let text = std::fs::read_to_string(self.folder.join(name).join("pid")).unwrap();
        let pid = text.split_whitespace().next().unwrap();
        assert!(Command::new("kill").args(["-s", "KILL", pid]).status().unwrap().success());
        while std::fs::exists(format!("/proc/{pid}")).unwrap() {
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Keeps the server `name` for this test until the result is dropped: other tests that do the
    /// same, of this process or another, wait.
    pub fn reserve(&self, name: &str) -> File {
        let file = File::create(self.folder.join(format!(".{name}.reserved"))).unwrap();
        file.lock().unwrap();
        file
    }

    /// Runs a command of the bed on the bed of this test.
    fn script(&self, name: &str, args: &[&str]) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bed").join(name);
        let mut command = Command::new(path);
        self.succeed(command.env("KAFKAEFD_BED", &self.folder).args(args));
    }

    fn open() -> Bed {
        let Some(folder) = std::env::var_os("KAFKAEFD_BED").map(PathBuf::from) else {
            skip("real servers: start them with tests/bed/up and set KAFKAEFD_BED")
        };
        let Ok(text) = std::fs::read_to_string(folder.join("endpoints")) else {
            skip(&format!("real servers: tests/bed/up has not written {}", folder.display()))
        };
        let pairs = text.lines().filter_map(|line| line.split_once('='));
        let endpoints = pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        Bed { folder, endpoints, tag: super::stack::tag() }
    }

    /// The value of `key` in the endpoints; the test is skipped (in CI: fails) where it is missing.
    /// The keys are listed in `tests/bed/README.md`.
    pub fn get(&self, key: &str) -> &str {
        match self.find(key) {
            Some(value) => value,
            None => skip(&format!("the bed has no {key}: run tests/bed/up")),
        }
    }

    /// The value of `key`, if the bed has it.
    pub fn find(&self, key: &str) -> Option<&str> {
        self.endpoints.get(key).map(String::as_str)
    }

    /// A name of this test's own, `base` and six hex digits: the same at each call.
    pub fn name(&self, base: &str) -> String {
        format!("{base}-{}", self.tag)
    }

    /// Real Kafka and Apicurio as a stack, which shares its names with this bed.
    pub fn stack(&self) -> Stack {
        self.with_registry("APICURIO")
    }

    /// Real Kafka and the registry under `key` (`APICURIO`, …).
    pub fn with_registry(&self, key: &str) -> Stack {
        Stack::at(self.get("KAFKA"), self.get(key), &self.tag)
    }

    /// A call of the binary without any endpoint: give it those of the bed that it needs. `######`
    /// stands for the digits of [`Bed::name`].
    pub fn kafkaefd(&self) -> Kafkaefd {
        Kafkaefd::new().tagged(&self.tag)
    }

    /// Runs the Java class `args[0]` of Kafka with the rest of `args`; returns its stdout. It takes
    /// one to two seconds.
    pub fn tool(&self, args: &[&str]) -> String {
        let mut command = Command::new(self.get("JAVA_TOOL"));
        self.succeed(command.args(args))
    }

    /// Runs the Java file `program`, which has Avro and Kafka, on `input`; returns its stdout. It
    /// takes two to three seconds.
    pub fn java(&self, program: &str, input: &str) -> String {
        let mut command = Command::new("java");
        command.args(["-cp", self.get("AVRO"), program]);
        let mut stdin = tempfile::tempfile().unwrap();
        stdin.write_all(input.as_bytes()).unwrap();
        stdin.rewind().unwrap();
        self.succeed(command.stdin(stdin))
    }

    /// Runs the Python `script` with `args` where `confluent_kafka` and `fastavro` are there;
    /// returns its stdout.
    pub fn python(&self, script: &str, args: &[&str]) -> String {
        let mut command = Command::new(self.get("PYTHON"));
        self.succeed(command.arg("-c").arg(script).args(args))
    }

    /// Runs `kcat -b KAFKA ARGS`; returns its stdout.
    pub fn kcat(&self, args: &[&str]) -> String {
        let mut command = Command::new("kcat");
        self.succeed(command.args(["-b", self.get("KAFKA")]).args(args))
    }

    /// The folder of this run: data, logs, certificates.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn succeed(&self, command: &mut Command) -> String {
        let output = command.current_dir(&self.folder).output().unwrap();
        let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{command:?} failed:\n{stdout}{stderr}");
        stdout
    }
}

/// Ends the test without a failure and says why, once for each reason; fails it in CI.
fn skip(why: &str) -> ! {
    static SAID: Mutex<Vec<String>> = Mutex::new(Vec::new());
    assert!(std::env::var("CI").as_deref() != Ok("true"), "CI needs {why}");
    let mut said = SAID.lock().unwrap();
    if !said.iter().any(|reason| reason == why) {
        // Past the capture of the test runner, which hides what a passing test prints.
        let _ = writeln!(std::io::stderr(), "SKIPPED: tests that need {why}");
        said.push(why.to_owned());
    }
    drop(said);
    resume_unwind(Box::new(Skipped) as Box<dyn Any + Send>)
}
