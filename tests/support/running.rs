//! A command that runs beside the test until it is told to stop.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// Longer than any command takes to end that does.
const PATIENCE: Duration = Duration::from_secs(120);

/// A `kafkaefd` in the background; it is killed if the test ends first.
pub struct Running {
    child: Child,
    stdout: BufReader<ChildStdout>,
    stderr: BufReader<ChildStderr>,
}

/// How a command in the background ended.
#[derive(Debug, PartialEq, Eq)]
pub struct Ended {
    pub code: Option<i32>,
    /// What it printed after the lines that were read.
    pub stdout: String,
    /// The same of stderr.
    pub stderr: String,
}

impl Running {
    /// Starts the binary with `args`, with `home` as its folder and its list of stacks.
    pub fn start(home: &Path, args: &[&str]) -> Running {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kafkaefd"));
        command.args(args);
        Running::spawn(home, command)
    }

    /// The same, where no file gets longer than `size` bytes, as on a full disk.
    pub fn with_small_files(home: &Path, args: &[&str], size: usize) -> Running {
        let mut command = Command::new("sh");
        // A unit of POSIX's `ulimit -f` is 512 bytes. Without the trap the signal would end it.
        let script = format!("trap '' XFSZ; ulimit -f {}; exec \"$@\"", size / 512);
        command.args(["-c", &script, "sh", env!("CARGO_BIN_EXE_kafkaefd")]).args(args);
        Running::spawn(home, command)
    }

    fn spawn(home: &Path, mut command: Command) -> Running {
        command.current_dir(home).env_clear();
        for name in ["HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"] {
            command.env(name, home);
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let stderr = BufReader::new(child.stderr.take().unwrap());
        Running { child, stdout, stderr }
    }

    /// The next `count` lines of its stdout.
    pub fn lines(&mut self, count: usize) -> Vec<String> {
        let mut line = || {
            let mut line = String::new();
            self.stdout.read_line(&mut line).unwrap();
            line.trim_end_matches('\n').to_owned()
        };
        (0..count).map(|_| line()).collect()
    }

    /// Waits for a line on stderr that holds `part`, and returns it.
    pub fn says(&mut self, part: &str) -> String {
        let mut line = String::new();
        while self.stderr.read_line(&mut line).unwrap() > 0 {
            if line.contains(part) {
                return line;
            }
            line.clear();
        }
        panic!("it ended without saying `{part}`");
    }

    /// Waits for its end, and returns what is left of its stdout.
    pub fn rest(&mut self) -> String {
        let mut rest = String::new();
        self.stdout.read_to_string(&mut rest).unwrap();
        rest
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Sends `signal` (`INT`, `TERM`, `KILL`) and waits for the end.
    pub fn stop(mut self, signal: &str) -> Ended {
        let pid = self.pid().to_string();
        let sent = Command::new("kill").args(["-s", signal, &pid]).status().unwrap();
        assert!(sent.success());
        let deadline = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(Instant::now() < deadline, "it does not stop");
            std::thread::sleep(Duration::from_millis(5));
        };
        let (mut stdout, mut stderr) = (String::new(), String::new());
        self.stdout.read_to_string(&mut stdout).unwrap();
        self.stderr.read_to_string(&mut stderr).unwrap();
        Ended { code: status.code(), stdout, stderr }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It has ended where the test went well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
