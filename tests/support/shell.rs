//! A shell in an empty home, in which commands are typed as a user types them.

use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::Running;

/// A home with the binary on its PATH, and perhaps an embedded stack that runs meanwhile.
pub struct Shell {
    home: TempDir,
    #[allow(dead_code, reason = "dropped with the shell")]
    stack: Option<Running>,
}

impl Shell {
    /// A shell beside one in which `kafkaefd up` runs.
    pub fn with_stack() -> Shell {
        let home = TempDir::new().unwrap();
        let mut up = Running::start(home.path(), &["up", "--port", "0", "--registry-port", "0"]);
        while up.lines(1) != ["Ctrl-C stops it"] {}
        Shell { home, stack: Some(up) }
    }

    /// Writes `text` to the file `name`.
    pub fn file(&self, name: &str, text: &str) {
        std::fs::write(self.home.path().join(name), text).unwrap();
    }

    /// Types `line`; returns stdout and stderr, which must be of a command that succeeds.
    pub fn run(&self, line: &str) -> String {
        let output = self.command(&format!("({line}) 2>&1")).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "`{line}` failed:\n{text}");
        text
    }

    fn command(&self, line: &str) -> Command {
        let binary = Path::new(env!("CARGO_BIN_EXE_kafkaefd"));
        let path = std::env::var("PATH").unwrap_or_default();
        let mut command = Command::new("sh");
        command.arg("-c").arg(line).env_clear();
        command.env("PATH", format!("{}:{path}", binary.parent().unwrap().display()));
        for name in ["HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"] {
            command.env(name, self.home.path());
        }
        command.current_dir(self.home.path()).stdin(Stdio::null());
        command
    }
}
