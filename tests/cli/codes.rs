//! Exit codes: 2 for a wrong call, 1 for whatever goes wrong after that.

use crate::support::Kafkaefd;

#[test]
fn a_wrong_call_is_2() {
    let script = "const ARGS = #{ n: #{ type: \"int\" } };\nfn main(args) {}\n";
    for line in [
        "nothing",
        "--bogus",
        "run",
        "run s.rhai -- --bogus",
        "run s.rhai -- --n x",
        "run s.rhai --output xml",
        "run s.rhai --profile none",
        "run header.rhai",
        "help nothing",
        "eject nothing",
    ] {
        Kafkaefd::new()
            .file("s.rhai", script)
            .file("header.rhai", "const ARGS = #{ n: #{ typ: 1 } };")
            .args(line.split(' '))
            .stdout("")
            .code(2);
    }
    Kafkaefd::new()
        .file("s.rhai", script)
        .file("kafkaefd.toml", "brokr = \"b:1\"\n")
        .args(["run", "s.rhai"])
        .code(2);
    Kafkaefd::new().args(["run", "-"]).stdin("throw #{ kind: \"usage\", message: \"m\" }").code(2);
}

#[test]
fn a_mistake_in_a_running_script_is_1() {
    for script in [
        "frobnicate(1)",
        "out::tabel()",
        "out::table(1)",
        "boom",
        "tme::now()",
        "().x",
        "1 / 0",
        "[1][5]",
        "parse_int(\"x\")",
        "throw \"no\"",
        "let = 1",
        "import \"none\" as n;",
    ] {
        Kafkaefd::new().args(["run", "-"]).stdin(script).stdout("").code(1);
    }
    Kafkaefd::new().args(["run", "none.rhai"]).stdout("").code(1);
}
