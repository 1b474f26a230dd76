//! The stage of a pipeline, from the options of a script.

use serde::Deserialize;

use super::scale::Scale;
use crate::formats::sal::text::{Indexed, Options, TimeScale};
use crate::stream::{StageSpec, stages};

/// The options of `sal::text_to_avro`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StageOptions {
    time: Option<Scale>,
    indexed: Option<bool>,
}

/// The stage that reads messages as `given` says.
pub fn stage(given: StageOptions) -> StageSpec {
    let indexed = match given.indexed {
        None => Indexed::ByComponent,
        Some(true) => Indexed::Always,
        Some(false) => Indexed::Never,
    };
    stages::sal_text(Options { time: given.time.map(TimeScale::from), indexed })
}
