//! SAL text messages: `<Subsystem>_<kind> <topic>:( 'REVCODE' , 1.5 , … )`, written as Avro.

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
mod transform;
mod writer;

pub use message::{Message, split};
pub use options::{Indexed, Options, TimeScale};
pub use sent::Stamp;
pub use stamp::TAI_MINUS_UTC;
pub use transform::Transform;
pub use writer::Writer;

pub(super) use quoted::holds;
