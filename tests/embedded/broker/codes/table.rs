//! A table of requests with the error codes that must answer them.

use kafka_protocol::ResponseError;

use super::super::raw::Raw;
use super::super::transactions::wire::until;
use crate::support::Stack;

/// Codes of a coordinator that is being loaded or moved: a real broker's first answers.
const BUSY: [i16; 3] = [14, 15, 16];

/// Rows of what is asked, what must be answered and what was.
pub struct Table {
    raw: Raw,
    expected: Vec<String>,
    found: Vec<String>,
}

impl Table {
    /// An empty table of a new connection to `stack`.
    pub fn new(stack: &Stack) -> Table {
        Table { raw: Raw::to(stack.broker()), expected: Vec::new(), found: Vec::new() }
    }

    /// `ask`s, and writes down the code of the answer beside the one that is `expected`; none is 0.
    pub fn row(
        &mut self,
        what: &str,
        expected: impl Into<Option<ResponseError>>,
        mut ask: impl FnMut(&mut Raw) -> i16,
    ) {
        let mut code = ask(&mut self.raw);
        let expected = expected.into().map_or(0, |error| error.code());
        if BUSY.contains(&code) && !BUSY.contains(&expected) {
            until(|| {
                code = ask(&mut self.raw);
                !BUSY.contains(&code)
            });
        }
        self.expected.push(format!("{what}: {}", name(expected)));
        self.found.push(format!("{what}: {}", name(code)));
    }

    /// All at once, so that one run tells of every difference.
    pub fn check(self) {
        assert_eq!(self.found.join("\n"), self.expected.join("\n"));
    }
}

fn name(code: i16) -> String {
    ResponseError::try_from_code(code).map_or("ok".to_owned(), |error| error.to_string())
}
