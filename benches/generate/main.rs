//! Made-up records as Avro: the compiled plan against trees of `Value` and the writer of apache-avro.
//!
//! - `cargo bench --bench generate` makes both measure in turns, on a thermal record (381 values) and
//!   one of 10 fields, and prints the median processor time of one record and their ratio (goal 20).
//! - `target/release/deps/generate-… --once N thermal|small [plan|value]` only makes N records; for
//!   counting instructions, as `transform` says.
//!
//! Both draw from the same generator of random numbers, and both let numbers walk; the trees are
//! built from what is known of each field beforehand, and go through one writer that is reused.
#![allow(clippy::unwrap_used)] // A broken bench may stop.

#[path = "../transform/messages.rs"]
#[allow(dead_code)] // The texts are what the other bench is about.
mod messages;
mod value_tree;

use std::hint::black_box;

use kafkaefd::formats::avro::{Schema, decode};
use kafkaefd::load::generator::{Generator, Options};

use messages::{NOW, Sample, small, thermal};
use value_tree::ValueTree;

const ROUNDS: usize = 5;
/// How many times as many records make one measurement as in `transform`.
const LONGER: u32 = 50;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--once", count, sample] => once(count.parse().unwrap(), sample, "plan"),
        ["--once", count, sample, way] => once(count.parse().unwrap(), sample, way),
        _ => [thermal(), small()].iter().for_each(compare),
    }
}

/// Makes `count` records in one of the two ways and nothing else.
fn once(count: u32, sample: &str, way: &str) {
    let sample = if sample == "thermal" { thermal() } else { small() };
    let schema = Schema::parse(&sample.schema).unwrap();
    let mut out = Vec::with_capacity(8_192);
    if way == "value" {
        let mut tree = ValueTree::new(&schema);
        (0..count).for_each(|_| by_tree(&mut tree, &mut out));
    } else {
        let mut generator = generator(&schema);
        (0..count).for_each(|_| by_plan(&mut generator, &mut out));
    }
    println!("{} bytes each", out.len());
}

/// Both ways in turns, so that a slow moment of the machine hits both.
fn compare(sample: &Sample) {
    let schema = Schema::parse(&sample.schema).unwrap();
    let (mut generator, mut tree) = (generator(&schema), ValueTree::new(&schema));
    let (mut one, mut other) = (Vec::new(), Vec::new());
    by_plan(&mut generator, &mut one);
    by_tree(&mut tree, &mut other);
    let shape =
        |bytes: &[u8]| format!("{:?}", decode(&schema, bytes).unwrap()).matches('(').count();
    assert_eq!(shape(&one), shape(&other), "both ways must make as many values");

    let repeat = sample.repeat * LONGER;
    let (mut plan_times, mut tree_times) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        plan_times.push(cpu_time(repeat, || by_plan(&mut generator, &mut one)));
        tree_times.push(cpu_time(repeat, || by_tree(&mut tree, &mut other)));
    }
    let (plan, value) = (median(plan_times), median(tree_times));
    println!(
        "{:8} {:4} B Avro: plan {plan:7.0} ns, Value tree {value:7.0} ns of processor time, \
         {:5.1} times as fast (goal 20)",
        sample.name,
        one.len(),
        value / plan
    );
}

fn generator(schema: &Schema) -> Generator {
    Generator::compile(schema, Options { seed: 1, ..Options::default() }).unwrap()
}

fn by_plan(generator: &mut Generator, out: &mut Vec<u8>) {
    out.clear();
    generator.write(black_box(NOW * 1_000), out).unwrap();
    black_box(&*out);
}

fn by_tree(tree: &mut ValueTree<'_>, out: &mut Vec<u8>) {
    out.clear();
    tree.write(black_box(NOW), out);
    black_box(&*out);
}

/// Nanoseconds of one call, the mean of `repeat`.
fn cpu_time(repeat: u32, mut work: impl FnMut()) -> f64 {
    let start = cpu_ns();
    for _ in 0..repeat {
        work();
    }
    (cpu_ns() - start) as f64 / f64::from(repeat)
}

/// The processor time of this process, whose only thread this is.
fn cpu_ns() -> u64 {
    let text = std::fs::read_to_string("/proc/self/schedstat").unwrap();
    text.split(' ').next().unwrap().parse().unwrap()
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
