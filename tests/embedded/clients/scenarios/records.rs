//! Records of all shapes.

use crate::embedded::clients::client::{Reading, Writing};
use crate::embedded::clients::record::{Record, contents, values};
use crate::embedded::clients::scene::Scene;

/// Records with all that a record can have, and what it can lack.
fn odd() -> Vec<Record> {
    let null_key = Record { key: None, ..Record::new("", "no key") };
    let null_value = Record { value: None, ..Record::new("gone", "") };
    let many = Record::new("k", "headers").header("unit", "K").header("unit", "C");
    vec![null_key, null_value, many.header("origin", "dome"), Record::new("ключ", "値 ✓")]
}

pub fn write(scene: &Scene) {
    let topic = scene.topic("written", 1);
    let records = Record::many(50);
    scene.client().produce(&topic, &records, &Writing::default()).unwrap();
    let read = scene.witnessed(&topic, 50);
    assert_eq!(contents(&read), records);
    let offsets: Vec<i64> = read.iter().map(|record| record.offset).collect();
    assert_eq!(offsets, (0..50).collect::<Vec<i64>>());
}

/// The same keys to three partitions: no record is lost, and those of a key stay in order.
pub fn spread(scene: &Scene) {
    let topic = scene.topic("spread", 3);
    let records = [Record::many(30), Record::many(30)].concat();
    scene.client().produce(&topic, &records, &Writing::default()).unwrap();
    let read = scene.witnessed(&topic, 60);
    let partitions = |key: &str| {
        let of_key = |record: &&Record| record.key.as_deref() == Some(key);
        read.iter().filter(of_key).map(|record| record.partition).collect::<Vec<_>>()
    };
    for record in &records[..30] {
        let places = partitions(record.key.as_deref().unwrap());
        assert!(places.len() == 2 && places[0] == places[1], "{record:?}: {places:?}");
    }
}

pub fn write_odd(scene: &Scene) {
    let topic = scene.topic("odd", 1);
    scene.client().produce(&topic, &odd(), &Writing::default()).unwrap();
    assert_eq!(contents(&scene.witnessed(&topic, 4)), odd());
}

pub fn read(scene: &Scene) {
    let records = [Record::many(50), odd()].concat();
    let topic = scene.filled("read", &records);
    let reading = Reading { count: records.len(), ..Reading::default() };
    let read = scene.client().consume(&topic, &reading).unwrap();
    assert_eq!(contents(&read), records);
}

pub fn read_since(scene: &Scene) {
    let at = |i: i64| Record::new("k", &i.to_string()).at(1_000_000 + i * 1000);
    let topic = scene.filled("since", &(0..10).map(at).collect::<Vec<_>>());
    let reading = Reading { count: 4, since: Some(1_005_500), ..Reading::default() };
    let read = scene.client().consume(&topic, &reading).unwrap();
    assert_eq!(values(&read), ["6", "7", "8", "9"]);
    assert_eq!(read[0].timestamp, Some(1_006_000));
}

/// A record of almost a megabyte, the most that librdkafka takes by default; Kafka takes a mebibyte.
pub fn large(scene: &Scene) {
    let topic = scene.topic("large", 1);
    let record = Record::new("k", &"x".repeat(990_000));
    scene.client().produce(&topic, std::slice::from_ref(&record), &Writing::default()).unwrap();
    let read = scene.witnessed(&topic, 1);
    assert!(contents(&read) == [record], "{} records", read.len());
    let reading = Reading { count: 1, ..Reading::default() };
    assert!(scene.client().consume(&topic, &reading).unwrap() == read);
}
