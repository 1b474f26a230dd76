//! How SAL text becomes Avro.

use std::time::Duration;

use crate::formats::sal::layout::{Layout, PREFIX};
use crate::formats::sal::text::Options;

/// What the stage may be told.
#[derive(Debug, Clone, PartialEq)]
pub struct SalTextOptions {
    /// How the text is understood.
    pub text: Options,
    /// The layout of the schemas, which decides on the names of topics and subjects.
    pub layout: Layout,
    /// What the names of output topics start with.
    pub prefix: String,
    /// How often to look for a new version of a schema in use.
    pub refresh: Duration,
}

impl Default for SalTextOptions {
    fn default() -> SalTextOptions {
        SalTextOptions {
            text: Options::default(),
            layout: Layout::Kafkaefd,
            prefix: PREFIX.to_owned(),
            refresh: Duration::from_secs(30),
        }
    }
}
