//! What a script author sees when something goes wrong: the whole text.

use crate::support::Kafkaefd;

/// Runs `script` as `s.rhai` and compares what it prints on stderr.
fn fails(script: &str, stderr: &str, code: i32) {
    Kafkaefd::new()
        .file("s.rhai", script)
        .args(["run", "s.rhai"])
        .stdout("")
        .stderr(stderr)
        .code(code);
}

#[test]
fn a_trace_goes_through_three_files() {
    Kafkaefd::new()
        .file("a.rhai", "import \"lib/b\" as b;\nfn main(args) {\n    b::middle(3)\n}\n")
        .file(
            "lib/b.rhai",
            "import \"lib/c\" as c;\nfn middle(x) {\n    let f = |y| c::inner(y);\n    f.call(x)\n}\n",
        )
        .file("lib/c.rhai", "fn inner(x) {\n    let y = x + 1;\n    y.frobnicate(2)\n}\n")
        .args(["run", "a.rhai"])
        .stdout("")
        .stderr(concat!(
            "error: cannot call `frobnicate(int, int)`: no such function\n",
            " --> lib/c.rhai:3:7\n",
            "  |\n",
            "3 |     y.frobnicate(2)\n",
            "  |       ^\n",
            "  = in `inner`, called at lib/b.rhai:3:20\n",
            "  = in `a closure`, called at lib/b.rhai:4:7\n",
            "  = in `middle`, called at a.rhai:3:8\n"
        ))
        .code(1);
}

#[test]
fn an_error_while_a_module_loads_names_its_file() {
    Kafkaefd::new()
        .file("a.rhai", "let x = 1;\nimport \"d\" as d;\n")
        .file("d.rhai", "\nthrow \"no\";\n")
        .args(["run", "a.rhai"])
        .stderr(concat!(
            "error: no\n",
            " --> d.rhai:2:1\n",
            "  |\n",
            "2 | throw \"no\";\n",
            "  | ^\n",
            "  = imported at a.rhai:2:8\n"
        ))
        .code(1);
}

#[test]
fn a_syntax_error_points_at_its_place() {
    fails(
        "#!/usr/bin/env -S kafkaefd run\nlet x = 5 5;\n",
        concat!(
            "error: syntax error: expecting ';' to terminate this statement\n",
            " --> s.rhai:2:11\n",
            "  |\n",
            "2 | let x = 5 5;\n",
            "  |           ^\n"
        ),
        1,
    );
}

#[test]
fn a_thrown_map_sets_the_exit_code_and_the_remedy() {
    let script = r#"throw #{ kind: "dead_letters", message: "6 bad records", remedy: "look" };"#;
    let text =
        format!("error: 6 bad records\n --> s.rhai:1:1\n  |\n1 | {script}\n  | ^\nhelp: look\n");
    fails(script, &text, 3);
}

#[test]
fn a_wrong_argument_shows_the_signatures() {
    fails(
        "out::table(1);",
        concat!(
            "error: cannot call `out::table(int)`: it takes other arguments\n",
            " --> s.rhai:1:6\n",
            "  |\n",
            "1 | out::table(1);\n",
            "  |      ^\n",
            "help: `out::table(rows: array, columns: array) -> Table`\n",
            "help: `out::table(rows: array, columns: array, empty: string) -> Table`\n"
        ),
        1,
    );
}

#[test]
fn names_that_are_nearly_right_are_suggested() {
    let told = |script: &str| {
        let output = Kafkaefd::new().args(["run", "-"]).stdin(script).code(1);
        let text = String::from_utf8(output.stderr).unwrap();
        let ends =
            (text.lines().next().unwrap().to_owned(), text.lines().last().unwrap().to_owned());
        (ends.0.replacen("error: ", "", 1), ends.1.replacen("help: ", "", 1))
    };
    for (script, message, help) in [
        (
            "out::tabel()",
            "cannot call `out::tabel()`: no such function",
            "did you mean `out::table`?",
        ),
        (
            "[1].pussh(2)",
            "cannot call `pussh(array, int)`: no such function",
            "did you mean `push`?",
        ),
        ("fn f(x, y) {} f(1)", "cannot call `f(int)`: it takes other arguments", "`f(x, y)`"),
        ("tme::now()", "unknown module `tme`", "did you mean `time`?"),
        ("let count = 1; cuont", "unknown variable `cuont`", "did you mean `count`?"),
        (
            "time::stopwatch().elapsd",
            "cannot read `.elapsd`: a value of type Stopwatch has no such property",
            "did you mean `.elapsed`?",
        ),
        (
            "const A = 1; fn f() { A } f()",
            "unknown variable `A`",
            "inside a function, a constant of the script is `global::A`",
        ),
        (
            "let b = 1; fn f() { b } f()",
            "unknown variable `b`",
            "a function does not see variables outside of it: pass it as a parameter",
        ),
    ] {
        assert_eq!(told(script), (message.to_owned(), help.to_owned()), "{script}");
    }
}

#[test]
fn a_missing_script_is_named() {
    Kafkaefd::new()
        .args(["run", "no.rhai"])
        .stdout("")
        .stderr("error: cannot read script `no.rhai`: no such file\n")
        .code(1);
}

#[test]
fn errors_of_natives_are_maps_that_scripts_catch() {
    Kafkaefd::new()
        .args(["run", "-"])
        .stdin(
            "try { time::parse(\"soon\") } catch (e) { print(`${e.kind} ${e.retriable} ${e.code}`) }",
        )
        .stdout("invalid false \n")
        .stderr("")
        .success();
}
