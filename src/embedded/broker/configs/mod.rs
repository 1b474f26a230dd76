//! Settings of the broker and of topics: their types, defaults, and what was changed.

mod change;
mod describe;
mod kind;
mod resource;
mod settings;
mod table;

pub use change::{Change, Operation, Values, checked, well_formed};
pub use describe::{Row, describe};
pub use kind::Kind;
pub use resource::{Resource, Target};
pub use settings::Settings;
pub use table::{BROKER, Definition, LIVE, TOPIC};
