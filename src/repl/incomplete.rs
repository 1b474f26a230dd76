//! Whether input is the beginning of something longer.

use rhai::{Engine, ParseErrorType, Position};

use super::last;
use super::lexer::{Kind, Open, lex};

/// Whether more lines must follow `text` before it can be compiled.
///
/// Two empty lines end any input, so that nobody is caught in it.
pub fn is_incomplete(engine: &Engine, text: &str) -> bool {
    if text.trim().is_empty() || text.ends_with("\n\n") {
        return false;
    }
    match lex(text).1 {
        Some(Open::Comment | Open::Text) => return true,
        Some(Open::Line) => return false,
        None => {}
    }
    let Err(error) = engine.compile(last::marked(text)) else { return false };
    match error.err_type() {
        ParseErrorType::UnexpectedEOF => true,
        // A doc comment waits for its function.
        ParseErrorType::WrongDocComment => ends_in_comment(text),
        ParseErrorType::MissingToken(..)
        | ParseErrorType::PropertyExpected
        | ParseErrorType::VariableExpected
        | ParseErrorType::ExprExpected(_)
        | ParseErrorType::FnMissingName
        | ParseErrorType::FnMissingParams(_)
        | ParseErrorType::FnMissingBody(_) => is_end(text, error.position()),
        _ => false,
    }
}

/// Whether `position` is behind everything in `text`.
fn is_end(text: &str, position: Position) -> bool {
    let (Some(line), column) = (position.line(), position.position().unwrap_or(1)) else {
        return true;
    };
    let Some(found) = text.split('\n').nth(line - 1) else { return true };
    let rest: String = found.chars().skip(column - 1).collect();
    let below = text.split('\n').skip(line);
    lex(&rest).0.is_empty() && below.into_iter().all(|line| line.trim().is_empty())
}

fn ends_in_comment(text: &str) -> bool {
    lex(text).0.last().is_some_and(|token| token.kind == Kind::Comment)
}
