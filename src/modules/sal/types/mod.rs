//! Handles, options and conversions.

mod demo;
mod github;
mod interfaces;
mod mock;
mod one_or_many;
mod save;
mod scale;
mod schema;
mod stage;
mod subsystem;
mod text;
mod topic;

pub use github::from_github;
pub use interfaces::{Interfaces, ReadOptions, TopicsOptions, topic, topics};
pub use mock::{MockOptions, mock};
pub use save::save;
pub use stage::{StageOptions, stage};
pub use subsystem::Subsystem;
pub use text::{AvroOptions, TextOptions, now, plain, text, to_avro};
pub use topic::{Topic, description, items, one_line, schema_in, text_topic};
