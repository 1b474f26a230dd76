//! SAL text messages: `<Subsystem>_<kind> <topic>:( 'REVCODE' , 1.5 , … )`, read into Avro and
//! written from values.

mod cursor;
mod fault;
mod header;
mod indexed;
mod item;
mod message;
mod number;
mod options;
mod put;
mod quoted;
mod sent;
mod stamp;
mod to_avro;
mod to_text;

pub use message::{Message, split};
pub use options::{Indexed, Options, TimeScale};
pub use sent::Stamp;
pub use stamp::TAI_MINUS_UTC;
pub use to_avro::Transform;
pub use to_text::Writer;

pub(super) use quoted::holds;
