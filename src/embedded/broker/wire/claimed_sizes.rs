//! Walks a request before it is decoded.
//!
//! The codec reserves memory for as many elements as an array claims to have. A request that claims
//! two thousand million would end the process, so what is claimed must be there.

use bytes::Buf;
use kafka_protocol::messages::ApiKey;

use super::error::WireError;
use super::shapes::{Field, Part, SHAPES};

/// Whether everything that `body` claims to hold is in it.
pub fn check(api: ApiKey, version: i16, body: &[u8]) -> Result<(), WireError> {
    let Some(&(_, flexible, fields)) = SHAPES.iter().find(|(key, ..)| *key == api) else {
        return Ok(());
    };
    let mut walk = Walk { rest: body, version, compact: version >= flexible };
    walk.fields(fields).ok_or(WireError::Cut { api, version })
}

struct Walk<'a> {
    rest: &'a [u8],
    version: i16,
    compact: bool,
}

impl Walk<'_> {
    fn fields(&mut self, fields: &[Field]) -> Option<()> {
        for field in fields {
            if (field.first..=field.last).contains(&self.version) {
                self.part(field.part)?;
            }
        }
        if self.compact { self.tags() } else { Some(()) }
    }

    fn part(&mut self, part: Part) -> Option<()> {
        match part {
            Part::Fixed(size) => self.skip(size),
            Part::Text => {
                let size = if self.compact { self.counted()? } else { self.short()? };
                self.skip(size)
            }
            Part::Bytes => {
                let size = self.count()?;
                self.skip(size)
            }
            Part::List(part) => (0..self.count()?).try_for_each(|_| self.part(*part)),
            Part::Maybe(fields) => match self.rest.try_get_i8().ok()? {
                ..0 => Some(()),
                _ => self.fields(fields),
            },
            Part::Each(fields) => (0..self.count()?).try_for_each(|_| self.fields(fields)),
        }
    }

    /// Tagged fields: how many, then a tag, a size and that many bytes for each.
    fn tags(&mut self) -> Option<()> {
        for _ in 0..self.varint()? {
            self.varint()?;
            let size = self.varint()?;
            self.skip(size)?;
        }
        Some(())
    }

    fn skip(&mut self, size: usize) -> Option<()> {
        self.rest = self.rest.get(size..)?;
        Some(())
    }

    /// A number of elements or bytes; none at all counts as 0.
    fn count(&mut self) -> Option<usize> {
        if self.compact {
            return self.counted();
        }
        match self.rest.try_get_i32().ok()? {
            -1 => Some(0),
            count => usize::try_from(count).ok(),
        }
    }

    /// A number one higher than what it counts; 0 stands for none at all.
    fn counted(&mut self) -> Option<usize> {
        Some(self.varint()?.saturating_sub(1))
    }

    fn short(&mut self) -> Option<usize> {
        match self.rest.try_get_i16().ok()? {
            -1 => Some(0),
            size => usize::try_from(size).ok(),
        }
    }

    /// An unsigned number in groups of seven bits, low groups first, at most five of them.
    fn varint(&mut self) -> Option<usize> {
        let mut value = 0;
        for group in 0..5 {
            let byte = self.rest.try_get_u8().ok()?;
            value |= usize::from(byte & 0x7f) << (7 * group);
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }
}
