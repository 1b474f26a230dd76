//! The stage of a pipeline, from the options of a script.

use std::time::Duration;

use serde::Deserialize;

use super::scale::Scale;
use crate::error::{Failure, Kind};
use crate::formats::sal::layout::Layout;
use crate::formats::sal::text::{Indexed, Options, TimeScale};
use crate::modules::options::Seconds;
use crate::stream::StageSpec;
use crate::stream::stages::{SalTextOptions, sal_text};

/// Who looks for new schemas more often than that only keeps the registry busy.
const SHORTEST_REFRESH: Duration = Duration::from_millis(100);

/// The options of `sal::text_to_avro`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StageOptions {
    layout: Option<String>,
    prefix: Option<String>,
    time: Option<Scale>,
    indexed: Option<bool>,
    refresh: Option<Seconds>,
}

/// The stage that reads messages as `given` says.
pub fn stage(given: StageOptions) -> Result<StageSpec, Failure> {
    let default = SalTextOptions::default();
    let indexed = match given.indexed {
        None => Indexed::ByComponent,
        Some(true) => Indexed::Always,
        Some(false) => Indexed::Never,
    };
    let refresh = given.refresh.map_or(default.refresh, Duration::from);
    if refresh < SHORTEST_REFRESH {
        let shortest = SHORTEST_REFRESH.as_secs_f64();
        return Err(wrong(&format!("`refresh` is {shortest} seconds or more")));
    }
    let prefix = given.prefix.unwrap_or(default.prefix);
    if prefix.is_empty() {
        return Err(wrong("`prefix` is empty"));
    }
    Ok(sal_text(SalTextOptions {
        text: Options { time: given.time.map(TimeScale::from), indexed },
        layout: given.layout.as_deref().map_or(Ok(default.layout), Layout::from_name)?,
        prefix,
        refresh,
    }))
}

fn wrong(why: &str) -> Failure {
    Failure::new(Kind::Usage, format!("cannot read the options of sal::text_to_avro: {why}"))
}
