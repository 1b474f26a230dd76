//! All that is wrong in one file.

use super::xml::Xml;
use crate::formats::sal::SalError;

/// The most mistakes of a file that are told: whoever made more made one of them often.
const MOST: usize = 100;

/// The mistakes of one file, in the order in which they were found.
#[derive(Default)]
pub struct Mistakes(pub Vec<SalError>);

impl Mistakes {
    /// Notes what is wrong at `line` of `xml`; an error where there are too many.
    pub fn note(&mut self, xml: &mut Xml<'_>, line: usize, what: &str) -> Result<(), SalError> {
        self.0.push(xml.error_at(line, what));
        if self.0.len() < MOST {
            return Ok(());
        }
        let what = format!("after {MOST} mistakes the rest of the file is not read");
        Err(xml.error(&what))
    }

    /// All of them as one error, with a line of text for each; none where there are none.
    pub fn together(self) -> Option<SalError> {
        let mut all = self.0;
        all.sort_by_key(SalError::line);
        let mut all = all.into_iter();
        let mut first = all.next()?;
        for other in all {
            if let (SalError::Xml { what, .. }, SalError::Xml { line, what: next, .. }) =
                (&mut first, other)
            {
                *what = format!("{what}\nline {line}: {next}");
            }
        }
        Some(first)
    }
}
