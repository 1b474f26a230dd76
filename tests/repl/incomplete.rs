//! Which input waits for more.

use kafkaefd::repl::incomplete::is_incomplete;
use rhai::Engine;

#[test]
fn the_beginning_of_something_waits() {
    let engine = Engine::new_raw();
    let beginnings = [
        "let x =",
        "let",
        "foo(",
        "foo(1,",
        "foo(1",
        "x.",
        "x::",
        "a.b.",
        "a ?.",
        "1 +",
        "a[",
        "a??",
        "x +=",
        "fn",
        "fn f",
        "fn f(",
        "fn f()",
        "private",
        "private fn",
        "if",
        "if x",
        "for",
        "for x",
        "for x in",
        "while",
        "loop",
        "do {",
        "do { }",
        "try",
        "try {",
        "switch x",
        "switch x {",
        "switch x { 1 =>",
        "[1,",
        "[1, // one",
        "#{",
        "#{ a",
        "#{ a:",
        "|x",
        "import",
        "import \"x\" as",
        "const",
        "fn f() {\n    let x = 1;",
        "/* note",
        "/* a /* b */",
        "`text",
        "`a ${",
        "`a ${ x",
        "`a ${ x } b",
        "#\"raw",
        "##\"raw\"#",
        "\"goes on\\",
    ];
    for text in beginnings {
        assert!(is_incomplete(&engine, text), "{text:?} should wait");
    }
}

#[test]
fn what_is_complete_or_wrong_does_not_wait() {
    let engine = Engine::new_raw();
    let ends = [
        "",
        "   ",
        "1 + 1",
        "let x = 1",
        "fn f() { }",
        "return",
        "const X",
        "|x| x",
        "5 5",
        "f(1 2",
        "}",
        ")",
        "else",
        "\"no end",
        "'",
        "a?",
        "let 1",
        "`a ${x} b`",
        "/* a /* b */ c */",
        "// (",
        "#\"raw\"#",
        "\"/*\"",
        "x // [",
        "fn f(\n\n",
        "let x = 1; )",
    ];
    for text in ends {
        assert!(!is_incomplete(&engine, text), "{text:?} should not wait");
    }
}
