//! SAL interfaces (XML) to the Avro schemas of the layout `ts_xml`, each written to a file, with the
//! CPU time of it (user and system) and the peak of memory; beside it a stand-in for the Python way,
//! in one run.
//!
//! ```sh
//! cargo bench --bench convert -- FOLDER    # or KAFKAEFD_GOLDEN/ts_xml-28.0.1
//! ```
//!
//! The stand-in (`peer.py`, our own) reads the same XML into a tree and writes one JSON file a topic;
//! it leaves out generic topics, acknowledgements, hand-written schemas and revision codes. It runs
//! in `$PYTHON` (`python3`), with lxml where that is there. `--once FOLDER OUT` converts once and
//! prints the peak of memory.
#![allow(clippy::unwrap_used)] // A broken bench may stop.

use std::path::{Path, PathBuf};
use std::process::Command;

use kafkaefd::formats::sal::interfaces::Interfaces;
use kafkaefd::formats::sal::layout::{Layout, Options, schemas};

const ROUNDS: usize = 7;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--once", folder, out] => {
            write(&convert(Path::new(folder)), Path::new(out));
            println!("{}", peak_kib());
        }
        [folder] => compare(Path::new(folder)),
        _ => match std::env::var_os("KAFKAEFD_GOLDEN") {
            Some(golden) => compare(&PathBuf::from(golden).join("ts_xml-28.0.1")),
            None => eprintln!("SKIPPED: neither a folder nor $KAFKAEFD_GOLDEN names interfaces"),
        },
    }
}

/// Both ways in turns, so that a slow moment of the machine hits both.
fn compare(folder: &Path) {
    let (mut texts, mut files, mut peer) = (Vec::new(), Vec::new(), Vec::new());
    let (mut counts, mut peer_count, mut with) = ((0, 0), 0.0, String::new());
    // New ones, removed at the end: ext4 makes files slowly while it still forgets others.
    let folders = [(); ROUNDS].map(|()| tempfile::TempDir::new().unwrap());
    for out in &folders {
        let start = cpu_ns();
        let made = convert(folder);
        let middle = cpu_ns();
        write(&made, &out.path().join("ours"));
        texts.push((middle - start) as f64 / 1e6);
        files.push((cpu_ns() - middle) as f64 / 1e6);
        counts = (made.texts.len(), made.of_xml);
        std::fs::create_dir(out.path().join("theirs")).unwrap();
        let said = python(folder, &out.path().join("theirs"));
        let mut words = said.split_whitespace();
        peer_count = words.next().unwrap().parse().unwrap();
        peer.push(words.next().unwrap().parse::<f64>().unwrap());
        words.next().unwrap().clone_into(&mut with);
    }
    let (text, file, peer) = (median(texts), median(files), median(peer));
    let ((made, of_xml), all) = (counts, text + file);
    println!(
        "{made} topics ({of_xml} of the XML): {all:.1} ms CPU, {:.0} a second",
        made as f64 / all * 1e3
    );
    println!("of this {text:.1} ms to the texts of the files, {file:.1} ms to write them");
    println!(
        "stand-in with {with}, {peer_count} topics: {peer:.1} ms CPU, {:.0} a second",
        peer_count / peer * 1e3
    );
    println!("a topic takes {:.1} times less", (peer / peer_count) / (all / made as f64));
    let out = tempfile::TempDir::new().unwrap();
    let once = Command::new(std::env::current_exe().unwrap())
        .args([Path::new("--once"), folder, out.path()])
        .output()
        .unwrap();
    let kib: f64 = String::from_utf8_lossy(&once.stdout).trim().parse().unwrap();
    println!("peak of memory {:.1} MiB", kib / 1024.0);
}

/// The texts of all files.
struct Made {
    /// By the names of the topics.
    texts: Vec<(String, Vec<u8>)>,
    /// How many topics the XML defines for a component.
    of_xml: usize,
}

fn convert(folder: &Path) -> Made {
    let interfaces = Interfaces::read(folder, &[]).unwrap();
    let made = schemas(&interfaces, &Options::of(Layout::TsXml));
    let texts = made.into_iter().map(|topic| {
        let text = topic.file();
        (topic.topic, text)
    });
    let of_xml = interfaces.components.values().map(|component| component.topics.len()).sum();
    Made { texts: texts.collect(), of_xml }
}

fn write(made: &Made, out: &Path) {
    std::fs::create_dir_all(out).unwrap();
    for (topic, text) in &made.texts {
        std::fs::write(out.join(format!("{topic}.json")), text).unwrap();
    }
}

fn python(folder: &Path, out: &Path) -> String {
    let program = std::env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/convert/peer.py");
    let output = Command::new(program).args([&script, folder, out]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The CPU time of this process, whose only thread this is.
fn cpu_ns() -> u64 {
    let text = std::fs::read_to_string("/proc/self/schedstat").unwrap();
    text.split(' ').next().unwrap().parse().unwrap()
}

fn peak_kib() -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
