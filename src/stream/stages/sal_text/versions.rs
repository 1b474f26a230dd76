//! The schemas of one SAL topic that messages are written with.

use std::sync::Arc;

use crate::formats::avro::{Schema, wire};
use crate::formats::sal::SalError;
use crate::formats::sal::text::{Message, Options, Transform};

/// One version of a schema, ready to write with.
pub struct Written {
    /// The id that the wire header carries.
    pub id: u32,
    /// Its number among the versions of the subject, from 1 up.
    version: u32,
    transform: Transform,
}

impl Written {
    /// Compiles `schema`, which the registry knows as `id`, and the subject as `version`.
    pub fn compile(
        (id, version): (u32, u32),
        schema: &Schema,
        options: Options,
    ) -> Result<Written, SalError> {
        Ok(Written { id, version, transform: Transform::compile(schema, options)? })
    }

    fn write(&self, text: &Message<'_>, now: i64, out: &mut Vec<u8>) -> Result<(), SalError> {
        out.clear();
        wire::frame(self.id, out);
        self.transform.write(text, now, out)
    }
}

/// The latest version, and the one before it where that is needed: while a change is under way,
/// producers send both forms.
pub struct Versions {
    latest: Arc<Written>,
    before: Option<Arc<Written>>,
}

impl Versions {
    /// `latest`, which follows what was latest in `before`.
    pub fn new(latest: Written, before: Option<&Versions>) -> Versions {
        let before = before.map(|versions| versions.latest.clone());
        Versions { latest: Arc::new(latest), before }
    }

    /// The same with `before` before the latest.
    pub fn after(&self, before: Written) -> Versions {
        Versions { latest: self.latest.clone(), before: Some(Arc::new(before)) }
    }

    /// The number of the latest, where the one before it is not known and may exist.
    pub fn lonely(&self) -> Option<u32> {
        let alone = self.before.is_none() && self.latest.version > 1;
        alone.then_some(self.latest.version)
    }

    /// The id of the latest version.
    pub fn id(&self) -> u32 {
        self.latest.id
    }

    /// Puts `text` into `out`, in the wire format, with the latest version that it fits; the error
    /// is that of the latest. `now` is the time of writing, in UTC milliseconds since 1970.
    pub fn write(&self, text: &Message<'_>, now: i64, out: &mut Vec<u8>) -> Result<(), SalError> {
        let Err(error) = self.latest.write(text, now, out) else { return Ok(()) };
        match &self.before {
            Some(before) => before.write(text, now, out).map_err(|_| error),
            None => Err(error),
        }
    }
}
