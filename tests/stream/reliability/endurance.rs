//! A pipeline that runs for a long time.

use std::time::{Duration, Instant};

use super::group::Group;
use super::member::Member;
use super::scene::{Plan, Scene};
use crate::support::form::{given, limit, report, size};
use crate::support::on_bed;

/// Records a second.
const RATE: usize = 2000;
/// The most that memory may grow, in KiB in ten minutes.
const GROWTH: f64 = 1024.0;
/// How far behind its source the output may be.
const LAG: Duration = Duration::from_secs(5);
/// How many more files than at first may be open.
const FILES: usize = 2;

on_bed! {
    /// R13: memory and open files stay as they are, and the output keeps up. `KAFKAEFD_SECONDS` says
    /// for how long; memory is judged from ten minutes on, once it has warmed up.
    fn a_long_run_stays_as_it_is(bed: &Bed) {
        let length = Duration::from_secs(given("KAFKAEFD_SECONDS", size(12, 3600)));
        let plan = Plan { count: usize::MAX >> 11, rate: RATE, ..Plan::default() };
        let scene = Scene::new(bed, plan);
        let group = Group::of(&scene);
        let source = scene.produce();
        let member = scene.saltransform_member();
        group.moves();
        let samples = watch(&group, &member, length);
        let count = source.stop();
        group.reaches(count);
        let ended = member.stop();
        let verdict = scene.verdict(count);
        let found = Findings::of(&samples);
        report(&format!("{length:?} at {RATE} a second: {found:?}, ended in {ended:?}: {verdict:?}"));
        verdict.is_exact();
        assert!(found.lag < limit(LAG).as_secs_f64(), "{found:?}");
        assert!(found.files.1 - found.files.0 <= size(4 * FILES, FILES), "{found:?}");
        assert!(length < Duration::from_secs(600) || found.growth < GROWTH, "{found:?}");
    }
}

/// The process at one moment.
struct Sample {
    /// Since the start, in seconds.
    at: f64,
    /// Resident memory in KiB.
    memory: f64,
    files: usize,
    /// Seconds of the source that are not written yet.
    lag: f64,
}

/// A sample each second; the first sixth of the time, in which all warms up, is left out.
fn watch(group: &Group, member: &Member, length: Duration) -> Vec<Sample> {
    let start = Instant::now();
    let mut samples = Vec::new();
    while start.elapsed() < length {
        std::thread::sleep(Duration::from_secs(1));
        let behind = group.ahead().saturating_sub(group.written());
        if start.elapsed() < length / 6 {
            continue;
        }
        samples.push(Sample {
            at: start.elapsed().as_secs_f64(),
            memory: member.memory("VmRSS") as f64,
            files: std::fs::read_dir(format!("/proc/{}/fd", member.pid())).unwrap().count(),
            lag: behind as f64 / RATE as f64,
        });
    }
    samples
}

/// What the samples say together.
#[derive(Debug)]
struct Findings {
    /// Of memory: the slope of the straight line through all samples, in KiB in ten minutes.
    growth: f64,
    /// The least and the most memory, in KiB.
    #[allow(dead_code, reason = "it is printed")]
    memory: (f64, f64),
    /// The least and the most open files.
    files: (usize, usize),
    /// The most.
    lag: f64,
}

impl Findings {
    fn of(samples: &[Sample]) -> Findings {
        let count = samples.len() as f64;
        let middle = samples.iter().map(|s| s.at).sum::<f64>() / count;
        let mean = samples.iter().map(|s| s.memory).sum::<f64>() / count;
        let rise: f64 = samples.iter().map(|s| (s.at - middle) * (s.memory - mean)).sum();
        let run: f64 = samples.iter().map(|s| (s.at - middle).powi(2)).sum();
        let memory = samples.iter().map(|s| s.memory);
        let files = || samples.iter().map(|s| s.files);
        Findings {
            growth: rise / run * 600.0,
            memory: (memory.clone().fold(f64::MAX, f64::min), memory.fold(0.0, f64::max)),
            files: (files().min().unwrap(), files().max().unwrap()),
            lag: samples.iter().map(|s| s.lag).fold(0.0, f64::max),
        }
    }
}
