//! Walks bytes along a schema before the codec allocates for them: every length is held against
//! the bytes that are left, so that damaged data ends in an error that names the place.

use apache_avro::schema::{InnerDecimalSchema, Schema as Node, UuidSchema};

use super::encode::DEPTH;
use super::error::{Mismatch, Step};
use super::schema::Schema;

/// How many items that take no bytes (`null`) one value may have.
const EMPTY_ITEMS: usize = 100_000;

/// Checks that `bytes` are exactly one value of `schema`.
pub(super) fn check(schema: &Schema, bytes: &[u8]) -> Result<(), Mismatch> {
    let mut walk = Walk { schema, rest: bytes, empty: EMPTY_ITEMS };
    walk.value(schema.node(), 0)?;
    match walk.rest.len() {
        0 => Ok(()),
        left => Err(Mismatch::new(format!("{left} bytes are left after the value"))),
    }
}

struct Walk<'a> {
    schema: &'a Schema,
    rest: &'a [u8],
    /// How many more items may take no bytes.
    empty: usize,
}

impl Walk<'_> {
    fn value(&mut self, node: &Node, depth: usize) -> Result<(), Mismatch> {
        if depth > DEPTH {
            return Err(Mismatch::new(format!("nested deeper than {DEPTH} levels")));
        }
        match node {
            Node::Null => Ok(()),
            Node::Boolean => match self.take(1)? {
                [0 | 1] => Ok(()),
                _ => Err(Mismatch::new("a boolean is the byte 0 or 1")),
            },
            Node::Int | Node::Date | Node::TimeMillis => self.int().map(drop),
            Node::Float => self.take(4).map(drop),
            Node::Double => self.take(8).map(drop),
            Node::String | Node::Uuid(UuidSchema::String) => self.text().map(drop),
            Node::Bytes | Node::BigDecimal | Node::Uuid(UuidSchema::Bytes) => self.bytes(),
            Node::Fixed(def) | Node::Duration(def) | Node::Uuid(UuidSchema::Fixed(def)) => {
                self.take(def.size).map(drop)
            }
            Node::Decimal(def) => match &def.inner {
                InnerDecimalSchema::Bytes => self.bytes(),
                InnerDecimalSchema::Fixed(fixed) => self.take(fixed.size).map(drop),
            },
            Node::Enum(def) => self.choice("symbol", def.symbols.len()).map(drop),
            Node::Union(def) => {
                let index = self.choice("branch", def.variants().len())?;
                def.variants().get(index).map_or(Ok(()), |node| self.value(node, depth + 1))
            }
            Node::Array(def) => self.blocks(|walk, index| {
                let item = walk.value(&def.items, depth + 1);
                item.map_err(|error| error.inside(Step::Item(index)))
            }),
            Node::Map(def) => self.blocks(|walk, _| {
                let key = walk.text()?.to_owned();
                let item = walk.value(&def.types, depth + 1);
                item.map_err(|error| error.inside(Step::Key(key)))
            }),
            Node::Record(def) => def.fields.iter().try_for_each(|field| {
                let value = self.value(&field.schema, depth + 1);
                value.map_err(|error| error.inside(Step::Field(field.name.clone())))
            }),
            Node::Ref { name } => match self.schema.named(name) {
                Some(node) => self.value(node, depth + 1),
                None => Err(Mismatch::new(format!("the schema does not define {name}"))),
            },
            _ => self.long().map(drop),
        }
    }

    fn take(&mut self, count: usize) -> Result<&[u8], Mismatch> {
        match self.rest.split_at_checked(count) {
            Some((taken, rest)) => {
                self.rest = rest;
                Ok(taken)
            }
            None => Err(ends(count, self.rest.len())),
        }
    }

    fn bytes(&mut self) -> Result<(), Mismatch> {
        let count = self.length()?;
        self.take(count).map(drop)
    }

    fn text(&mut self) -> Result<&str, Mismatch> {
        let count = self.length()?;
        let bytes = self.take(count)?;
        std::str::from_utf8(bytes).map_err(|_| Mismatch::new("the text is not UTF-8"))
    }

    fn length(&mut self) -> Result<usize, Mismatch> {
        let count = self.long()?;
        usize::try_from(count).map_err(|_| Mismatch::new(format!("its length is {count}")))
    }

    fn int(&mut self) -> Result<i32, Mismatch> {
        let number = self.long()?;
        let narrow = i32::try_from(number);
        narrow.map_err(|_| Mismatch::new(format!("{number} is out of the range of int")))
    }

    fn choice(&mut self, what: &str, count: usize) -> Result<usize, Mismatch> {
        let index = self.long()?;
        let valid = usize::try_from(index).ok().filter(|index| *index < count);
        valid.ok_or_else(|| Mismatch::new(format!("{what} {index} does not exist, of {count}")))
    }

    /// Items come in blocks of a count; a negative count is followed by the block's size in bytes.
    fn blocks(
        &mut self,
        mut item: impl FnMut(&mut Self, usize) -> Result<(), Mismatch>,
    ) -> Result<(), Mismatch> {
        let mut index = 0;
        loop {
            let count = self.long()?;
            if count == 0 {
                return Ok(());
            }
            if count < 0 {
                self.long()?;
            }
            let count = usize::try_from(count.unsigned_abs()).unwrap_or(usize::MAX);
            if count > self.rest.len().max(self.empty) {
                return Err(Mismatch::new(format!(
                    "a block claims {count} items, {} bytes are left",
                    self.rest.len()
                )));
            }
            for _ in 0..count {
                let left = self.rest.len();
                item(self, index)?;
                index += 1;
                if self.rest.len() == left {
                    self.empty = self.empty.checked_sub(1).ok_or_else(too_empty)?;
                }
            }
        }
    }

    /// A zigzag varint of at most ten bytes (Avro specification, "binary encoding").
    fn long(&mut self) -> Result<i64, Mismatch> {
        let mut number = 0u64;
        for shift in (0..70).step_by(7) {
            let Some((byte, rest)) = self.rest.split_first() else { return Err(ends(1, 0)) };
            self.rest = rest;
            number |= u64::from(byte & 0x7F).checked_shl(shift).unwrap_or(0);
            if byte & 0x80 == 0 {
                return Ok((number >> 1) as i64 ^ -((number & 1) as i64));
            }
        }
        Err(Mismatch::new("a number takes more than ten bytes"))
    }
}

fn too_empty() -> Mismatch {
    Mismatch::new(format!("more than {EMPTY_ITEMS} items take no bytes"))
}

fn ends(needed: usize, left: usize) -> Mismatch {
    Mismatch::new(format!("the data ends: {needed} bytes are needed, {left} are left"))
}
