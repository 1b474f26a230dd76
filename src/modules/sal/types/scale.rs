//! The option `time`.

use serde::Deserialize;

use crate::formats::sal::text::TimeScale;

/// The scale of a message's timestamps, as scripts name it.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scale {
    Utc,
    Tai,
}

impl From<Scale> for TimeScale {
    fn from(scale: Scale) -> TimeScale {
        match scale {
            Scale::Utc => TimeScale::Utc,
            Scale::Tai => TimeScale::Tai,
        }
    }
}
