//! The pieces of a line.

use kafkaefd::repl::lexer::{Kind, Open, lex};
use proptest::prelude::*;

fn pieces(text: &str) -> Vec<(Kind, &str)> {
    lex(text).0.into_iter().map(|token| (token.kind, &text[token.range])).collect()
}

#[test]
fn a_line_is_cut_into_pieces() {
    use Kind::{Comment, Keyword, Name, Number, Symbol, Text};
    assert_eq!(
        pieces("let x = f(1.5e-3, \"a\\\"b\", 'c'); // end"),
        [
            (Keyword, "let"),
            (Name, "x"),
            (Symbol, "="),
            (Name, "f"),
            (Symbol, "("),
            (Number, "1.5e-3"),
            (Symbol, ","),
            (Text, "\"a\\\"b\""),
            (Symbol, ","),
            (Text, "'c'"),
            (Symbol, ")"),
            (Symbol, ";"),
            (Comment, "// end"),
        ]
    );
    assert_eq!(pieces("1..5")[0], (Number, "1"));
    assert_eq!(pieces("1.abs()")[0], (Number, "1"));
    assert_eq!(pieces("0xFF_e+1")[..2], [(Number, "0xFF_e"), (Symbol, "+")]);
    assert_eq!(pieces("##\"a\"#b\"##"), [(Text, "##\"a\"#b\"##")]);
    assert_eq!(
        pieces("`a ${ #{ b: `c ${d}` } } e`"),
        [
            (Text, "`a ${"),
            (Symbol, "#"),
            (Symbol, "{"),
            (Name, "b"),
            (Symbol, ":"),
            (Text, "`c ${"),
            (Name, "d"),
            (Symbol, "}"),
            (Text, "`"),
            (Symbol, "}"),
            (Symbol, "}"),
            (Text, " e`"),
        ]
    );
}

#[test]
fn what_is_open_at_the_end_is_told() {
    let cases = [
        ("1", None),
        ("/* a /* b */", Some(Open::Comment)),
        ("`a", Some(Open::Text)),
        ("`a ${b", Some(Open::Text)),
        ("#\"a\"", Some(Open::Text)),
        ("\"a", Some(Open::Line)),
        ("\"a\\", Some(Open::Text)),
        ("\"a\n\"b\"", Some(Open::Line)),
    ];
    for (text, open) in cases {
        assert_eq!(lex(text).1, open, "{text:?}");
    }
}

proptest! {
    #[test]
    fn any_text_is_cut_in_order_and_without_overlap(text in "[\\PC\\n#\"'`${}/*\\\\]{0,60}") {
        let mut end = 0;
        for token in lex(&text).0 {
            prop_assert!(token.range.start >= end && token.range.end > token.range.start);
            prop_assert!(text.get(token.range.clone()).is_some());
            end = token.range.end;
        }
    }
}
