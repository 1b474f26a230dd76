//! Whole pipelines, from Kafka to Kafka: what they cost beside librdkafka alone, what they keep in
//! memory, and how they scale. Every client is a process of its own, so that no broker counts.
//!
//! - `cargo bench --bench pipeline` copies records with librdkafka alone, transforms them from SAL
//!   text to Avro, and transforms them with a closure that changes nothing, in turns, and prints the
//!   median of processor seconds for a million records, and their ratios.
//! - `-- memory` reads 10 million records, once as fast as it goes and once with an output of
//!   64 kB/s, and prints what the process had in memory at most.
//! - `-- replicas` runs a pipeline whose closure takes long, once with one process for two topics
//!   and once with a process for each, in turns.
//!
//! `KAFKA=HOST:PORT` names a real broker; without it only the embedded one is measured. `ROUNDS=1`
//! and `RECORDS=100000` are for a glimpse. With the test bed up:
//!
//! ```sh
//! . "$KAFKAEFD_BED/endpoints"
//! KAFKA=$KAFKA cargo bench --bench pipeline
//! KAFKA=$KAFKA cargo bench --bench pipeline -- memory
//! KAFKA=$KAFKA cargo bench --bench pipeline -- replicas
//! ```
#![allow(clippy::unwrap_used)] // A broken bench may stop.

mod contender;
mod memory;
#[path = "../transform/messages.rs"]
#[allow(dead_code)] // The bench `transform` uses all of it.
mod messages;
mod overhead;
mod passthrough;
#[path = "../../tests/support/proxy/mod.rs"]
#[allow(dead_code, unused_imports)] // The tests use all of it.
mod proxy;
mod replicas;
mod servers;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--passthrough", bootstrap, input, output] => passthrough::run(bootstrap, input, output),
        [] => overhead::compare(),
        ["memory"] => memory::watch(),
        ["replicas"] => replicas::compare(),
        other => panic!("no such part of the bench: {other:?}"),
    }
}

/// How often each client runs.
fn rounds() -> usize {
    std::env::var("ROUNDS").map_or(5, |rounds| rounds.parse().unwrap())
}

/// How many records there are, `usual` ones unless `$RECORDS` says so.
fn records(usual: u32) -> u32 {
    std::env::var("RECORDS").map_or(usual, |records| records.parse().unwrap())
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// How busy the machine is: of interest to whoever reads the figures.
fn load() -> String {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap();
    load.split(' ').next().unwrap().to_owned()
}
