//! `env`: what a script may see of its surroundings.

use crate::support::Kafkaefd;

fn run(script: &str) -> Kafkaefd {
    Kafkaefd::new().file("t.rhai", script).args(["run", "t.rhai"]).stderr("")
}

#[test]
fn variables_for_scripts_are_read() {
    run("print(env::get(\"KAFKAEFD_VAR_NIGHT\")); print(env::get(\"KAFKAEFD_VAR_X\", 7));")
        .env("KAFKAEFD_VAR_NIGHT", "2026-01-01")
        .stdout("2026-01-01\n7\n")
        .success();
}

#[test]
fn other_variables_are_denied() {
    run("try { env::get(\"HOME\") } catch (e) { print(e.kind); print(e.message); print(e.remedy); }")
        .stdout(
            "denied\ncannot read `HOME`: scripts see environment variables `KAFKAEFD_VAR_*` only\n\
             set `KAFKAEFD_VAR_HOME` and read that\n",
        )
        .success();
}

#[test]
fn a_question_without_a_terminal_is_an_error() {
    run("try { env::confirm(\"Delete?\") } catch (e) { print(e.message); print(e.remedy); }")
        .stdin("y\n")
        .stdout(
            "cannot ask `Delete?`: there is no terminal\ngive --yes to go on without the question\n",
        )
        .success();
}
