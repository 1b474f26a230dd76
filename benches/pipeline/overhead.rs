//! What pipelines cost beside librdkafka alone.

use crate::contender::{Client, Task, Took, prepare};
use crate::messages::{Sample, small, thermal};
use crate::servers::{Broker, Stack};
use crate::{load, median, records, rounds};

const CLIENTS: [Client; 3] = [Client::Passthrough, Client::Transformer, Client::Closure];

/// On each broker, with records of 4 kB and of 100 bytes.
pub fn compare() {
    let stack = Stack::start();
    println!("seconds of processor time for a million records, median of {}", rounds());
    for broker in stack.brokers() {
        for (sample, count) in [(thermal(), 150_000), (small(), 1_000_000)] {
            let count = records(count);
            let took = measure(&stack, &broker, &sample, count);
            show(&broker, &sample, count, &took);
        }
    }
}

/// What each client took in each round, in turns, so that a slow moment hits all of them.
fn measure(stack: &Stack, broker: &Broker, sample: &Sample, count: u32) -> [Vec<Took>; 3] {
    let name = format!("bench-{}-{}", std::process::id(), sample.name);
    let dead_letters = format!("{name}.dead");
    broker.create(&name);
    broker.create(&dead_letters);
    broker.feed(&name, &sample.text, count);
    let mut took = [const { Vec::new() }; 3];
    for round in 0..rounds() {
        for (number, client) in CLIENTS.into_iter().enumerate() {
            let prefix = format!("{name}-{round}-{number}");
            let output = prepare(&stack.registry, &prefix, sample);
            broker.create(&output);
            let task = Task {
                broker: &broker.address,
                registry: &stack.registry,
                inputs: &[&name],
                prefix: &prefix,
                output: &output,
                dead_letters: &dead_letters,
            };
            took[number].push(client.run(&task, count));
            broker.clean(&[&output], &[if number == 0 { &output } else { &prefix }]);
        }
    }
    broker.clean(&[&name, &dead_letters], &[]);
    took
}

fn show(broker: &Broker, sample: &Sample, count: u32, took: &[Vec<Took>; 3]) {
    let million = f64::from(count) / 1e6;
    let [bare, whole, closure] =
        took.each_ref().map(|took| median(took.iter().map(|took| took.cpu / million).collect()));
    let rate = median(took[1].iter().map(|took| f64::from(count) / took.time).collect());
    println!(
        "{}, {}: {count} records of {} B, load {}",
        broker.name,
        sample.name,
        sample.text.len(),
        load()
    );
    println!("  librdkafka alone  {bare:6.2}");
    println!(
        "  transformer       {whole:6.2}  {:.2} times (goal 1.70), {rate:.0} records a second",
        whole / bare
    );
    println!("  with a closure    {closure:6.2}  {:+.2} (goal +0.60)", closure - whole);
}
