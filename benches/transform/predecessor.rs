//! The Python way, as a stand-in of our own does it at its best: every schema known beforehand.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use kafkaefd::formats::avro::Schema;
use kafkaefd::formats::sal::text::{Options, Transform};
use serde_json::json;

use crate::messages::Sample;
use crate::{median, plan};

const ROUNDS: usize = 7;
/// The frame, and the time of writing, which differs.
const START: usize = 5 + 6;

/// Both ways in turns, by the processor time of each.
pub fn compare(sample: &Sample) {
    let transform =
        Transform::compile(&Schema::parse(&sample.schema).unwrap(), Options::default()).unwrap();
    let repeat = 20 * sample.repeat;
    let (mut out, mut ours, mut theirs) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let start = cpu_ns();
        (0..repeat).for_each(|_| plan(&transform, sample.text.as_bytes(), &mut out));
        ours.push((cpu_ns() - start) as f64 / f64::from(repeat));
        let Some((time, hex)) = python(sample, repeat / 2) else {
            println!("{:8} SKIPPED: $PYTHON or python3 with fastavro", sample.name);
            return;
        };
        assert_eq!(hex[2 * START..], self::hex(&out[START - 5..]), "both must write the same");
        theirs.push(time);
    }
    let (ours, theirs) = (median(ours), median(theirs));
    println!(
        "{:8} plan {ours:8.0} ns, Python {theirs:8.0} ns of processor time, {:5.1} times as fast (goal 60)",
        sample.name,
        theirs / ours
    );
}

/// Nanoseconds of one message, and what it is in hex; none where Python lacks something.
fn python(sample: &Sample, repeat: u32) -> Option<(f64, String)> {
    let program = env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/transform/peer.py");
    let schema: serde_json::Value = serde_json::from_str(&sample.schema).unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(&file, json!({"schema": schema, "text": sample.text}).to_string()).unwrap();
    let output =
        Command::new(program).arg(script).arg(file.path()).arg(repeat.to_string()).output().ok()?;
    let said = String::from_utf8(output.stdout).unwrap();
    let (micros, hex) = said.trim().split_once(' ')?;
    Some((micros.parse::<f64>().unwrap() * 1e3, hex.to_owned()))
}

fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(nibble.into(), 16).unwrap();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The processor time of this process, whose only thread this is.
fn cpu_ns() -> u64 {
    let text = fs::read_to_string("/proc/self/schedstat").unwrap();
    text.split(' ').next().unwrap().parse().unwrap()
}
