//! A session without a terminal: values on stdout, errors on stderr, no prompt.

use crate::support::Kafkaefd;

fn repl(lines: &str) -> Kafkaefd {
    Kafkaefd::new().args(["repl"]).stdin(lines)
}

#[test]
fn values_are_shown_and_statements_are_not() {
    repl("1 + 1\nlet x = 5;\nx\n\"42\"\n()\n[#{ a: 1, b: \"dome\" }, #{ a: 22, b: \"mount\" }]\n")
        .stdout("2\n5\n\"42\"\n a  b\n 1  dome\n22  mount\n")
        .stderr("")
        .success();
}

#[test]
fn output_follows_the_option() {
    Kafkaefd::new()
        .args(["repl", "--output", "json"])
        .stdin("#{ a: [1, 2.5] }\n")
        .stdout("{\n  \"a\": [\n    1,\n    2.5\n  ]\n}\n")
        .success();
}

#[test]
fn variables_functions_constants_imports_and_closures_last() {
    repl(
        "let x = 2;\nconst K = 40;\nfn plus(n) { n + global::K }\nplus(x)\n\
         let add = |n| n + x;\nadd.call(1)\nimport \"std/text\" as text;\n\
         fn padded() { text::pad_left(\"a\", 3) }\nlet x = 3;\nx\nfn plus(n) { n }\nplus(x)\n",
    )
    .stdout("42\n3\n3\n3\n")
    .stderr("")
    .success();
}

#[test]
fn the_last_value_is_an_underscore() {
    repl(
        "20\n_ + 1\nlet y = _ * 2;\ny\n`<${_}>`\nfor _ in 0..1 { }\nswitch 3 { 2 => 1, _ => 7 }\n",
    )
    .stdout("20\n21\n42\n\"<42>\"\n7\n")
    .stderr("")
    .success();
}

#[test]
fn input_goes_on_over_lines() {
    repl("fn f(a,\n    b) {\n    a + b\n}\nf(1,\n  2)\n`a\nb`\n/* note\n*/ 5\n")
        .stdout("3\na\nb\n5\n")
        .stderr("")
        .success();
}

#[test]
fn an_error_shows_its_line_and_the_session_goes_on() {
    repl("fn bad() {\n    boom\n}\n1\nbad()\n2\nlet = 3\n")
        .stdout("1\n2\n")
        .stderr(
            "error: unknown variable `boom`\n --> session:2:5\n  |\n2 |     boom\n  |     ^\n  \
             = in `bad`, called at session:5:1\n\
             error: syntax error: expecting name of a variable\n --> session:7:5\n  |\n\
             7 | let = 3\n  |     ^\n",
        )
        .code(1);
}

#[test]
fn help_lists_modules_and_shows_pages() {
    let shown = String::from_utf8(repl("help\n").success().stdout).unwrap();
    for part in ["\n  kafka ", "\n  out ", ":save FILE", "x?"] {
        assert!(shown.contains(part), "{part} is missing in\n{shown}");
    }
    repl("help(\"time::now\")\n")
        .stdout(
            "time::now() -> int\n\nThe time now, in milliseconds since 1970 (UTC).\n\nExample\n    \
             time::now() > time::parse(\"2026-01-01\") // => true\n",
        )
        .success();
}

#[test]
fn a_question_mark_explains_a_variable() {
    repl("let watch = time::stopwatch()\nwatch?\n")
        .stdout(
            "watch is of type Stopwatch\n\n  Stopwatch.elapsed: float\n      \
             Seconds since the stopwatch was started, as a float.\n",
        )
        .success();
    repl("let rows = [#{ a: 1 }];\nrows[0]?\nrows[0].a?\n")
        .stdout("rows[0] is of type map\n  a  1\nrows[0].a is of type i64\n  1\n")
        .success();
    repl("/// Twice n.\nfn twice(n) { n * 2 }\ntwice?\n")
        .stdout("twice(n)\n\nTwice n.\n")
        .success();
}

#[test]
fn a_wrong_name_gets_a_near_one() {
    repl("help kafak\n:sav x\n:save\n")
        .stdout("")
        .stderr(
            "error: no help for `kafak`: it is no module, function or variable\n\
             help: did you mean `kafka`?\n\
             error: there is no `:sav`; there are `:help`, `:load`, `:save`, `:time`, `:quit`\n\
             error: `:save` needs a file: `:save FILE`\n",
        )
        .code(2);
}

#[test]
fn load_brings_functions_and_quit_leaves() {
    Kafkaefd::new()
        .args(["repl"])
        .file("f.rhai", "#!/usr/bin/env -S kafkaefd run\n//! F.\nfn f() { 7 }\n")
        .stdin(":load f.rhai\nf()\n:quit\n1\n")
        .stdout("7\n")
        .success();
}

#[test]
fn time_says_how_long_it_took() {
    let output = repl(":time 1 + 1\n").success();
    let shown = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines[0], "2");
    assert!(lines[1].ends_with('s') && lines[1].starts_with(|c: char| c.is_ascii_digit()));
}

#[test]
fn an_error_in_a_loaded_file_names_the_file() {
    let output =
        Kafkaefd::new().args(["repl"]).file("f.rhai", "boom\n").stdin(":load f.rhai\n").code(1);
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.ends_with("  = loaded from f.rhai\n"), "{text}");
}
