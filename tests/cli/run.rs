use crate::support::Kafkaefd;

#[test]
fn runs_a_script_file() {
    Kafkaefd::new()
        .file("hello.rhai", "#!/usr/bin/env -S kafkaefd run\nprint(`hello ${1 + 1}`);\n")
        .args(["run", "hello.rhai"])
        .stdout("hello 2\n")
        .stderr("")
        .success();
}

#[test]
fn runs_standard_input() {
    Kafkaefd::new().args(["run", "-"]).stdin("print(6 * 7)").stdout("42\n").stderr("").success();
}

#[test]
fn help_after_a_file_is_that_of_the_script() {
    let script = "//! Hi.\nconst ARGS = #{ who: #{ help: \"Whom\", positional: true } };\n";
    let help = |args: &[&str]| {
        let output = Kafkaefd::new().file("s.rhai", script).args(args).stderr("").success();
        String::from_utf8(output.stdout).unwrap()
    };
    let page = help(&["run", "s.rhai", "--", "--help"]);
    assert!(page.starts_with("Hi.\n\nUsage: kafkaefd run s.rhai -- [OPTIONS] [WHO]\n"), "{page}");
    assert_eq!(help(&["run", "s.rhai", "--help"]), page);
    assert_eq!(help(&["--output", "json", "run", "s.rhai", "-h"]), page);
    assert_eq!(help(&["run", "s.rhai", "Ada", "--help"]), page);
    let host = help(&["run", "--help"]);
    assert!(host.starts_with("Run a script:"), "{host}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    for line in ["help", "repl", "run -", "admin"] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_kafkaefd"))
            .args(line.split(' '))
            .stdin(std::process::Stdio::piped())
            .stdout(full)
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        // A command that reads nothing has closed its end.
        let _ = std::io::Write::write_all(&mut child.stdin.take().unwrap(), b"print(1)\n");
        let output = child.wait_with_output().unwrap();
        let text = String::from_utf8(output.stderr).unwrap();
        let why = "error: cannot write to standard output: No space left on device (os error 28)\n";
        assert!(text.ends_with(why), "{line}: {text}");
        assert_eq!(output.status.code(), Some(1), "{line}");
    }
}
