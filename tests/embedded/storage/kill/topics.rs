//! Topics that come and go, and their settings.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use rdkafka::admin::{
    AdminClient, AdminOptions, AlterConfig, NewTopic, ResourceSpecifier, TopicReplication,
};
use rdkafka::client::DefaultClientContext;
use rdkafka::consumer::{BaseConsumer, Consumer};

use super::client::config;
use super::witness::Witness;
use crate::embedded::broker::fixture::{SOON, wait};

/// Creates topics, changes a setting of each, and deletes every other one.
pub struct Topics {
    broker: String,
    admin: AdminClient<DefaultClientContext>,
    known: Mutex<BTreeMap<u64, Known>>,
    next: Mutex<u64>,
}

/// What was acknowledged of a topic. Nothing is known while it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    Created,
    Changed,
    Deleted,
}

fn name(number: u64) -> String {
    format!("made-{number:05}")
}

impl Topics {
    pub fn new(broker: String) -> Topics {
        let admin = config(&broker).create().unwrap();
        Topics { broker, admin, known: Mutex::default(), next: Mutex::default() }
    }

    /// Does `change` to topic `number`; where it is acknowledged, `known` is known.
    fn step(&self, number: u64, known: Known, change: impl FnOnce() -> bool) -> bool {
        self.known.lock().unwrap().remove(&number);
        let done = change();
        if done {
            self.known.lock().unwrap().insert(number, known);
        }
        done
    }

    fn settings(&self, numbers: &[u64]) -> BTreeMap<String, Option<String>> {
        let names: Vec<_> = numbers.iter().map(|number| name(*number)).collect();
        let asked: Vec<_> = names.iter().map(|name| ResourceSpecifier::Topic(name)).collect();
        let found = wait(self.admin.describe_configs(&asked, &AdminOptions::new())).unwrap();
        let setting = |result: rdkafka::admin::ConfigResourceResult| {
            let entries = result.unwrap().entries;
            entries.into_iter().find(|entry| entry.name == "retention.bytes").unwrap().value
        };
        names.iter().cloned().zip(found.into_iter().map(setting)).collect()
    }
}

impl Witness for Topics {
    fn ask(&self) {
        let number = {
            let mut next = self.next.lock().unwrap();
            *next += 1;
            *next
        };
        let (name, bytes) = (name(number), format!("{}", 1_000_000_000 + number));
        let options = AdminOptions::new().request_timeout(Some(Duration::from_secs(2)));
        let created = self.step(number, Known::Created, || {
            let topic = NewTopic::new(&name, 1, TopicReplication::Fixed(1));
            wait(self.admin.create_topics([&topic], &options)).is_ok_and(|done| done[0].is_ok())
        });
        let changed = created
            && self.step(number, Known::Changed, || {
                let topic = ResourceSpecifier::Topic(&name);
                let change = AlterConfig::new(topic).set("retention.bytes", &bytes);
                wait(self.admin.alter_configs([&change], &options)).is_ok_and(|d| d[0].is_ok())
            });
        if changed && number % 2 == 0 {
            self.step(number, Known::Deleted, || {
                wait(self.admin.delete_topics(&[&name], &options)).is_ok_and(|d| d[0].is_ok())
            });
        }
        std::thread::sleep(Duration::from_millis(if changed { 5 } else { 50 }));
    }

    fn check(&self) {
        // The last one may change while this looks.
        let mut known = self.known.lock().unwrap().clone();
        known.pop_last();
        let consumer: BaseConsumer = config(&self.broker).create().unwrap();
        let metadata = consumer.fetch_metadata(None, SOON).unwrap();
        let there = |number| metadata.topics().iter().any(|topic| topic.name() == name(number));
        for (number, known) in &known {
            assert_eq!(there(*number), *known != Known::Deleted, "{number}: {known:?}");
        }
        let changed: Vec<_> =
            known.iter().filter(|(_, known)| **known == Known::Changed).map(|(n, _)| *n).collect();
        if !changed.is_empty() {
            for (number, value) in changed.iter().zip(self.settings(&changed).values()) {
                assert_eq!(value, &Some(format!("{}", 1_000_000_000 + number)), "{number}");
            }
        }
    }

    fn acknowledged(&self) -> (usize, &'static str) {
        (self.known.lock().unwrap().len(), "topics")
    }
}
