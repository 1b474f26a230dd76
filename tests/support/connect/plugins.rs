//! The plugins of the double, with the options that they ask for.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::problem::Problem;

pub struct Plugin {
    pub class: &'static str,
    pub kind: &'static str,
    version: &'static str,
    /// Options that must be given, and whether they are passwords.
    options: &'static [(&'static str, bool)],
}

const INFLUX: &[(&str, bool)] =
    &[("connect.influx.url", true), ("connect.influx.db", true), ("connect.influx.kcql", true)];

pub const PLUGINS: [Plugin; 5] = [
    Plugin {
        class: "org.apache.kafka.connect.file.FileStreamSinkConnector",
        kind: "sink",
        version: "4.1.1",
        options: &[("file", false)],
    },
    Plugin {
        class: "com.datamountaineer.streamreactor.connect.influx.InfluxSinkConnector",
        kind: "sink",
        version: "1.2.1",
        options: INFLUX,
    },
    Plugin {
        class: "io.lenses.streamreactor.connect.influx.InfluxSinkConnector",
        kind: "sink",
        version: "6.0.0",
        options: INFLUX,
    },
    Plugin {
        class: "org.apache.kafka.connect.file.FileStreamSourceConnector",
        kind: "source",
        version: "4.1.1",
        options: &[("file", false), ("topic", true), ("batch.size", false)],
    },
    Plugin {
        class: "org.apache.kafka.connect.json.JsonConverter",
        kind: "converter",
        version: "4.1.1",
        options: &[],
    },
];

/// The plugin that Connect finds for `name`: a class, or the last part of one.
pub fn find(name: &str) -> Result<&'static Plugin, Problem> {
    let fits = |plugin: &&Plugin| {
        let last = plugin.class.rsplit('.').next().unwrap();
        name == plugin.class || name == last || format!("{name}Connector") == last
    };
    PLUGINS.iter().find(fits).ok_or_else(|| {
        let what = format!(
            "Failed to find any class that implements Connector and which name matches {name}, \
             available connectors are: …"
        );
        Problem::new(500, what)
    })
}

impl Plugin {
    pub fn json(&self) -> Value {
        json!({ "class": self.class, "type": self.kind, "version": self.version })
    }

    /// The definitions of the options.
    pub fn definitions(&self) -> Vec<Value> {
        let definition = |(name, required): &(&str, bool)| {
            json!({ "name": name, "type": "STRING", "required": required, "default_value": null,
                "importance": "HIGH", "documentation": format!("The {name}."), "group": null,
                "width": "NONE", "display_name": name, "dependents": [], "order": -1 })
        };
        self.options.iter().map(definition).collect()
    }

    /// What is wrong with `config`, an option a line.
    pub fn faults(&self, config: &BTreeMap<String, String>) -> Vec<(String, String)> {
        let mut faults = Vec::new();
        for (name, required) in self.options {
            if *required && !config.contains_key(*name) {
                faults.push((
                    (*name).to_owned(),
                    format!(
                        "Missing required configuration \"{name}\" which has no default value."
                    ),
                ));
            }
        }
        if let Some(max) = config.get("tasks.max")
            && max.parse::<u32>().is_err()
        {
            let why = format!(
                "Invalid value {max} for configuration tasks.max: Not a number of type INT"
            );
            faults.push(("tasks.max".to_owned(), why));
        }
        faults
    }
}
