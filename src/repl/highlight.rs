//! Colours of a line, and the bracket that belongs to the one at the cursor.

use super::lexer::{Kind, Token, lex};

const RESET: &str = "\x1b[0m";

/// `line` with colours; `cursor` is a byte position, and none where the line is done.
pub fn highlight(line: &str, cursor: Option<usize>) -> String {
    let (tokens, _) = lex(line);
    let pair = cursor.and_then(|cursor| brackets(line, &tokens, cursor));
    let mut shown = String::with_capacity(line.len() * 2);
    let mut at = 0;
    for token in &tokens {
        shown.push_str(&line[at..token.range.start]);
        let text = &line[token.range.clone()];
        let matched = pair.is_some_and(|(a, b)| a == token.range.start || b == token.range.start);
        let colour = if matched { Some("\x1b[1;4m") } else { colour(line, token) };
        match colour {
            Some(colour) => shown.extend([colour, text, RESET]),
            None => shown.push_str(text),
        }
        at = token.range.end;
    }
    shown.push_str(&line[at..]);
    shown
}

fn colour(line: &str, token: &Token) -> Option<&'static str> {
    match token.kind {
        Kind::Keyword => Some("\x1b[35m"),
        Kind::Text => Some("\x1b[32m"),
        Kind::Number => Some("\x1b[36m"),
        Kind::Comment => Some("\x1b[90m"),
        Kind::Name if line[token.range.end..].starts_with("::") => Some("\x1b[34m"),
        Kind::Name | Kind::Symbol => None,
    }
}

/// The starts of the bracket at or before `cursor` and of its partner.
fn brackets(line: &str, tokens: &[Token], cursor: usize) -> Option<(usize, usize)> {
    let symbols: Vec<(usize, &str)> = tokens
        .iter()
        .filter(|token| token.kind == Kind::Symbol)
        .map(|token| (token.range.start, &line[token.range.clone()]))
        .collect();
    let mut open = Vec::new();
    for (at, symbol) in symbols {
        match symbol {
            "(" | "[" | "{" => open.push((at, symbol)),
            ")" | "]" | "}" => {
                let (start, opened) = open.pop()?;
                let fits = matches!((opened, symbol), ("(", ")") | ("[", "]") | ("{", "}"));
                let near = |place: usize| place == cursor || place + 1 == cursor;
                if fits && (near(start) || near(at)) {
                    return Some((start, at));
                }
            }
            _ => {}
        }
    }
    None
}
