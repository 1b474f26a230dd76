//! The directions that a level asks for.

use super::super::schema::Schema;
use super::level::Level;
use super::objection::{Direction, Objection};
use super::walk::Walk;

/// Why `new` may not follow `old` at `level`; empty if it may.
///
/// Verdicts and reasons are those of Avro's own check in Java, which Confluent's and Apicurio's
/// registries call. The codec's check is not used: it knows no aliases of types, calls missing
/// symbols a partial success, and refuses decimals whose digits differ, which Java's takes.
pub fn objections(level: Level, new: &Schema, old: &Schema) -> Vec<Objection> {
    let mut all = Vec::new();
    if level.is_backward() {
        all.extend(Walk::between(new, old, Direction::Backward));
    }
    if level.is_forward() {
        all.extend(Walk::between(old, new, Direction::Forward));
    }
    all
}
