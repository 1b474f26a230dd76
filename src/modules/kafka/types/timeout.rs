//! How long functions wait for an answer.

use std::time::Duration;

use serde::Deserialize;

use crate::modules::options::Seconds;

/// How long an answer is awaited where a script does not say.
pub const TIMEOUT: Duration = Duration::from_secs(10);

/// Options of functions that only wait.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct TimeoutOptions {
    timeout: Option<Seconds>,
}

/// Gives option structs with a field `timeout` a function that applies the default.
macro_rules! timeout_of {
    ($($options:ty),* $(,)?) => {
        $(impl $options {
            /// How long the answer is awaited.
            pub fn timeout(&self) -> std::time::Duration {
                self.timeout.map_or($crate::modules::kafka::types::TIMEOUT, Into::into)
            }
        })*
    };
}

pub(super) use timeout_of;

timeout_of!(TimeoutOptions);
