//! Whether a schema may follow earlier ones.
//!
//! - `level`: the compatibility levels of schema registries.
//! - `resolve`: which data a schema can read (Avro specification, "Schema Resolution"); `fields`:
//!   the same for records; `names`: types with names; `walk`: the place in both schemas.
//! - `objection`: one reason against a schema.

mod check;
mod fields;
mod level;
mod names;
mod objection;
mod resolve;
mod walk;

pub use check::objections;
pub use level::Level;
pub use objection::{Kind, Objection};
