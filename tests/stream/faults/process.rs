//! A `kafkaefd` that runs while a test makes its servers fail.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::form::limit;
use crate::support::get;

/// A running `kafkaefd`; killed if the test ends first. It writes to files, so that nobody needs to
/// read along.
pub struct Process {
    child: Child,
    home: PathBuf,
}

impl Process {
    /// Starts the binary with `args`, with `home` as its folder.
    pub fn start(home: &Path, args: &[&str]) -> Process {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kafkaefd"));
        command.args(args).current_dir(home).env_clear();
        for name in ["HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"] {
            command.env(name, home);
        }
        let file = |name: &str| File::create(home.join(name)).unwrap();
        command.stdin(Stdio::null()).stdout(file("stdout")).stderr(file("stderr"));
        Process { child: command.spawn().unwrap(), home: home.to_owned() }
    }

    /// What it wrote to stderr so far.
    pub fn stderr(&self) -> String {
        fs::read_to_string(self.home.join("stderr")).unwrap()
    }

    /// The value of its metric `name`, once it serves metrics at the address that it prints first.
    pub fn metric(&self, name: &str) -> Option<f64> {
        let printed = fs::read_to_string(self.home.join("stdout")).unwrap();
        let (address, _) = printed.split_once('\n')?;
        let (_, body) = get(address, "/metrics");
        let value = |line: &str| line.strip_prefix(name)?.strip_prefix(' ')?.parse().ok();
        body.lines().find_map(value)
    }

    /// Its memory now, in KiB.
    pub fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let number = line.and_then(|line| line.trim().strip_suffix(" kB"));
        number.unwrap_or_else(|| panic!("it ended: {}", self.stderr())).parse().unwrap()
    }

    /// Makes sure that it has not ended.
    pub fn lives(&mut self) {
        let status = self.child.try_wait().unwrap();
        assert!(status.is_none(), "it ended with {status:?}: {}", self.stderr());
    }

    /// Its exit code, for which it is waited at most so long.
    pub fn ends(&mut self, within: Duration) -> Option<i32> {
        let deadline = Instant::now() + within;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            assert!(Instant::now() < deadline, "it goes on: {}", self.stderr());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Stops it with SIGTERM; it must end well within the grace.
    pub fn stop(mut self) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-s", "TERM", &pid]).status().unwrap().success());
        let code = self.ends(limit(Duration::from_secs(50)));
        assert_eq!(code, Some(0), "{}", self.stderr());
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It has ended where the test went well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
