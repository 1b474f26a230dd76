//! What a pipeline has in memory with a long backlog, and with an output that is slow.

use std::time::Duration;

use crate::contender::{Client, Task, finish, peak, prepare};
use crate::messages::{Sample, small};
use crate::proxy::{Fault, Proxy};
use crate::records;
use crate::servers::{Broker, Stack};

/// Bytes a second of the slow output, and for how long it is watched.
const SLOW: usize = 64_000;
const WATCHED: Duration = Duration::from_secs(60);

/// On each broker.
pub fn watch() {
    let stack = Stack::start();
    let (sample, count) = (small(), records(10_000_000));
    println!("{count} records of {} B, the most in memory (goal 256 MiB)", sample.text.len());
    for broker in stack.brokers() {
        let name = format!("bench-{}-memory", std::process::id());
        let dead_letters = format!("{name}.dead");
        broker.create(&name);
        broker.create(&dead_letters);
        broker.feed(&name, &sample.text, count);
        let places = Places {
            stack: &stack,
            broker: &broker,
            input: &name,
            count,
            dead_letters: &dead_letters,
        };
        let fast = places.run(&sample, "fast", &broker.address, Duration::MAX);
        let proxy = Proxy::before_broker(&broker.address);
        proxy.fail(Fault::ThrottleUp(SLOW));
        let slow = places.run(&sample, "slow", &proxy.address(), WATCHED);
        println!(
            "{:9} {fast:5.1} MiB at full speed to the end, {slow:5.1} MiB in {} s at {} kB/s",
            broker.name,
            WATCHED.as_secs(),
            SLOW / 1000
        );
        broker.clean(&[&name, &dead_letters], &[]);
    }
}

struct Places<'a> {
    stack: &'a Stack,
    broker: &'a Broker,
    input: &'a str,
    count: u32,
    dead_letters: &'a str,
}

impl Places<'_> {
    /// The most that a pipeline had in memory, to its end or for `time`.
    fn run(&self, sample: &Sample, name: &str, address: &str, time: Duration) -> f64 {
        let prefix = format!("{}-{name}", self.input);
        let output = prepare(&self.stack.registry, &prefix, sample);
        self.broker.create(&output);
        let mut client = Client::Transformer.start(&Task {
            broker: address,
            registry: &self.stack.registry,
            inputs: &[self.input],
            prefix: &prefix,
            output: &output,
            dead_letters: self.dead_letters,
        });
        let peak = peak(&mut client, time);
        if client.try_wait().unwrap().is_some() {
            finish(client, self.count);
        } else {
            client.kill().unwrap();
            client.wait().unwrap();
        }
        self.broker.clean(&[&output], &[]);
        peak
    }
}
