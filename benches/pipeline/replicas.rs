//! How much sooner two replicas are done than one.
//!
//! The closure takes so long that a replica keeps a core busy, and the broker next to none: with two
//! cores, the second replica is not in the way of the first. The times mean something only where
//! nothing else runs meanwhile; the processor time does on a busy machine, too.

use std::time::Instant;

use crate::contender::{Client, Task, Took, cpu_of_children, finish, prepare};
use crate::messages::small;
use crate::servers::{Broker, Stack};
use crate::{load, median, records, rounds};

/// Steps that the closure counts for a record.
const STEPS: u32 = 1000;

/// On each broker.
pub fn compare() {
    let stack = Stack::start();
    println!("{} records, a closure that counts to {STEPS}, median of {}", 2 * each(), rounds());
    for broker in stack.brokers() {
        let (mut one, mut two) = (Vec::new(), Vec::new());
        let scene = Scene::new(&stack, &broker);
        for round in 0..rounds() {
            one.push(scene.run(&format!("{round}-one"), &[&[0, 1]]));
            two.push(scene.run(&format!("{round}-two"), &[&[0], &[1]]));
        }
        let time = |took: &[Took]| median(took.iter().map(|took| took.time).collect());
        let cpu = |took: &[Took]| median(took.iter().map(|took| took.cpu).collect());
        println!(
            "{:9} one replica {:.2} s, two {:.2} s: {:.2} of it (goal 0.55), load {}",
            broker.name,
            time(&one),
            time(&two),
            time(&two) / time(&one),
            load()
        );
        println!(
            "{:9} processor time {:.2} s, of two together {:.2} s: {:.2} of it",
            "",
            cpu(&one),
            cpu(&two),
            cpu(&two) / cpu(&one)
        );
        let [left, right] = &scene.inputs;
        broker.clean(&[left, right, &scene.dead_letters], &[]);
    }
}

/// Records of each of the two topics.
fn each() -> u32 {
    records(100_000) / 2
}

struct Scene<'a> {
    stack: &'a Stack,
    broker: &'a Broker,
    inputs: [String; 2],
    dead_letters: String,
}

impl<'a> Scene<'a> {
    fn new(stack: &'a Stack, broker: &'a Broker) -> Scene<'a> {
        let name = format!("bench-{}", std::process::id());
        let inputs = [format!("{name}-left"), format!("{name}-right")];
        let dead_letters = format!("{name}.dead");
        broker.create(&dead_letters);
        for input in &inputs {
            broker.create(input);
            broker.feed(input, &small().text, each());
        }
        Scene { stack, broker, inputs, dead_letters }
    }

    /// What replicas take, started together, each of which reads the inputs of one of `shares`.
    fn run(&self, name: &str, shares: &[&[usize]]) -> Took {
        let prefix = format!("bench-{}-{name}", std::process::id());
        let output = prepare(&self.stack.registry, &prefix, &small());
        self.broker.create(&output);
        let (before, start) = (cpu_of_children(), Instant::now());
        let replicas: Vec<_> = shares
            .iter()
            .map(|share| {
                let inputs: Vec<_> = share.iter().map(|at| self.inputs[*at].as_str()).collect();
                let task = Task {
                    broker: &self.broker.address,
                    registry: &self.stack.registry,
                    inputs: &inputs,
                    prefix: &prefix,
                    output: &output,
                    dead_letters: &self.dead_letters,
                };
                (Client::Work(STEPS).start(&task), each() * share.len() as u32)
            })
            .collect();
        for (replica, count) in replicas {
            finish(replica, count);
        }
        let took = Took { cpu: cpu_of_children() - before, time: start.elapsed().as_secs_f64() };
        self.broker.clean(&[&output], &[&prefix]);
        took
    }
}
