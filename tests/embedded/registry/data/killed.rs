//! A registry that is killed while it is busy.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::mpsc::{Sender, channel};
use std::thread;

use tempfile::TempDir;

use super::super::api::{Api, Body};
use super::model::{Model, Step};
use crate::support::Running;

const ROUNDS: u64 = 12;
const UP: [&str; 7] = ["up", "--port", "0", "--registry-port", "0", "--data", "data"];

fn chance() -> u64 {
    RandomState::new().hash_one(())
}

/// One client with a subject of its own: what it was told, and what it was not told any more.
struct Writer {
    subject: String,
    model: Model,
    asked: Option<Step>,
    /// The schema of each id ever given.
    given: BTreeMap<u64, String>,
    count: u64,
}

impl Writer {
    fn new(number: u64) -> Writer {
        let (subject, model, given) = (format!("s{number}"), Model::default(), BTreeMap::new());
        Writer { subject, model, asked: None, given, count: 0 }
    }

    /// Changes the subject until the registry is gone; tells of each answer.
    fn write(mut self, url: &str, answered: &Sender<()>) -> Writer {
        let api = Api::at(url);
        loop {
            self.count += 1;
            let step = self.model.step(chance(), &format!("{} {}", self.subject, self.count));
            let (call, body) = step.call(&self.subject);
            self.asked = Some(step.clone());
            let body = body.as_deref().map(|text| Body { text, ..Body::default() });
            let Ok((status, _, answer)) = api.try_send(&call, body) else { return self };
            assert_eq!(status, 200, "{call}: {answer}");
            let id = answer["id"].as_u64().unwrap_or_default();
            self.settle(&step, id);
            let _ = answered.send(());
        }
    }

    fn settle(&mut self, step: &Step, id: u64) {
        if let Step::Register(schema) = step {
            let before = self.given.insert(id, schema.clone());
            assert_eq!(before.as_ref().unwrap_or(schema), schema, "{id} is given twice");
        }
        self.model = self.model.after(step, id);
        self.asked = None;
    }

    /// The registry has all that was answered, and what was asked last as a whole or not at all.
    fn check(&mut self, api: &Api) {
        let found = Model::of(api, &self.subject);
        if let Some(step) = self.asked.take()
            && found != self.model
        {
            let id = found.versions.last().map_or(0, |version| version.1);
            assert_eq!(found, self.model.after(&step, id), "{:?} and {step:?}", self.model);
            self.settle(&step, id);
        }
        assert_eq!(found, self.model);
        for (_, id, _) in &found.versions {
            let (_, shown) = api.call(&format!("GET /schemas/ids/{id}"), None);
            assert_eq!(shown["schema"].as_str(), Some(self.given[id].as_str()), "{id}");
        }
    }
}

/// Starts a stack on the folder `data`, with the URL of its registry.
fn up(home: &TempDir) -> (Running, String) {
    let mut running = Running::start(home.path(), &UP);
    let greeting = running.lines(8);
    let url = greeting.iter().find_map(|line| line.trim().strip_prefix("registry"));
    (running, url.unwrap().trim().to_owned())
}

fn check(writers: &mut [Writer], api: &Api) {
    for writer in writers {
        writer.check(api);
    }
}

#[test]
fn nothing_that_was_answered_is_lost() {
    let home = TempDir::new().unwrap();
    let mut writers = vec![Writer::new(1), Writer::new(2)];
    for round in 0..ROUNDS {
        let (running, url) = up(&home);
        let api = Api::at(&url);
        check(&mut writers, &api);
        let (told, answered) = channel();
        let threads: Vec<_> = writers
            .drain(..)
            .map(|writer| {
                let (url, told) = (url.clone(), told.clone());
                thread::spawn(move || writer.write(&url, &told))
            })
            .collect();
        for _ in 0..chance() % 60 + 2 {
            answered.recv().unwrap();
        }
        // The last time as Ctrl-C does.
        running.stop(if round + 1 == ROUNDS { "INT" } else { "KILL" });
        writers.extend(threads.into_iter().map(|thread| thread.join().unwrap()));
    }
    let (_running, url) = up(&home);
    let api = Api::at(&url);
    check(&mut writers, &api);
    let mut given: Vec<_> = writers.iter().flat_map(|writer| writer.given.keys()).collect();
    given.sort_unstable();
    assert!(given.windows(2).all(|two| two[0] != two[1]), "two schemas have one id: {given:?}");
    assert!(given.len() > 20, "{given:?}");
}
