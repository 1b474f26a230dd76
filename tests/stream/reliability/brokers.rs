//! Brokers that are killed, one after the other.

use std::time::{Duration, Instant};

use rdkafka::ClientConfig;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::metadata::MetadataTopic;

use super::group::Group;
use super::member::send;
use super::scene::{Plan, Scene};
use crate::support::form::{report, size};
use crate::support::{Bed, on_bed};

/// How long a partition may stand still, in milliseconds.
const RESUMED: u64 = 30_000;
/// How long a node may take to have all copies again.
const PATIENCE: Duration = Duration::from_secs(120);

on_bed! {
    /// R3: nothing is lost where each of three brokers is killed in turn, and all goes on soon.
    fn killed_brokers_lose_nothing(bed: &Bed) {
        let kills = size(1, 10);
        let _mine = bed.reserve("kafka3");
        let three = bed.up("kafka3");
        let broker = three.get("KAFKA3");
        let plan = Plan { count: usize::MAX >> 11, rate: 600, replication: 3, ..Plan::default() };
        let scene = Scene::at(&three, broker, plan);
        let group = Group::of(&scene);
        let member = scene.saltransform_member();
        let source = scene.produce();
        group.moves();
        for kill in 0..kills {
            copied(broker);
            let node = format!("kafka3-{}", kill % 3 + 1);
            die(&three, &node);
            group.moves();
            three.up(&node);
        }
        copied(broker);
        let count = source.stop();
        group.reaches(count);
        member.stop();
        let verdict = scene.verdict(count);
        report(&format!("{kills} kills of brokers: {verdict:?}"));
        assert!(verdict.is_complete().longest_gap < RESUMED, "{verdict:?}");
    }
}

/// Ends the server `name` with SIGKILL.
fn die(bed: &Bed, name: &str) {
    let text = std::fs::read_to_string(bed.folder().join(name).join("pid")).unwrap();
    let pid: u32 = text.split_whitespace().next().unwrap().parse().unwrap();
    send("KILL", pid);
    while std::fs::exists(format!("/proc/{pid}")).unwrap() {
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Waits until every partition has three copies that are in sync.
fn copied(broker: &str) {
    let mut config = ClientConfig::new();
    let consumer: BaseConsumer = config.set("bootstrap.servers", broker).create().unwrap();
    let deadline = Instant::now() + PATIENCE;
    let whole = || {
        let metadata = consumer.fetch_metadata(None, Duration::from_secs(10)).ok()?;
        let mut all = metadata.topics().iter().flat_map(MetadataTopic::partitions);
        Some(metadata.brokers().len() == 3 && all.all(|one| one.isr().len() == 3))
    };
    while whole() != Some(true) {
        assert!(Instant::now() < deadline, "not every partition has its copies in time");
        std::thread::sleep(Duration::from_millis(200));
    }
}
