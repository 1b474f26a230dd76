//! A position in the items of a message.

use super::fault::{Fault, Why};
use super::number;

/// Reads items one after the other.
pub struct Cursor<'a> {
    /// The items: all between the parentheses.
    pub text: &'a [u8],
    /// The next byte.
    pub at: usize,
}

impl<'a> Cursor<'a> {
    /// Passes blanks.
    #[inline]
    pub fn blanks(&mut self) {
        // One comparison tells most bytes from blanks: they lie above the space.
        while let Some(byte) = self.text.get(self.at)
            && *byte <= b' '
            && byte.is_ascii_whitespace()
        {
            self.at += 1;
        }
    }

    /// Passes the comma before the next item, and the blanks around it.
    #[inline]
    pub fn comma(&mut self) -> Result<(), Fault> {
        self.blanks();
        match self.text.get(self.at) {
            Some(b',') => {
                self.at += 1;
                self.blanks();
                Ok(())
            }
            Some(_) => Err(self.fault(Why::Junk)),
            None => Err(self.fault(Why::Missing)),
        }
    }

    /// Passes a comma and one blank, if that is what stands there and a token follows.
    // Called for each value of an array: a call costs as much as its work.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    pub fn usual_comma(&mut self) -> bool {
        let usual =
            matches!(self.text.get(self.at..), Some([b',', b' ', next, ..]) if *next > b' ');
        self.at += if usual { 2 } else { 0 };
        usual
    }

    /// A number that is plain and that a delimiter follows, as a double.
    // Called for each value of an array: a call costs as much as its work.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    pub fn usual_double(&mut self) -> Option<f64> {
        let (value, end) = number::plain_double(self.text, self.at)?;
        let delimited = self.delimited(end);
        self.at = if delimited { end } else { self.at };
        delimited.then_some(value)
    }

    /// Ends the message: nothing may follow.
    #[inline]
    pub fn end(&mut self) -> Result<(), Fault> {
        self.blanks();
        match self.text.get(self.at) {
            None => Ok(()),
            Some(b',') => {
                self.at += 1;
                self.blanks();
                Err(self.fault(Why::TooMany))
            }
            Some(_) => Err(self.fault(Why::Junk)),
        }
    }

    /// A number, as a double.
    #[inline]
    pub fn double(&mut self) -> Result<f64, Fault> {
        match self.usual_double() {
            Some(value) => Ok(value),
            None => self.any_double(),
        }
    }

    /// An integer of 64 bits.
    #[inline]
    pub fn long(&mut self) -> Result<i64, Fault> {
        match number::plain_integer(self.text, self.at) {
            Some((value, end)) if self.delimited(end) => {
                let value = value.ok_or_else(|| self.fault(Why::Range64))?;
                self.at = end;
                Ok(value)
            }
            _ => Err(self.fault(Why::Integer)),
        }
    }

    /// An integer of 32 bits.
    #[inline]
    pub fn int(&mut self) -> Result<i64, Fault> {
        let at = self.at;
        match self.long() {
            Ok(value) if i32::try_from(value).is_ok() => Ok(value),
            Ok(_) | Err(Fault { why: Why::Range64, .. }) => Err(Fault::new(Why::Range32, at)),
            Err(fault) => Err(fault),
        }
    }

    /// A boolean.
    #[inline]
    pub fn boolean(&mut self) -> Result<bool, Fault> {
        let token = self.token();
        let value = match token {
            b"0" | b"false" => false,
            b"1" | b"true" => true,
            _ => return Err(self.fault(Why::Boolean)),
        };
        self.at += token.len();
        Ok(value)
    }

    /// The bytes up to the next blank or comma.
    #[inline]
    pub fn token(&self) -> &'a [u8] {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let delimiter = |byte: &u8| *byte == b',' || byte.is_ascii_whitespace();
        let end = rest.iter().position(delimiter).unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default()
    }

    /// An error at this position.
    #[cold]
    pub fn fault(&self, why: Why) -> Fault {
        Fault::new(why, self.at)
    }

    /// A number of any form, as a double: exponents, many digits, `nan`, `inf`.
    #[cold]
    pub fn any_double(&mut self) -> Result<f64, Fault> {
        let token = self.token();
        let value = number::any_double(token).ok_or_else(|| self.fault(Why::Number))?;
        self.at += token.len();
        Ok(value)
    }

    #[inline]
    fn delimited(&self, end: usize) -> bool {
        let ends = |byte: &u8| *byte == b',' || *byte == b' ' || byte.is_ascii_whitespace();
        self.text.get(end).is_none_or(ends)
    }
}
