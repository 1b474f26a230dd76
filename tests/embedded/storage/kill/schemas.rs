//! Schemas and the levels of their subjects.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use serde_json::{Value, json};

use super::witness::Witness;
use crate::support::http;

/// Registers a schema under each new subject, and gives every other subject a level.
pub struct Schemas {
    registry: String,
    known: Mutex<BTreeMap<u64, Known>>,
    next: Mutex<u64>,
}

/// What was acknowledged of a subject.
#[derive(Debug, Clone, Copy)]
struct Known {
    id: u64,
    level: bool,
}

fn schema(number: u64) -> String {
    let field = json!({ "name": format!("field_{number}"), "type": "double" });
    json!({ "type": "record", "name": "Made", "fields": [field] }).to_string()
}

impl Schemas {
    pub fn new(registry: String) -> Schemas {
        Schemas { registry, known: Mutex::default(), next: Mutex::default() }
    }

    /// The answer, if there is one.
    fn call(&self, method: &str, path: &str, body: &Value) -> Option<Value> {
        let (head, body) = http::call(&self.registry, method, path, &body.to_string()).ok()?;
        let ok = head.split(' ').nth(1) == Some("200");
        // The stack may have been killed while it answered.
        ok.then(|| serde_json::from_str(&body).ok()).flatten()
    }

    fn get(&self, path: &str) -> Value {
        let (_, body) = http::get(&self.registry, path);
        serde_json::from_str(&body).unwrap()
    }
}

impl Witness for Schemas {
    fn ask(&self) {
        let number = {
            let mut next = self.next.lock().unwrap();
            *next += 1;
            *next
        };
        let body = json!({ "schema": schema(number) });
        let path = format!("/subjects/made-{number}/versions");
        if let Some(answer) = self.call("POST", &path, &body) {
            let id = answer["id"].as_u64().unwrap();
            let body = json!({ "compatibility": "FULL" });
            let level = number % 2 == 0
                && self.call("PUT", &format!("/config/made-{number}"), &body).is_some();
            self.known.lock().unwrap().insert(number, Known { id, level });
        }
        std::thread::sleep(Duration::from_millis(20));
    }

    fn check(&self) {
        for (number, Known { id, level }) in self.known.lock().unwrap().iter() {
            let found = self.get(&format!("/subjects/made-{number}/versions/1"));
            assert_eq!(found["id"], *id, "{found}");
            assert_eq!(found["schema"], schema(*number));
            if *level {
                let found = self.get(&format!("/config/made-{number}"));
                assert_eq!(found["compatibilityLevel"], "FULL");
            }
        }
    }

    fn acknowledged(&self) -> (usize, &'static str) {
        (self.known.lock().unwrap().len(), "schemas")
    }
}
