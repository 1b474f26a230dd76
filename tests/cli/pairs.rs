//! Options that take a pair of values.

use crate::support::Kafkaefd;

const SCRIPT: &str = "const ARGS = #{\n\
    name: #{ positional: true },\n\
    set: #{ help: \"A pair\", short: \"s\", many: true, values: [\"KEY\", \"VALUE\"] },\n\
    one: #{ values: [\"FROM\", \"TO\"] },\n\
};\n\
fn main(args) { print(`${args.name} ${args.set} ${args.one}`) }\n";

fn pairs() -> Kafkaefd {
    Kafkaefd::new().file("scripts/pairs.rhai", SCRIPT).args(["pairs"])
}

#[test]
fn a_pair_is_two_values_or_one_with_an_equals_sign() {
    pairs()
        .args(["--set", "a", "1", "--set", "b=2=2", "-s", "c=-3", "--set=d=", "n", "-s", "e", "-5"])
        .stdout("n [[\"a\", \"1\"], [\"b\", \"2=2\"], [\"c\", \"-3\"], [\"d\", \"\"], [\"e\", \"-5\"]] \n")
        .stderr("")
        .success();
    pairs().args(["--one", "x=y"]).stdout(" [] [\"x\", \"y\"]\n").stderr("").success();
    pairs().stdout(" [] \n").stderr("").success();
    Kafkaefd::new()
        .file("pairs.rhai", SCRIPT)
        .args(["run", "pairs.rhai", "--", "--set", "a=1", "n"])
        .stdout("n [[\"a\", \"1\"]] \n")
        .stderr("")
        .success();
}

#[test]
fn one_value_alone_is_not_enough() {
    pairs()
        .args(["--set", "a"])
        .stdout("")
        .stderr(
            "error: 2 values required for '--set <KEY> <VALUE>' but 1 was provided\n\n\
             Usage: kafkaefd pairs [OPTIONS] [NAME]\n\nFor more information, try '--help'.\n",
        )
        .code(2);
}

#[test]
fn the_help_names_both() {
    let output =
        Kafkaefd::new().file("scripts/pairs.rhai", SCRIPT).args(["pairs", "--help"]).success();
    let page = String::from_utf8(output.stdout).unwrap();
    assert!(page.contains("-s, --set <KEY> <VALUE>"), "{page}");
}
