//! Offsets of the double's connectors.

use serde_json::{Value, json};

use super::problem::Problem;
use super::store::Connector;

impl Connector {
    pub fn offsets_json(&self) -> Value {
        let entry = |(partition, offset): &(Value, Value)| json!({ "partition": partition, "offset": offset });
        json!({ "offsets": self.offsets.iter().map(entry).collect::<Vec<_>>() })
    }

    /// Sets those in `body`; a null offset takes the entry away.
    pub fn alter(&mut self, name: &str, body: &Value) -> Result<Value, Problem> {
        self.require_stopped(name)?;
        let Some(entries) = body["offsets"].as_array().filter(|list| !list.is_empty()) else {
            return Err(Problem::new(
                400,
                "Partitions / offsets need to be provided for an alter \
                offsets request",
            ));
        };
        for entry in entries {
            let (partition, offset) = (entry["partition"].clone(), entry["offset"].clone());
            self.offsets.retain(|(known, _)| *known != partition);
            if !offset.is_null() {
                self.offsets.push((partition, offset));
            }
        }
        Ok(json!({ "message": "The offsets for this connector have been altered successfully" }))
    }

    pub fn reset(&mut self, name: &str) -> Result<Value, Problem> {
        self.require_stopped(name)?;
        self.offsets.clear();
        Ok(json!({ "message": "The offsets for this connector have been reset successfully" }))
    }

    fn require_stopped(&self, name: &str) -> Result<(), Problem> {
        if self.target == "STOPPED" {
            return Ok(());
        }
        let what = format!(
            "Connectors must be in the STOPPED state before their offsets can be modified. This can \
             be done for the specified connector by issuing a 'PUT' request to the \
             '/connectors/{name}/stop' endpoint"
        );
        Err(Problem::new(400, what))
    }
}
