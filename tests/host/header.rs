//! Mistakes in `const ARGS` name the key, its place and what was meant.

use crate::support::Kafkaefd;

fn malformed(entry: &str, message: &str, column: usize, help: &str) {
    let line = format!("const ARGS = #{{ {entry} }};");
    let caret = " ".repeat(column - 1);
    let text = format!(
        "error: cannot read the header: {message}\n --> s.rhai:1:{column}\n  |\n1 | {line}\n  | {caret}^\n{help}"
    );
    Kafkaefd::new().file("s.rhai", &line).args(["run", "s.rhai"]).stdout("").stderr(&text).code(2);
}

#[test]
fn an_unknown_key_names_the_nearest_one() {
    malformed(
        "name: #{ hlep: \"x\" }",
        "`name.hlep` in `ARGS` is not a known key",
        26,
        "help: did you mean `help`?\n",
    );
}

#[test]
fn a_wrong_type_is_told() {
    malformed(
        "name: #{ flag: \"yes\" }",
        "`name.flag` in `ARGS` must be true or false, not a string",
        26,
        "",
    );
}

#[test]
fn a_wrong_type_name_lists_the_known_ones() {
    malformed(
        "name: #{ type: \"number\" }",
        "`name.type` in `ARGS` must be one of string, int, float, bool, not \"number\"",
        26,
        "",
    );
}

#[test]
fn a_computed_value_is_refused() {
    malformed("name: #{ help: f() }", "`name.help` in `ARGS` must be a literal", 32, "");
}

#[test]
fn a_global_option_cannot_be_redefined() {
    malformed(
        "broker: #{ help: \"x\" }",
        "`broker` in `ARGS`: --broker is an option of every command",
        17,
        "help: choose another name\n",
    );
}

#[test]
fn a_script_may_have_a_version_option_of_its_own() {
    let script = "const ARGS = #{ version: #{ help: \"Which\", short: \"v\" } };\n\
                  fn main(args) { print(args.version) }\n";
    for option in ["--version", "-v"] {
        Kafkaefd::new()
            .file("scripts/show.rhai", script)
            .args(["show", option, "3"])
            .stdout("3\n")
            .stderr("")
            .success();
    }
}

#[test]
fn several_values_are_those_of_a_plain_option() {
    malformed(
        "set: #{ flag: true, values: [\"KEY\", \"VALUE\"] }",
        "`set` in `ARGS`: `values` are those of an option of strings, without defaults",
        14,
        "",
    );
}
