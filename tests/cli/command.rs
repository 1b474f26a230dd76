//! Scripts as commands.

use crate::support::Kafkaefd;

const GREET: &str = r#"#!/usr/bin/env -S kafkaefd run
//! Greet somebody.
//!
//! In words.
const ARGS = #{
    name: #{ help: "Whom", positional: true, default_value: "world" },
    count: #{ help: "How often", short: "c", type: "int", default_value: 1 },
    loud: #{ help: "In capitals", flag: true },
    also: #{ help: "Others", many: true },
    token: #{ help: "A token", env: "KAFKAEFD_VAR_TOKEN", secret: true },
    level: #{ help: "A level", choices: ["debug", "info"], default_value: "info" },
};

fn main(args) {
    print(args);
    `${args.name} ${args.token}`
}
"#;

fn greet() -> Kafkaefd {
    Kafkaefd::new().file("scripts/say/greet.rhai", GREET)
}

#[test]
fn a_script_in_the_scripts_folder_is_a_command() {
    greet()
        .args(["--output", "yaml", "say", "greet", "--broker=b:1", "Ada", "-c", "-3", "--loud"])
        .args(["--also", "x", "--also", "y", "--registry", "http://r"])
        .env("KAFKAEFD_VAR_TOKEN", "s3cret")
        .stdout(concat!(
            r#"#{"also": ["x", "y"], "count": -3, "level": "info", "loud": true, "#,
            r#""name": "Ada", "token": ***}"#,
            "\nAda ***\n"
        ))
        .stderr("")
        .success();
}

#[test]
fn absent_arguments_are_unit_false_or_empty() {
    greet()
        .args(["say", "greet"])
        .stdout(concat!(
            r#"#{"also": [], "count": 1, "level": "info", "loud": false, "#,
            r#""name": "world", "token": ()}"#,
            "\nworld \n"
        ))
        .success();
}

#[test]
fn the_same_file_runs_with_run() {
    greet()
        .args(["run", "scripts/say/greet.rhai", "--", "Ada", "--level", "debug"])
        .stdout(concat!(
            r#"#{"also": [], "count": 1, "level": "debug", "loud": false, "#,
            r#""name": "Ada", "token": ()}"#,
            "\nAda \n"
        ))
        .success();
}

#[test]
fn a_folder_word_lists_its_commands() {
    greet()
        .args(["say"])
        .stdout("  say greet  Greet somebody.  (scripts/say/greet.rhai)\n")
        .success();
}

#[test]
fn an_unknown_command_names_the_nearest_one() {
    greet()
        .args(["say", "gret"])
        .stdout("")
        .stderr("error: unknown command `say gret`\nhelp: did you mean `kafkaefd say greet`?\n")
        .code(2);
}

#[test]
fn an_unknown_option_is_told_with_the_usage() {
    greet()
        .args(["say", "greet", "--lod"])
        .stdout("")
        .stderr(concat!(
            "error: unexpected argument '--lod' found\n\n",
            "  tip: a similar argument exists: '--loud'\n\n",
            "Usage: kafkaefd say greet --loud [NAME]\n\n",
            "For more information, try '--help'.\n"
        ))
        .code(2);
}

#[test]
fn a_script_from_a_folder_sees_no_other_variables_than_its_own() {
    let script = "const ARGS = #{ token: #{ env: \"GITHUB_TOKEN\" } };\n\
                  fn main(args) { print(`<${args.token}>`) }\n";
    Kafkaefd::new()
        .file("scripts/leak.rhai", script)
        .env("GITHUB_TOKEN", "s3cret")
        .args(["leak"])
        .stdout("<>\n")
        .stderr("")
        .success();
}

#[test]
fn a_script_cannot_take_a_host_word() {
    Kafkaefd::new()
        .file("scripts/check.rhai", "print(\"mine\")")
        .file("s.rhai", "")
        .args(["check", "s.rhai"])
        .stdout("ok\n")
        .success();
}
