//! One builder for the command line: whole stdout, whole stderr, exit code.

use std::ffi::OsStr;
use std::os::unix::process::ExitStatusExt as _;
use std::process::Output;
use std::time::Duration;

use assert_cmd::Command;
use tempfile::TempDir;

/// How long a call may take that does not end: longer than any that ends, on any machine.
const PATIENCE: Duration = Duration::from_secs(300);

/// One call of the binary in an empty home, with an empty environment and its own stack folder.
pub struct Kafkaefd {
    command: Command,
    home: TempDir,
    /// What `######` stands for in arguments, files and expected output.
    tag: String,
    stdout: Option<String>,
    stderr: Option<String>,
}

impl Kafkaefd {
    pub fn new() -> Self {
        let home = TempDir::new().unwrap();
        let mut command = Command::cargo_bin("kafkaefd").unwrap();
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.current_dir(home.path());
        for name in ["HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"] {
            command.env(name, home.path());
        }
        command.timeout(PATIENCE);
        Kafkaefd { command, home, tag: "######".to_owned(), stdout: None, stderr: None }
    }

    /// From here on `######` stands for `tag` in arguments, stdin, files and expected output, so
    /// that what a test says of the names of its own reads as it is printed.
    pub fn tagged(mut self, tag: &str) -> Self {
        tag.clone_into(&mut self.tag);
        self
    }

    fn fill(&self, text: &str) -> String {
        text.replace("######", &self.tag)
    }

    pub fn args<S: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = S>) -> Self {
        for arg in args {
            match arg.as_ref().to_str() {
                Some(text) => self.command.arg(self.fill(text)),
                None => self.command.arg(arg),
            };
        }
        self
    }

    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    pub fn stdin(mut self, text: &str) -> Self {
        self.command.write_stdin(self.fill(text));
        self
    }

    /// Writes `text` to the file `name` in the folder the binary runs in.
    pub fn file(self, name: &str, text: &str) -> Self {
        let text = self.fill(text);
        self.bytes(name, text.as_bytes())
    }

    /// Writes `bytes` to the file `name` in the folder the binary runs in.
    pub fn bytes(self, name: &str, bytes: &[u8]) -> Self {
        std::fs::write(self.path(name), bytes).unwrap();
        self
    }

    /// Where the file `name` in that folder is; the folders above it are made.
    pub fn path(&self, name: &str) -> std::path::PathBuf {
        let path = self.home.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        path
    }

    /// The whole stdout that is expected.
    pub fn stdout(mut self, text: &str) -> Self {
        self.stdout = Some(self.fill(text));
        self
    }

    /// The whole stderr that is expected.
    pub fn stderr(mut self, text: &str) -> Self {
        self.stderr = Some(self.fill(text));
        self
    }

    pub fn success(self) -> Output {
        self.code(0)
    }

    pub fn code(mut self, code: i32) -> Output {
        let output = self.command.output().unwrap();
        let stdout = String::from_utf8_lossy(&output.stdout);
        let stderr = String::from_utf8_lossy(&output.stderr);
        let signal = output.status.signal();
        assert_eq!(signal, None, "killed, after {PATIENCE:?} if by 9:\n{stdout}\n{stderr}");
        if let Some(expected) = &self.stdout {
            assert_eq!(&*stdout, expected, "stdout; stderr was:\n{stderr}");
        }
        if let Some(expected) = &self.stderr {
            assert_eq!(&*stderr, expected, "stderr; stdout was:\n{stdout}");
        }
        assert_eq!(output.status.code(), Some(code), "exit code\n{stdout}\n{stderr}");
        output
    }
}
