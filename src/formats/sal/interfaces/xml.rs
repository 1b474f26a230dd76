//! Pulls elements out of an XML file, with the line of each for errors.

use std::path::Path;

use memchr::memchr_iter;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::formats::sal::SalError;

/// A position in one file. Document types are refused: nothing is fetched, no entity is defined.
pub struct Xml<'a> {
    path: &'a Path,
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// Of the current element.
    name: String,
    line: usize,
    counted: usize,
}

impl<'a> Xml<'a> {
    /// Starts before the root element of `text`, the content of the file `path`.
    pub fn new(path: &'a Path, text: &'a str) -> Xml<'a> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Xml { path, text, reader, name: String::new(), line: 1, counted: 0 }
    }

    /// The name of the next child of the current element, which is then the current one; `None`
    /// at the end of the current element, whose parent is then current.
    pub fn child(&mut self) -> Result<Option<&str>, SalError> {
        loop {
            match self.event()? {
                Event::Start(start) => return Ok(Some(self.named(&start))),
                Event::End(_) => return Ok(None),
                Event::Eof => return Err(self.error("the file ends inside an element")),
                _ => {}
            }
        }
    }

    /// The name of the root element.
    pub fn root(&mut self) -> Result<&str, SalError> {
        loop {
            match self.event()? {
                Event::Start(start) => return Ok(self.named(&start)),
                Event::Eof => return Err(self.error("there is no element in it")),
                _ => {}
            }
        }
    }

    /// The text of the current element `name`, as written; its parent is then current.
    pub fn text(&mut self, name: &str) -> Result<String, SalError> {
        let mut text = String::new();
        loop {
            match self.event()? {
                Event::Text(part) => text.push_str(&part.xml10_content()),
                Event::CData(part) => text.push_str(&part.xml10_content()),
                Event::GeneralRef(entity) => text.push(self.entity(&entity)?),
                Event::End(_) => return Ok(text),
                Event::Start(start) => {
                    let inner = start.name().0.to_owned();
                    return Err(self.error(&format!("unexpected <{inner}> inside <{name}>")));
                }
                Event::Eof => return Err(self.error("the file ends inside an element")),
                _ => {}
            }
        }
    }

    /// Passes over the current element and all in it; its parent is then current.
    pub fn skip(&mut self) -> Result<(), SalError> {
        let mut depth = 1;
        while depth > 0 {
            match self.event()? {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                Event::Eof => return Err(self.error("the file ends inside an element")),
                _ => {}
            }
        }
        Ok(())
    }

    /// The line where reading stands, from 1.
    pub fn line(&mut self) -> usize {
        let end = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        self.count_to(end)
    }

    /// An error at the line where reading stands.
    pub fn error(&mut self, what: &str) -> SalError {
        let line = self.line();
        self.error_at(line, what)
    }

    /// An error at `line`.
    pub fn error_at(&self, line: usize, what: &str) -> SalError {
        SalError::Xml { path: self.path.to_owned(), line, what: what.to_owned() }
    }

    fn named(&mut self, start: &BytesStart<'_>) -> &str {
        self.name.clear();
        self.name.push_str(start.name().0);
        &self.name
    }

    fn event(&mut self) -> Result<Event<'a>, SalError> {
        match self.reader.read_event() {
            Ok(Event::DocType(_)) => {
                Err(self.error("a document type (<!DOCTYPE>) is refused in interface files"))
            }
            Ok(event) => Ok(event),
            Err(error) => {
                let at = usize::try_from(self.reader.error_position()).unwrap_or(usize::MAX);
                let line = self.count_to(at);
                Err(self.error_at(line, &error.to_string()))
            }
        }
    }

    fn entity(&mut self, entity: &BytesRef<'_>) -> Result<char, SalError> {
        let known = match &**entity {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "apos" => Some('\''),
            "quot" => Some('"'),
            _ => entity.resolve_char_ref().ok().flatten(),
        };
        known.ok_or_else(|| self.error(&format!("unknown entity `&{};`", &**entity)))
    }

    fn count_to(&mut self, end: usize) -> usize {
        let end = end.min(self.text.len());
        let passed = self.text.as_bytes().get(self.counted..end).unwrap_or_default();
        self.line += memchr_iter(b'\n', passed).count();
        self.counted = self.counted.max(end);
        self.line
    }
}
