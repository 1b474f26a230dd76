//! `_`, the last value, which is no name in a script.

use std::ops::Range;

use rhai::{Engine, LexError, Token};

use super::lexer::lex;

/// The variable that holds the last value.
pub const LAST: &str = "_";

/// Stands for the `_` of a `switch` in the text that is compiled, one column wide like it. Nobody
/// types it.
const CASE: &str = "\u{1}";

/// `line` as [`teach`] has taught an engine to read it.
pub fn marked(line: &str) -> String {
    let mut marked = line.to_owned();
    for (range, _) in all(line).into_iter().filter(|(_, case)| *case) {
        marked.replace_range(range, CASE);
    }
    marked
}

/// Where `line` reads the last value; `_ =>` and `_ if …` in a `switch` do not.
pub fn uses(line: &str) -> Vec<Range<usize>> {
    let uses = all(line).into_iter().filter(|(_, case)| !case);
    uses.map(|(range, _)| range).collect()
}

/// Every `_`, and whether it is a case of a `switch`.
fn all(line: &str) -> Vec<(Range<usize>, bool)> {
    let (tokens, _) = lex(line);
    let text = |at: usize| tokens.get(at).map_or("", |token| &line[token.range.clone()]);
    let is_case = |at: usize| text(at + 1) == "if" || (text(at + 1) == "=" && text(at + 2) == ">");
    let found = tokens.iter().enumerate().filter(|(at, _)| text(*at) == LAST);
    found.map(|(at, token)| (token.range.clone(), is_case(at))).collect()
}

/// Lets `engine` compile [`marked`] lines.
#[allow(deprecated)] // not deprecated but volatile, says Rhai: a test notices a change
pub fn teach(engine: &mut Engine) {
    engine.on_parse_token(|token, _, _| match token {
        Token::Underscore => Token::Identifier(Box::new(LAST.into())),
        Token::LexError(error)
            if matches!(&*error, LexError::UnexpectedInput(text) if text == CASE) =>
        {
            Token::Underscore
        }
        token => token,
    });
}
