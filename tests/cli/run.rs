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
