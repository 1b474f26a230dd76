//! Many schemas at once, as scripts go through them.

use rhai::{Array, Dynamic, Map};

use super::types;
use crate::clients::registry::{Done, Outcome, Registering, Registration};
use crate::error::{Failure, Kind};
use crate::modules::error::RhaiResultOf;

/// What becomes of many schemas, each as soon as it is known.
#[derive(Clone)]
pub struct Registrations(Registering);

impl Registrations {
    pub fn new(registering: Registering) -> Registrations {
        Registrations(registering)
    }
}

impl Iterator for Registrations {
    type Item = RhaiResultOf<Map>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(row)
    }
}

fn row((subject, outcome): Done) -> RhaiResultOf<Map> {
    let (result, key, value) = match outcome.map_err(Failure::from) {
        Ok(Outcome::Registered(id)) => ("registered", "id", i64::from(id).into()),
        Ok(Outcome::Unchanged(id)) => ("unchanged", "id", i64::from(id).into()),
        // These would befall the others, too.
        Err(failure)
            if matches!(failure.kind, Kind::Unreachable | Kind::Denied | Kind::Cancelled) =>
        {
            return Err(failure.into());
        }
        Err(failure) => {
            let incompatible = failure.kind == Kind::Conflict;
            let word = if incompatible { "incompatible" } else { "failed" };
            (word, "error", Dynamic::from_map(failure.into()))
        }
    };
    let mut row = Map::new();
    row.insert("subject".into(), subject.into());
    row.insert("result".into(), result.into());
    row.insert(key.into(), value);
    Ok(row)
}

/// The subjects and schemas of `given`, maps with `subject` and `schema`.
pub fn registrations(given: &Array) -> RhaiResultOf<Vec<Registration>> {
    given.iter().map(registration).collect()
}

fn registration(given: &Dynamic) -> RhaiResultOf<Registration> {
    let map = given.read_lock::<Map>();
    let found = map.as_ref().and_then(|map| {
        Some((map.get("subject")?.clone().into_string().ok()?, map.get("schema")?.clone()))
    });
    let (subject, schema) = found.ok_or_else(|| {
        let what = format!("cannot register {given}: it is no map with `subject` and `schema`");
        Failure::new(Kind::Usage, what)
            .with_remedy("give #{ subject: \"NAME\", schema: SCHEMA } for each")
    })?;
    Ok((subject, types::draft(&schema, None, Vec::new())?))
}
