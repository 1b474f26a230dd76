//! Layouts: how the interfaces of a topic become an Avro schema, and how topic and subject are
//! named.

mod avsc;
mod kafkaefd;
mod mend;
mod names;
mod revcode;
mod schemas;
mod ts_xml;

pub use names::{Layout, PREFIX, mock_topic};
pub use revcode::revcode;
pub use schemas::{Options, TopicSchema, of_component, schema, schemas};
