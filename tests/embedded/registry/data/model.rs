//! What a subject must look like after what was done to it.

use serde_json::{Value, json};

use super::super::api::Api;

/// One version: its number, its id, and whether it is hidden.
pub type Version = (u64, u64, bool);

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Model {
    pub versions: Vec<Version>,
    pub level: Option<String>,
    pub mode: Option<String>,
}

/// What is done to a subject.
#[derive(Debug, Clone)]
pub enum Step {
    Register(String),
    Hide(u64),
    Remove(u64),
    Level(Option<&'static str>),
    Mode(Option<&'static str>),
}

impl Step {
    /// The call that does it, with its body.
    pub fn call(&self, subject: &str) -> (String, Option<String>) {
        let versions = format!("/subjects/{subject}/versions");
        let (call, body) = match self {
            Step::Register(schema) => {
                (format!("POST {versions}"), Some(json!({ "schema": schema })))
            }
            Step::Hide(number) => (format!("DELETE {versions}/{number}"), None),
            Step::Remove(number) => (format!("DELETE {versions}/{number}?permanent=true"), None),
            Step::Level(None) => (format!("DELETE /config/{subject}"), None),
            Step::Level(Some(word)) => {
                (format!("PUT /config/{subject}"), Some(json!({ "compatibility": word })))
            }
            Step::Mode(None) => (format!("DELETE /mode/{subject}"), None),
            Step::Mode(Some(word)) => {
                (format!("PUT /mode/{subject}"), Some(json!({ "mode": word })))
            }
        };
        (call, body.map(|body| body.to_string()))
    }
}

impl Model {
    /// The subject as `api` shows it.
    pub fn of(api: &Api, subject: &str) -> Model {
        let numbers = |deleted: &str| -> Vec<u64> {
            let (_, list) = api.call(&format!("GET /subjects/{subject}/versions{deleted}"), None);
            let numbers = list.as_array().into_iter().flatten();
            numbers.filter_map(Value::as_u64).collect()
        };
        let listed = numbers("");
        let version = |number: u64| {
            let call = format!("GET /subjects/{subject}/versions/{number}?deleted=true");
            let id = api.call(&call, None).1["id"].as_u64().unwrap();
            (number, id, !listed.contains(&number))
        };
        let word =
            |call: String, field: &str| api.call(&call, None).1[field].as_str().map(str::to_owned);
        Model {
            versions: numbers("?deleted=true").into_iter().map(version).collect(),
            level: word(format!("GET /config/{subject}"), "compatibilityLevel"),
            mode: word(format!("GET /mode/{subject}"), "mode"),
        }
    }

    /// The same after `step`, which gave a registered schema the id `id`.
    pub fn after(&self, step: &Step, id: u64) -> Model {
        let mut model = self.clone();
        match step {
            Step::Register(_) => {
                let next = model.versions.last().map_or(1, |version| version.0 + 1);
                model.versions.push((next, id, false));
            }
            Step::Hide(number) => {
                let hidden = |version: &mut Version| version.2 |= version.0 == *number;
                model.versions.iter_mut().for_each(hidden);
                if model.versions.iter().all(|version| version.2) {
                    (model.level, model.mode) = (None, None);
                }
            }
            Step::Remove(number) => model.versions.retain(|version| version.0 != *number),
            Step::Level(word) => model.level = word.map(str::to_owned),
            Step::Mode(word) => model.mode = word.map(str::to_owned),
        }
        model
    }

    /// A step that `model` allows, chosen by `chance`; new schemas have `name`.
    pub fn step(&self, chance: u64, name: &str) -> Step {
        let listed = self.versions.iter().find(|version| !version.2);
        let hidden = self.versions.iter().rfind(|version| version.2);
        match (chance % 8, listed, hidden) {
            (0 | 1, Some(version), _) => Step::Hide(version.0),
            (2, _, Some(version)) => Step::Remove(version.0),
            (3, ..) => Step::Level(Some(["FULL", "FORWARD"][(chance / 8 % 2) as usize])),
            (4, ..) => Step::Mode(Some("READWRITE")),
            (5, ..) if self.mode.is_some() => Step::Mode(None),
            (6, ..) if self.level.is_some() => Step::Level(None),
            _ => Step::Register(
                json!({ "type": "enum", "name": "X", "symbols": ["A"], "doc": name }).to_string(),
            ),
        }
    }
}
