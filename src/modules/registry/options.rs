//! The options of the functions of `registry`.

use std::num::NonZeroU32;
use std::time::Duration;

use rhai::Dynamic;
use serde::Deserialize;

use crate::clients::registry::Reference;
use crate::modules::options::Seconds;

/// The seconds that a call waits for its answer.
fn wait(timeout: Option<Seconds>) -> Option<Duration> {
    timeout.map(Duration::from)
}

macro_rules! waits {
    ($($options:ty),* $(,)?) => {
        $(impl $options {
            /// How long to wait for the answer, if the script says so.
            pub fn wait(&self) -> Option<Duration> {
                wait(self.timeout)
            }
        })*
    };
}

waits!(
    Plain, Subjects, Describe, Versions, Identify, Given, Register, Each, Check, Deletion, Force
);

/// The options of a function that has no others.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Plain {
    timeout: Option<Seconds>,
}

/// The options of `registry::subjects`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Subjects {
    /// Names that match it from their start.
    pub filter: String,
    /// Names that start so.
    pub prefix: Option<String>,
    /// Deleted ones, too.
    pub deleted: bool,
    timeout: Option<Seconds>,
}

/// The options of `registry::describe_subjects`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Describe {
    /// Names that match it from their start.
    pub filter: String,
    /// Names that start so.
    pub prefix: Option<String>,
    /// Deleted ones, too.
    pub deleted: bool,
    /// Their versions.
    pub versions: bool,
    /// Their levels.
    pub levels: bool,
    timeout: Option<Seconds>,
}

/// The options of `registry::versions` and `registry::version`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Versions {
    /// Deleted ones, too.
    pub deleted: bool,
    timeout: Option<Seconds>,
}

/// The options of `registry::describe_schema`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Identify {
    /// The context whose id it is.
    pub context: Option<String>,
    timeout: Option<Seconds>,
}

/// What else a schema is made of.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Given {
    /// Its language.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// The schemas that it uses.
    pub references: Vec<Reference>,
    timeout: Option<Seconds>,
}

/// The options of `registry::register`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Register {
    /// Its language.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// The schemas that it uses.
    pub references: Vec<Reference>,
    /// The registry brings it into its normal form.
    pub normalize: bool,
    /// The id it had elsewhere.
    pub id: Option<u32>,
    /// The version it had elsewhere.
    pub version: Option<u32>,
    timeout: Option<Seconds>,
}

/// The options of `registry::register_each`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Each {
    /// How many at a time.
    pub parallel: NonZeroU32,
    timeout: Option<Seconds>,
}

impl Default for Each {
    fn default() -> Each {
        Each { parallel: const { NonZeroU32::new(8).unwrap() }, timeout: None }
    }
}

/// The options of `registry::check`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Check {
    /// One version; else those that the level looks at.
    pub version: Option<Dynamic>,
    /// The language of the schema.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// The schemas that it uses.
    pub references: Vec<Reference>,
    timeout: Option<Seconds>,
}

/// The options of `registry::delete`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Deletion {
    /// One version; else all.
    pub version: Option<Dynamic>,
    /// For good, after a deletion that only hides.
    pub permanent: bool,
    timeout: Option<Seconds>,
}

/// The options of `registry::set_mode`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Force {
    /// Also where schemas are registered.
    pub force: bool,
    timeout: Option<Seconds>,
}
