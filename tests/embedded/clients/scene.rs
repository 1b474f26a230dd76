//! Who plays in a scenario, and where.

use std::time::{Duration, Instant};

use super::adapters;
use super::client::{Answer, Client, Deed, New, Reading};
use super::record::Record;
use crate::support::{Bed, Stack};

/// A broker, the client that a scenario is about, and the others.
pub struct Scene<'a> {
    stack: &'a Stack,
    clients: Vec<Box<dyn Client + 'a>>,
}

impl<'a> Scene<'a> {
    /// The client named `name` on `stack`, with witnesses. The programs are those of the bed.
    pub fn new(stack: &'a Stack, bed: &'a Bed, name: &str) -> Scene<'a> {
        let mut clients = adapters::all(stack, bed);
        let first = clients.iter().position(|client| client.name() == name).unwrap();
        clients.rotate_left(first);
        Scene { stack, clients }
    }

    /// The client that the scenario is about.
    pub fn client(&self) -> &dyn Client {
        &*self.clients[0]
    }

    /// Another client, which can do all of `deeds`.
    pub fn other(&self, deeds: &[Deed]) -> &dyn Client {
        let mut others = self.clients.iter().skip(1).map(|client| &**client);
        others.find(|client| deeds.iter().all(|deed| can(*client, *deed))).unwrap()
    }

    pub fn broker(&self) -> &str {
        self.stack.broker()
    }

    /// A name of this scene's own.
    pub fn name(&self, base: &str) -> String {
        self.stack.name(base)
    }

    /// A new topic, which another client makes.
    pub fn topic(&self, base: &str, partitions: usize) -> String {
        let name = self.name(base);
        self.other(&[Deed::Create]).create(&name, &New::of(partitions)).unwrap();
        name
    }

    /// A new topic with `records` in its only partition, which another client writes.
    pub fn filled(&self, base: &str, records: &[Record]) -> String {
        let name = self.topic(base, 1);
        let deeds = [Deed::Produce, Deed::Headers, Deed::Nulls, Deed::Timestamps];
        self.other(&deeds).produce(&name, records, &super::client::Writing::default()).unwrap();
        name
    }

    /// What another client reads in `topic`, from the first record to the last.
    pub fn witnessed(&self, topic: &str, count: usize) -> Vec<Record> {
        let reading = Reading { count, ..Reading::default() };
        self.other(&[Deed::Consume]).consume(topic, &reading).unwrap()
    }
}

/// Whether `client` can do `deed`.
pub fn can(client: &dyn Client, deed: Deed) -> bool {
    client.cannot().iter().all(|(cannot, _)| *cannot != deed)
}

/// The Kafka error code of a refusal.
pub fn code<T: std::fmt::Debug>(answer: Answer<T>) -> i16 {
    answer.expect_err("a refusal").code
}

/// Waits until `condition` holds; `what` tells which does not in time.
pub fn until<T: std::fmt::Debug>(mut look: impl FnMut() -> T, what: impl Fn(&T) -> bool) -> T {
    let end = Instant::now() + Duration::from_secs(120);
    loop {
        let seen = look();
        if what(&seen) {
            return seen;
        }
        assert!(Instant::now() < end, "still {seen:?}");
        std::thread::sleep(Duration::from_millis(50));
    }
}
