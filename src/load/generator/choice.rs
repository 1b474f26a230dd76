//! Values for a field that somebody chose.

use apache_avro::schema::Schema as Node;
use apache_avro::types::Value;

use super::{Moment, Signal};
use crate::error::Failure;

/// Makes a value for a record.
pub type Make = Box<dyn FnMut(&Moment) -> Result<Value, Failure> + Send>;

/// Where the values of a field come from, instead of the schema.
pub enum Source {
    /// A number that moves so, or an array of such.
    Signal(Signal),
    /// One of these plain values each time.
    Choice(Vec<Value>),
    /// Whatever this makes.
    Made(Make),
}

/// What makes the values of one field.
pub struct Maker {
    /// The path of the field.
    pub field: String,
    pub make: Make,
    pub node: Node,
}
