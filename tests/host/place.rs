//! An error of a native function of a module points at its call, wherever that stands.

use crate::support::Kafkaefd;

const REFUSED: &str =
    "error: cannot read `NIGHT`: scripts see environment variables `KAFKAEFD_VAR_*` only\n";
const REMEDY: &str = "help: set `KAFKAEFD_VAR_NIGHT` and read that\n";

#[test]
fn in_a_script() {
    let shown = " --> s.rhai:4:14\n  |\n4 | let x = env::get(\"NIGHT\");\n  |              ^\n";
    Kafkaefd::new()
        .file("s.rhai", "\n\n\nlet x = env::get(\"NIGHT\");\n")
        .args(["run", "s.rhai"])
        .stdout("")
        .stderr(&format!("{REFUSED}{shown}{REMEDY}"))
        .code(1);
}

#[test]
fn in_a_closure_of_a_function_of_an_imported_module() {
    let shown = concat!(
        " --> lib/b.rhai:3:23\n",
        "  |\n",
        "3 |     [1].map(|_x| env::get(\"NIGHT\"))\n",
        "  |                       ^\n",
        "  = in `a closure`, called at lib/b.rhai:3:9\n",
        "  = in `map`, called at lib/b.rhai:3:9\n",
        "  = in `night`, called at a.rhai:3:8\n"
    );
    Kafkaefd::new()
        .file("a.rhai", "import \"lib/b\" as b;\nfn main(args) {\n    b::night()\n}\n")
        .file("lib/b.rhai", "\nfn night() {\n    [1].map(|_x| env::get(\"NIGHT\"))\n}\n")
        .args(["run", "a.rhai"])
        .stderr(&format!("{REFUSED}{shown}{REMEDY}"))
        .code(1);
}

#[test]
fn on_standard_input() {
    let line = "kafka::producer(#{ bogus: 1 })";
    let stderr = format!(
        "error: kafka::producer has no option `bogus`\n --> <stdin>:1:8\n  |\n1 | {line}\n  \
         |        ^\nhelp: its options are acks, compression, linger, client, timeout, config\n"
    );
    Kafkaefd::new().args(["run", "-"]).stdin(line).stderr(&stderr).code(2);
}

#[test]
fn in_a_session() {
    let shown = " --> session:2:6\n  |\n2 | env::get(\"NIGHT\")\n  |      ^\n";
    Kafkaefd::new()
        .args(["repl"])
        .stdin("1\nenv::get(\"NIGHT\")\n")
        .stdout("1\n")
        .stderr(&format!("{REFUSED}{shown}{REMEDY}"))
        .code(1);
}

/// Whoever typed the command did not write it: where it broke off is for those who debug it.
#[test]
fn not_in_a_bundled_command() {
    let config = || Kafkaefd::new().args(["admin", "topics", "config", "none"]);
    let stderr = |output: std::process::Output| String::from_utf8(output.stderr).unwrap();
    let text = stderr(config().code(1));
    assert!(text.contains("\nerror: cannot read the config of topic `none`"), "{text}");
    assert!(!text.contains("bundled:"), "{text}");
    let text = stderr(config().args(["--log-level", "debug"]).code(1));
    assert!(text.contains(" --> bundled:admin/topics/config.rhai:"), "{text}");
}
