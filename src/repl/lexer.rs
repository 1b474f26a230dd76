//! The pieces of a line of Rhai, good enough for colours and for the end of input.
//!
//! The engine's own lexer tells starts only and refuses half a line.

use std::ops::Range;

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `let`, `if`, `fn`, `true`, …
    Keyword,
    /// A name.
    Name,
    /// A number.
    Number,
    /// A string, a character, or the literal part of an interpolated string.
    Text,
    /// A comment.
    Comment,
    /// Anything else that is not blank, one character each.
    Symbol,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Its bytes in the line.
    pub range: Range<usize>,
}

/// What is still open at the end of the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Open {
    /// `/*` without its `*/`.
    Comment,
    /// A backtick or raw string, which may span lines.
    Text,
    /// A string that must end on its line.
    Line,
}

/// The pieces of `text`, and what is open at its end.
pub fn lex(text: &str) -> (Vec<Token>, Option<Open>) {
    let mut lexer = Lexer { text, at: 0, tokens: Vec::new(), inside: Vec::new(), open: None };
    while lexer.at < text.len() {
        lexer.step();
    }
    let open = lexer.open.or((!lexer.inside.is_empty()).then_some(Open::Text));
    (lexer.tokens, open)
}

const KEYWORDS: [&str; 32] = [
    "as",
    "break",
    "catch",
    "const",
    "continue",
    "do",
    "else",
    "export",
    "false",
    "fn",
    "for",
    "global",
    "if",
    "import",
    "in",
    "let",
    "loop",
    "private",
    "return",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "until",
    "while",
    "Fn",
    "call",
    "curry",
    "is_def_var",
    "is_def_fn",
    "type_of",
];

/// The words of the language.
pub fn keywords() -> &'static [&'static str] {
    &KEYWORDS
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
    /// For each `${` that is open, the braces that are open within it.
    inside: Vec<usize>,
    open: Option<Open>,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn push(&mut self, kind: Kind, len: usize) {
        let end = (self.at + len).min(self.text.len());
        self.tokens.push(Token { kind, range: self.at..end });
        self.at = end;
    }

    fn step(&mut self) {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return };
        let hashes = rest.len() - rest.trim_start_matches('#').len();
        match first {
            _ if first.is_whitespace() => self.at += first.len_utf8(),
            '/' if rest.starts_with("//") => {
                self.push(Kind::Comment, rest.find('\n').unwrap_or(rest.len()));
            }
            '/' if rest.starts_with("/*") => self.block_comment(),
            '"' => self.quoted('"'),
            '\'' => self.quoted('\''),
            '`' => self.backtick(1),
            '#' if rest[hashes..].starts_with('"') => self.raw(hashes),
            '}' if self.inside.last() == Some(&0) => {
                self.inside.pop();
                self.push(Kind::Symbol, 1);
                self.backtick(0);
            }
            _ if first.is_ascii_digit() => {
                let len = number(rest);
                self.push(Kind::Number, len);
            }
            _ if first.is_alphanumeric() || first == '_' => self.word(),
            _ => self.symbol(first),
        }
    }

    fn symbol(&mut self, first: char) {
        if let Some(depth) = self.inside.last_mut() {
            match first {
                '{' => *depth += 1,
                '}' => *depth -= 1,
                _ => {}
            }
        }
        self.push(Kind::Symbol, first.len_utf8());
    }

    fn word(&mut self) {
        let rest = self.rest();
        let len = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let kind = if KEYWORDS.contains(&&rest[..len]) { Kind::Keyword } else { Kind::Name };
        self.push(kind, len);
    }

    fn block_comment(&mut self) {
        let rest = self.rest();
        let (mut depth, mut at) = (0_usize, 0);
        while let Some(step) = rest[at..].find("/*").into_iter().chain(rest[at..].find("*/")).min()
        {
            depth = if rest[at + step..].starts_with("/*") { depth + 1 } else { depth - 1 };
            at += step + 2;
            if depth == 0 {
                return self.push(Kind::Comment, at);
            }
        }
        self.open = Some(Open::Comment);
        self.push(Kind::Comment, rest.len());
    }

    /// A string or character that ends on its line; a backslash escapes.
    fn quoted(&mut self, quote: char) {
        let rest = self.rest();
        let mut escaped = false;
        for (index, c) in rest.char_indices().skip(1) {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '\n' => break,
                _ if c == quote => return self.push(Kind::Text, index + 1),
                _ => {}
            }
        }
        // A backslash at the end of a line carries the string on.
        self.open = Some(if escaped { Open::Text } else { Open::Line });
        self.push(Kind::Text, rest.find('\n').unwrap_or(rest.len()));
    }

    /// The text of a backtick string from `skip` on, up to its end or to the next `${`.
    fn backtick(&mut self, skip: usize) {
        let rest = self.rest();
        let body = rest.get(skip..).unwrap_or_default();
        let end = body.find('`').map(|at| skip + at + 1);
        match body.find("${").map(|at| skip + at + 2) {
            Some(start) if end.is_none_or(|end| start < end) => {
                self.push(Kind::Text, start);
                self.inside.push(0);
            }
            _ if end.is_some() => self.push(Kind::Text, end.unwrap_or_default()),
            _ => {
                self.open = Some(Open::Text);
                self.push(Kind::Text, rest.len());
            }
        }
    }

    fn raw(&mut self, hashes: usize) {
        let rest = self.rest();
        let close = format!("\"{}", "#".repeat(hashes));
        if let Some(at) = rest[hashes + 1..].find(&close) {
            self.push(Kind::Text, hashes + 1 + at + close.len());
        } else {
            self.open = Some(Open::Text);
            self.push(Kind::Text, rest.len());
        }
    }
}

/// The length of the number at the start of `text`; `1..5` and `1.abs()` end before the dot.
fn number(text: &str) -> usize {
    let mut end = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let point = c == '.' && next.is_some_and(|next| next.is_ascii_digit());
        let sign = matches!(c, '+' | '-') && text[..at].ends_with('e') && !text.starts_with("0x");
        if !(c.is_ascii_alphanumeric() || c == '_' || point || sign) {
            break;
        }
        end = at + 1;
    }
    end
}
