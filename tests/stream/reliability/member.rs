//! A process that runs the pipeline.

use std::fs::File;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Longer than the pipeline may take for stopping.
const PATIENCE: Duration = Duration::from_secs(240);

static NEXT: AtomicUsize = AtomicUsize::new(0);

/// A member of the group; it is killed if the test ends first.
pub struct Member {
    child: Child,
    log: PathBuf,
}

impl Member {
    /// Starts the binary with `args` in the folder `home`, where it leaves a log.
    pub fn start(home: &Path, args: &[&str]) -> Member {
        Member::spawn(home, Command::new(env!("CARGO_BIN_EXE_kafkaefd")).args(args))
    }

    pub fn spawn(home: &Path, command: &mut Command) -> Member {
        let log = home.join(format!("member-{}.log", NEXT.fetch_add(1, Ordering::Relaxed)));
        let out = File::create(&log).unwrap();
        command.env_clear().current_dir(home).stdin(Stdio::null());
        for name in ["HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"] {
            command.env(name, home);
        }
        // For looking into a failure: KAFKAEFD_LOG_LEVEL=debug.
        if let Ok(level) = std::env::var("KAFKAEFD_LOG_LEVEL") {
            command.env("KAFKAEFD_LOG_LEVEL", level);
        }
        command.stdout(out.try_clone().unwrap()).stderr(out);
        Member { child: command.spawn().unwrap(), log }
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Its memory, in KiB: `VmRSS` now, `VmHWM` the most so far.
    pub fn memory(&self, field: &str) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid())).unwrap();
        let mut lines = status.lines();
        let number = lines.find_map(|line| line.strip_prefix(field)?.strip_prefix(':'));
        let number = number.and_then(|number| number.trim().strip_suffix(" kB"));
        number.unwrap_or_else(|| panic!("it has ended:\n{}", self.log())).parse().unwrap()
    }

    /// What it printed so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }

    /// Ends it with SIGKILL; it must have run until then.
    pub fn kill(mut self) {
        let ended = self.child.try_wait().unwrap();
        assert!(ended.is_none(), "it had ended with {ended:?}:\n{}", self.log());
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Sends `signal` (`TERM`).
    pub fn signal(&self, signal: &str) {
        send(signal, self.pid());
    }

    /// Ends it with SIGTERM; it must end with code 0. Returns how long that took.
    pub fn stop(mut self) -> Duration {
        let start = Instant::now();
        self.signal("TERM");
        let status = self.wait();
        assert_eq!(status.code(), Some(0), "{status:?}:\n{}", self.log());
        start.elapsed()
    }

    /// Ends it with SIGTERM at any moment, also before its pipeline runs.
    pub fn terminate(mut self) {
        self.signal("TERM");
        let status = self.wait();
        // 143: there was no pipeline yet that could end in good order; or no program yet that knows
        // signals, which a shell tells as 143, too.
        let early = status.signal() == Some(15);
        assert!(early || matches!(status.code(), Some(0 | 143)), "{status:?}:\n{}", self.log());
    }

    /// Waits for its end.
    pub fn wait(&mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < deadline, "it does not end:\n{}", self.log());
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}

/// Sends `signal` to the process `pid`.
pub fn send(signal: &str, pid: u32) {
    let sent = Command::new("kill").args(["-s", signal, &pid.to_string()]).status().unwrap();
    assert!(sent.success());
}

impl Drop for Member {
    fn drop(&mut self) {
        // It has ended where the test went well.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            let log = std::fs::read_to_string(&self.log).unwrap_or_default();
            println!("{}:\n{log}", self.log.display());
        }
    }
}
