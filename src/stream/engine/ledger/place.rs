//! Where an input was read.

use std::fmt::{Display, Formatter, Result};
use std::sync::Arc;

/// The topic, partition and offset of an input.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    pub topic: Arc<str>,
    pub partition: i32,
    pub offset: i64,
}

impl Display for Place {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{}[{}]@{}", self.topic, self.partition, self.offset)
    }
}
