//! The host words `check`, `eject`, `help` and `test`, and no word at all.

use crate::support::Kafkaefd;

#[test]
fn check_lists_arguments_needs_and_imports() {
    Kafkaefd::new()
        .file(
            "a.rhai",
            "//! A.\n//! needs: produce=test-*, create=test-*\nimport \"lib/b\" as b;\n\
             const ARGS = #{ top: #{ help: \"A topic\", positional: true }, at_most: #{ help: \"N\" } };\n",
        )
        .file("lib/b.rhai", "import \"std/text\" as text;\nfn f() { loop {} }\n")
        .args(["check", "a.rhai"])
        .stdout(concat!(
            "takes    TOP  A topic\n",
            "takes    --at-most  N\n",
            "needs    produce=test-*\n",
            "needs    create=test-*\n",
            "imports  lib/b.rhai\n",
            "imports  bundled:std/text.rhai\n",
            "ok\n"
        ))
        .stderr("")
        .success();
}

#[test]
fn check_reports_a_mistake_in_an_import() {
    Kafkaefd::new()
        .file("a.rhai", "import \"b\" as b;\n")
        .file("b.rhai", "fn f() {\n    let = 1;\n}\n")
        .args(["check", "a.rhai"])
        .stdout("")
        .stderr(concat!(
            "error: syntax error: expecting name of a variable\n",
            " --> b.rhai:2:9\n",
            "  |\n",
            "2 |     let = 1;\n",
            "  |         ^\n"
        ))
        .code(1);
}

#[test]
fn check_says_which_import_is_missing() {
    let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/stdlib")).unwrap();
    let mut modules: Vec<String> = folder
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .map(|name| format!("std/{name}"))
        .collect();
    modules.sort();
    Kafkaefd::new()
        .file("a.rhai", "\nimport \"std/tex\" as text;\n")
        .args(["check", "a.rhai"])
        .stderr(&format!(
            "error: cannot import \"std/tex\": the standard library has no such module\n \
             --> a.rhai:2:8\n  |\n2 | import \"std/tex\" as text;\n  |        ^\n\
             help: the standard library has {}\n",
            modules.join(", ")
        ))
        .code(1);
}

#[test]
fn test_runs_every_test_function_in_its_own_engine() {
    Kafkaefd::new()
        .file(
            "t/a.rhai",
            "let count = 0;\nfn helper() {}\nfn test_b() {}\nfn test_a() { throw \"no\"; }\n",
        )
        .file("t/deep/b.rhai", "fn test_c() { print(\"in c\"); }\n")
        .args(["test", "t"])
        .stdout(concat!(
            "ok      t/a.rhai  test_b\n",
            "FAILED  t/a.rhai  test_a\n",
            "in c\n",
            "ok      t/deep/b.rhai  test_c\n",
            "2 passed, 1 failed\n"
        ))
        .stderr(concat!(
            "error: no\n",
            " --> t/a.rhai:4:15\n",
            "  |\n",
            "4 | fn test_a() { throw \"no\"; }\n",
            "  |               ^\n"
        ))
        .code(1);
}

#[test]
fn test_without_tests_is_an_error() {
    Kafkaefd::new()
        .file("a.rhai", "print(1);")
        .args(["test", "a.rhai"])
        .stdout("")
        .stderr("error: cannot run tests: no script there has a `fn test_…()`\n")
        .code(1);
}

/// The standard library is tested in its own language.
#[test]
fn the_standard_library_passes_its_tests() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/stdlib");
    let args = ["test", folder, "--log-level", "warning"];
    let output = Kafkaefd::new().args(args).stderr("").success();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.ends_with(" passed, 0 failed\n"), "{text}");
}

#[test]
fn eject_refuses_an_unknown_command() {
    Kafkaefd::new()
        .args(["eject", "no", "such", "command"])
        .stdout("")
        .stderr(concat!(
            "error: cannot eject `no such command`: no bundled command has this name\n",
            "help: `kafkaefd help` lists all commands\n"
        ))
        .code(2);
}

#[test]
fn help_prints_the_source_of_a_command() {
    Kafkaefd::new()
        .file("scripts/hi.rhai", "//! Hi.\nprint(1);\n")
        .args(["help", "hi", "--source"])
        .stdout("//! Hi.\nprint(1);\n")
        .stderr("")
        .success();
}

#[test]
fn help_explains_a_function() {
    Kafkaefd::new()
        .args(["help", "time::stopwatch"])
        .stdout(concat!(
            "time::stopwatch() -> Stopwatch\n\n",
            "Starts a stopwatch.\n\n",
            "Returns a `Stopwatch`; its `elapsed` is the time since.\n\n",
            "    let watch = time::stopwatch();\n",
            "    time::sleep(0.01);\n",
            "    watch.elapsed >= 0.01 // => true\n"
        ))
        .stderr("")
        .success();
}

#[test]
fn help_of_a_command_is_that_of_its_header() {
    let help = |args: &[&str]| {
        let script = "//! Hi.\nconst ARGS = #{ who: #{ help: \"Whom\", positional: true } };\n";
        let output = Kafkaefd::new().file("scripts/say/hi.rhai", script).args(args).success();
        String::from_utf8(output.stdout).unwrap()
    };
    let page = help(&["help", "say", "hi"]);
    assert_eq!(page, help(&["say", "hi", "--help"]));
    assert!(page.starts_with("Hi.\n\nUsage: kafkaefd say hi [OPTIONS] [WHO]\n"), "{page}");
}

#[test]
fn alone_it_says_how_to_go_on_and_fails() {
    let text = "Usage: kafkaefd [OPTIONS] COMMAND [ARGS]\n\n`kafkaefd help` lists all commands.\n";
    Kafkaefd::new().stdout("").stderr(text).code(2);
}

#[test]
fn a_topic_that_is_nothing_names_the_nearest_one() {
    for (line, near) in [
        ("help kafak", "help kafka"),
        ("help kafka::consumr", "help kafka::consumer"),
        ("topics", "admin topics"),
    ] {
        let output = Kafkaefd::new().args(line.split(' ')).stdout("").code(2);
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(text.ends_with(&format!("did you mean `kafkaefd {near}`?\n")), "{line}: {text}");
    }
}

#[test]
fn test_goes_on_after_a_file_that_does_not_parse() {
    Kafkaefd::new()
        .file("t/a.rhai", "let = 1;\n")
        .file("t/b.rhai", "fn test_b() {}\n")
        .args(["test", "t"])
        .stdout("FAILED  t/a.rhai\nok      t/b.rhai  test_b\n1 passed, 1 failed\n")
        .code(1);
}

#[test]
fn an_unknown_topic_names_the_nearest_command() {
    Kafkaefd::new()
        .args(["hepl"])
        .stderr("error: unknown command `hepl`\nhelp: did you mean `kafkaefd help`?\n")
        .code(2);
}

#[test]
fn an_ejected_command_takes_the_place_of_the_bundled_one() {
    let home = tempfile::TempDir::new().unwrap();
    let run = |args: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_kafkaefd"));
        let output = command.args(args).current_dir(home.path()).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let path = "scripts/helloworld/produce.rhai";
    let wrote = (Some(0), format!("wrote {path}\n"), String::new());
    assert_eq!(run(&["eject", "helloworld", "produce"]), wrote);
    let refused = format!(
        "error: cannot write `{path}`: it exists already\n\
         help: move it away first; nothing was overwritten\n"
    );
    assert_eq!(run(&["eject", "helloworld", "produce"]), (Some(1), String::new(), refused));
    std::fs::write(home.path().join(path), "print(\"mine\")").unwrap();
    let note = format!("note: {path} takes the place of the bundled command\n");
    assert_eq!(run(&["helloworld", "produce"]), (Some(0), "mine\n".to_owned(), note));
}

#[test]
fn help_lists_the_functions_of_a_module_of_the_standard_library() {
    let output = Kafkaefd::new().args(["help", "std/text"]).stderr("").success();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("\n  join(items, separator)\n      The items"), "{text}");
}
