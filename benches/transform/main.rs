//! SAL text to Avro: the compiled plan against the `Value` path of apache-avro, and against Python.
//!
//! - `cargo bench --bench transform` measures both paths in turns, on a thermal message (381 values),
//!   a small one (a record of 10 fields) and one with 10 items, and prints the median time of each and
//!   their ratio; then the same with a Python stand-in (`peer.py`) in `$PYTHON` (`python3`), which
//!   needs fastavro, by processor time.
//! - `target/release/deps/transform-… --once N thermal|small|ten [plan|value]` only writes N messages;
//!   for counting instructions: the difference between two N, divided by the difference of N, is
//!   what one message costs.
//!
//! ```sh
//! bench=$(cargo bench --bench transform --no-run --message-format json |
//!     sed -n 's/.*"executable":"\([^"]*transform-[^"]*\)".*/\1/p')
//! for n in 1000 2000; do
//!     valgrind --tool=callgrind --callgrind-out-file=/dev/null "$bench" --once $n thermal plan
//! done
//! ```
#![allow(clippy::unwrap_used)] // A broken bench may stop.

mod messages;
mod predecessor;
mod value_path;

use std::hint::black_box;
use std::time::Instant;

use kafkaefd::formats::avro::Schema;
use kafkaefd::formats::sal::text::{Options, Transform, split};

use messages::{NOW, Sample, small, ten, thermal};
use value_path::ValuePath;

const ROUNDS: usize = 51;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--once", count, sample] => once(count.parse().unwrap(), sample, "plan"),
        ["--once", count, sample, path] => once(count.parse().unwrap(), sample, path),
        _ => {
            let samples = [thermal(), small(), ten()];
            samples.iter().for_each(compare);
            samples.iter().for_each(predecessor::compare);
        }
    }
}

/// Writes `count` messages in one of the two ways and nothing else.
fn once(count: usize, sample: &str, path: &str) {
    let sample = match sample {
        "thermal" => thermal(),
        "small" => small(),
        _ => ten(),
    };
    let schema = Schema::parse(&sample.schema).unwrap();
    let mut out = Vec::with_capacity(8_192);
    if path == "value" {
        let value_path = ValuePath::new(&schema);
        (0..count).for_each(|_| value_path.write(sample.text.as_bytes(), &mut out));
    } else {
        let transform = Transform::compile(&schema, Options::default()).unwrap();
        (0..count).for_each(|_| plan(&transform, sample.text.as_bytes(), &mut out));
    }
    println!("{} bytes each", out.len());
}

/// Both ways in turns, so that a slow moment of the machine hits both.
fn compare(sample: &Sample) {
    let schema = Schema::parse(&sample.schema).unwrap();
    let transform = Transform::compile(&schema, Options::default()).unwrap();
    let value_path = ValuePath::new(&schema);
    let text = sample.text.as_bytes();
    let (mut one, mut other) = (Vec::new(), Vec::new());
    plan(&transform, text, &mut one);
    value_path.write(text, &mut other);
    assert_eq!(one, other, "both ways must write the same bytes");

    let (mut plan_times, mut value_times) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        plan_times.push(time(sample.repeat, || plan(&transform, text, &mut one)));
        value_times.push(time(sample.repeat, || value_path.write(text, &mut other)));
    }
    let (plan, value) = (median(plan_times), median(value_times));
    println!(
        "{:8} {:4} B text, {:4} B Avro: plan {plan:8.0} ns, Value path {value:8.0} ns, {:5.1} times as fast",
        sample.name,
        text.len(),
        one.len(),
        value / plan
    );
}

fn plan(transform: &Transform, text: &[u8], out: &mut Vec<u8>) {
    out.clear();
    let message = split(black_box(text)).unwrap();
    transform.write(&message, NOW, out).unwrap();
    black_box(&*out);
}

/// Nanoseconds of one call, the mean of `repeat`.
fn time(repeat: u32, mut work: impl FnMut()) -> f64 {
    let start = Instant::now();
    for _ in 0..repeat {
        work();
    }
    start.elapsed().as_secs_f64() * 1e9 / f64::from(repeat)
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
