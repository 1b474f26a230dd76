//! What a field is about, as far as its name and its unit tell.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::signal::Signal;
use super::units::of_unit;
use crate::formats::avro::Schema;
use crate::formats::sal::layout::revcode;
use crate::formats::sal::text::TimeScale;

/// What is known of a schema that its fields do not tell.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// Who sends the records, where the schema is one of SAL's layout `ts_xml`: the component, with
    /// its index where several run.
    pub identity: Option<String>,
    /// The revision code of the schema, where it is one of SAL's.
    pub revcode: Option<String>,
}

impl About {
    /// What is known of `schema`.
    pub fn of(schema: &Schema) -> About {
        let fields = schema.json().get("fields").and_then(Json::as_array);
        let has = |name: &str| {
            let named = |field: &Json| field.get("name").and_then(Json::as_str) == Some(name);
            fields.is_some_and(|fields| fields.iter().any(named))
        };
        let component = schema.name().strip_prefix("lsst.sal.").filter(|_| has("private_sndStamp"));
        let component = component.map(|rest| rest.split('.').next().unwrap_or(rest).to_owned());
        let index = if has("salIndex") { ":1" } else { "" };
        let identity = component.map(|component| format!("{component}{index}"));
        let sal = identity.is_some() || has("sal_revcode");
        let revcode = sal.then(|| revcode(&schema.json().to_string()));
        About { identity, revcode }
    }

    /// How a number called `name` moves, whose attributes are `attributes`.
    pub fn signal(&self, name: &str, attributes: &BTreeMap<String, Json>) -> Signal {
        let unit = attributes.get("units").or_else(|| attributes.get("sal_units"));
        let unit = unit.and_then(Json::as_str).unwrap_or_default();
        self.of_name(name, unit).or_else(|| of_unit(unit)).unwrap_or(Signal::walk(0.0, 100.0))
    }

    fn of_name(&self, name: &str, unit: &str) -> Option<Signal> {
        let tai = if self.identity.is_some() { TimeScale::Tai } else { TimeScale::Utc };
        match name {
            "private_sndStamp" | "private_rcvStamp" | "private_kafkaStamp" => {
                Some(Signal::Now(TimeScale::Tai))
            }
            "private_efdStamp" => Some(Signal::Now(TimeScale::Utc)),
            "private_seqNum" | "sal_sequence" | "sequence" => {
                Some(Signal::Count { first: 1.0, step: 1.0 })
            }
            "private_origin" | "sal_origin" | "sal_host" | "salIndex" => {
                Some(Signal::Constant(1.0))
            }
            _ if name.to_lowercase().ends_with("timestamp") && is_seconds(unit) => {
                Some(Signal::Now(tai))
            }
            // So the cameras' own schemas have it.
            _ if name.to_lowercase().ends_with("timestamp") && is_millis(unit) => {
                Some(Signal::NowMillis)
            }
            _ => None,
        }
    }

    /// The text that a field called `name` always has.
    pub fn text(&self, name: &str) -> Option<String> {
        match name {
            "private_revCode" | "sal_revcode" => self.revcode.clone(),
            "private_identity" => self.identity.clone(),
            _ => None,
        }
    }
}

fn is_millis(unit: &str) -> bool {
    matches!(unit.trim().to_lowercase().as_str(), "ms" | "millisecond" | "milliseconds")
}

/// Interfaces of 2019 give stamps no unit.
fn is_seconds(unit: &str) -> bool {
    matches!(unit.trim().to_lowercase().as_str(), "" | "unitless" | "s" | "second" | "seconds")
}
