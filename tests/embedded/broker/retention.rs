//! Records go by age and by size.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use kafkaefd::embedded::broker::BrokerOptions;
use rdkafka::admin::{AdminOptions, NewTopic, TopicReplication};
use rdkafka::consumer::{BaseConsumer, Consumer};

use super::batch::{KEYED, batch, send};
use super::fixture::{Bed, SOON, wait};
use super::raw::Raw;

/// A broker that looks for old records whenever it is asked, with the topic `orders`.
fn bed(settings: &[(&str, &str)]) -> Bed {
    let options = BrokerOptions { retention_check: Duration::ZERO, ..BrokerOptions::default() };
    let bed = Bed::with(options);
    let topic = NewTopic::new("orders", 1, TopicReplication::Fixed(1));
    let topic = settings.iter().fold(topic, |topic, (name, value)| topic.set(name, value));
    wait(bed.admin().create_topics([&topic], &AdminOptions::new())).unwrap()[0].clone().unwrap();
    bed
}

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis() as i64
}

/// Appends a record of each of `times`.
fn fill(bed: &Bed, times: &[i64]) {
    let mut raw = Raw::connect(&bed.broker);
    for time in times {
        assert_eq!(send(&mut raw, batch((*time, *time), (-1, -1, -1), KEYED)).0, 0);
    }
}

/// The first and the next offset.
fn bounds(bed: &Bed) -> (i64, i64) {
    let consumer: BaseConsumer = bed.consumer("clerks", &[]);
    consumer.fetch_watermarks("orders", 0, SOON).unwrap()
}

#[test]
fn records_go_by_age() {
    let hour = 3_600_000;
    let bed = bed(&[("retention.ms", "3600000")]);
    let old = now() - 2 * hour;
    fill(&bed, &[old, old, now(), old]);
    // What stands behind a young record stays, however old it says it is.
    assert_eq!(bounds(&bed), (2, 4));
}

#[test]
fn all_records_go_if_all_are_old() {
    let bed = bed(&[]);
    fill(&bed, &[1000, 1000]);
    assert_eq!(bounds(&bed), (2, 2));
    fill(&bed, &[now()]);
    assert_eq!(bounds(&bed), (2, 3));
}

#[test]
fn records_go_by_size() {
    let bed = bed(&[("retention.bytes", "600")]);
    fill(&bed, &[now(); 20]);
    let (first, next) = bounds(&bed);
    assert_eq!(next, 20);
    assert!((12..=18).contains(&first), "{first}");
}

#[test]
fn nothing_goes_where_the_policy_is_not_to_delete() {
    let settings = [("cleanup.policy", "compact"), ("retention.ms", "1"), ("retention.bytes", "1")];
    let bed = bed(&settings);
    fill(&bed, &[1000, 1000]);
    assert_eq!(bounds(&bed), (0, 2));
}

/// As on a real broker, nobody looks for old records all the time.
#[test]
fn old_records_stay_until_someone_looks() {
    let bed = Bed::new();
    bed.topic("orders", 1);
    fill(&bed, &[1000, 1000]);
    assert_eq!(bounds(&bed), (0, 2));
}
