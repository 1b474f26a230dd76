//! The embedded broker against Apache Kafka, with librdkafka as the client of both, in one run.
//!
//! - `cargo bench --bench broker` writes 4 kB records, reads them back and sends lone records round,
//!   on each broker in turns, and prints the median of the rounds and what the broker's process
//!   took: cores, and memory per byte of payload. Then it starts and leaves alone stacks of its own.
//! - `KAFKA=HOST:PORT KAFKA_PID=PID` names the real broker; without it only the embedded one is
//!   measured. With the test bed up:
//!
//! ```sh
//! . "$KAFKAEFD_BED/endpoints"
//! KAFKA=$KAFKA KAFKA_PID=$(cut -d" " -f1 "$KAFKAEFD_BED/kafka/pid") cargo bench --bench broker
//! ```
#![allow(clippy::unwrap_used)] // A broken bench may stop.

mod broker;
mod clients;
mod process;

use std::time::Duration;

use broker::Broker;
use clients::Clients;

const ROUNDS: usize = 5;
/// Records of one round: 600 MB, within the gigabyte that a stack holds by default.
const RECORDS: u32 = 150_000;
const LONE: u32 = 1000;
const STARTS: usize = 40;
const IDLE: Duration = Duration::from_secs(5);

fn main() {
    let mut results: Vec<(&str, Vec<Round>)> = Vec::new();
    for round in 0..ROUNDS {
        for broker in Broker::all() {
            let figures = measure(&broker, round);
            match results.iter_mut().find(|(name, _)| *name == broker.name) {
                Some((_, rounds)) => rounds.push(figures),
                None => results.push((broker.name, vec![figures])),
            }
        }
    }
    println!("{RECORDS} records of {} B, median of {ROUNDS} rounds", clients::SIZE);
    for (name, rounds) in &results {
        show(name, rounds);
    }
    idle();
    start();
}

/// What one round on one broker gave.
struct Round {
    /// Records a second.
    written: f64,
    /// Records a second.
    read: f64,
    /// Half of the lone round trips took less, milliseconds.
    trip: f64,
    /// Cores that the broker's process used while it was written to and read from.
    cores: (f64, f64),
    /// What the process grew by for each byte of payload that it holds.
    memory: f64,
}

fn measure(broker: &Broker, round: usize) -> Round {
    let clients =
        Clients::new(broker.bootstrap(), &format!("bench-{}-{round}", std::process::id()));
    let before = broker.process.memory();
    let written = broker.process.cores(|| clients.write(RECORDS));
    let memory = (broker.process.memory() - before) / clients::payload(RECORDS);
    let read = broker.process.cores(|| clients.read(RECORDS));
    let mut trips = clients.lone_round_trips(LONE);
    let round = Round {
        written: f64::from(RECORDS) / written.seconds,
        read: f64::from(RECORDS) / read.seconds,
        trip: median(&mut trips) * 1e3,
        cores: (written.cores, read.cores),
        memory,
    };
    clients.clean_up();
    round
}

fn show(name: &str, rounds: &[Round]) {
    let of = |figure: fn(&Round) -> f64| median(&mut rounds.iter().map(figure).collect::<Vec<_>>());
    println!(
        "{name:9} in {:7.0}/s ({:.2} cores), out {:7.0}/s ({:.2} cores), lone round trip p50 {:.2} ms, \
         {:.2} B of memory a byte",
        of(|r| r.written),
        of(|r| r.cores.0),
        of(|r| r.read),
        of(|r| r.cores.1),
        of(|r| r.trip),
        of(|r| r.memory),
    );
}

/// What a stack does while nobody asks.
fn idle() {
    let broker = Broker::embedded();
    let used = broker.process.cores(|| {
        std::thread::sleep(IDLE);
        IDLE.as_secs_f64()
    });
    println!("idle for {} s: {:.4} cores", IDLE.as_secs(), used.cores);
}

/// From the start of the process to the greeting.
fn start() {
    let mut times: Vec<f64> = (0..STARTS).map(|_| Broker::embedded().started * 1e3).collect();
    let least = times.iter().copied().fold(f64::INFINITY, f64::min);
    println!("start of a stack: {least:.1} ms at least, median {:.1} ms", median(&mut times));
}

fn median(figures: &mut [f64]) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
