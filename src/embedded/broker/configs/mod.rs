//! Settings of the broker and of topics: their types, defaults, and what was changed.

mod kind;
mod settings;
mod table;
mod topic;

pub use kind::Kind;
pub use settings::Settings;
pub use table::{BROKER, Definition, TOPIC};
pub use topic::topic_overrides;
