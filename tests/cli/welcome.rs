//! What a newcomer sees who types `kafkaefd` on a terminal.

use crate::support::Kafkaefd;

fn shown_on_a_terminal() -> String {
    let program = env!("CARGO_BIN_EXE_kafkaefd");
    let mut session = rexpect::spawn(program, Some(120_000)).unwrap();
    session.exp_eof().unwrap().replace("\r\n", "\n")
}

#[test]
fn alone_on_a_terminal_it_shows_five_things_to_try() {
    let text = shown_on_a_terminal();
    let commands: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("  kafkaefd "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(commands, ["demo", "repl", "up", "help"]);
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

#[test]
fn the_script_it_shows_runs() {
    let text = shown_on_a_terminal();
    let (_, script) = text.split_once("run hello.rhai`\n").unwrap();
    Kafkaefd::new().args(["run", "-"]).stdin(script).stdout("open\n").success();
}
