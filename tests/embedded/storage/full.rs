//! A disk that is full: what cannot be kept is refused, and what was kept stays.

use std::fs;

use kafka_protocol::messages::create_topics_request::CreatableTopic;
use kafka_protocol::messages::offset_commit_request::{
    OffsetCommitRequestPartition, OffsetCommitRequestTopic,
};
use kafka_protocol::messages::{CreateTopicsRequest, GroupId, OffsetCommitRequest};
use tempfile::TempDir;

use crate::embedded::broker::batch::{EMPTY, batch, send};
use crate::embedded::broker::raw::Raw;
use crate::embedded::broker::transactions::wire::{Wire, record};
use crate::embedded::broker::versions::{text, topic};
use crate::support::{Running, Stack};

const UP: [&str; 7] = ["up", "--port", "0", "--registry-port", "0", "--data", "data"];
/// The longest file, bytes.
const FULL: usize = 32 * 1024;
const STORAGE: i16 = 56;
const NO_COORDINATOR: i16 = 15;

/// A stack whose files may get [`FULL`], or any length, and a connection to its broker.
fn up(home: &TempDir, full: bool) -> (Running, Raw, String) {
    let mut running = if full {
        Running::with_small_files(home.path(), &UP, FULL)
    } else {
        Running::start(home.path(), &UP)
    };
    let broker = running.lines(8)[1].split(' ').next_back().unwrap().to_owned();
    (running, Raw::to(&broker), broker)
}

fn create(raw: &mut Raw, name: &str) -> i16 {
    let wanted = CreatableTopic::default()
        .with_name(topic(name))
        .with_num_partitions(1)
        .with_replication_factor(1);
    raw.call(5, &CreateTopicsRequest::default().with_topics(vec![wanted])).topics[0].error_code
}

fn commit(raw: &mut Raw, offset: i64) -> i16 {
    let partition = OffsetCommitRequestPartition::default()
        .with_committed_offset(offset)
        .with_committed_metadata(Some(text(&"x".repeat(4000))));
    let wanted = OffsetCommitRequestTopic::default()
        .with_name(topic("orders"))
        .with_partitions(vec![partition]);
    let request = OffsetCommitRequest::default()
        .with_group_id(GroupId(text("clerks")))
        .with_generation_id_or_member_epoch(-1)
        .with_topics(vec![wanted]);
    raw.call(7, &request).topics[0].partitions[0].error_code
}

#[test]
fn records_are_refused_and_those_before_stay() {
    let home = TempDir::new().unwrap();
    let (running, mut raw, _) = up(&home, true);
    assert_eq!(create(&mut raw, "orders"), 0);
    let large = |sequence| batch((1000, 1000), (5, 0, sequence), &[EMPTY, &[0; 3000]].concat());
    let mut sent = 0;
    while send(&mut raw, large(sent)) == (0, i64::from(sent)) {
        sent += 1;
    }
    assert!((8..=11).contains(&sent), "{sent}");
    assert_eq!(send(&mut raw, large(sent)), (STORAGE, -1));
    // A smaller one has room: nothing of the large one is left.
    assert_eq!(send(&mut raw, batch((1000, 1000), (5, 0, sent), EMPTY)), (0, i64::from(sent)));
    assert_eq!(running.stop("KILL").code, None);
    let (running, mut raw, _) = up(&home, false);
    assert_eq!(send(&mut raw, large(sent + 1)), (0, i64::from(sent) + 1));
    assert_eq!(running.stop("INT").stderr, "");
}

#[test]
fn changes_are_refused_and_those_before_stay() {
    let home = TempDir::new().unwrap();
    let (running, mut raw, _) = up(&home, true);
    assert_eq!(create(&mut raw, "orders"), 0);
    let refused = (1..100).find(|offset| commit(&mut raw, *offset) != 0).unwrap();
    assert!((6..=8).contains(&refused), "{refused}");
    assert_eq!(commit(&mut raw, refused), NO_COORDINATOR);
    let created =
        (0..1000).take_while(|number| create(&mut raw, &format!("made-{number}")) == 0).count();
    assert_eq!(create(&mut raw, "another"), STORAGE);
    assert_eq!(running.stop("KILL").code, None);
    let (running, mut raw, _) = up(&home, false);
    assert_eq!(commit(&mut raw, refused), 0);
    assert_eq!(create(&mut raw, "another"), 0);
    let exists = 36;
    for number in 0..created {
        assert_eq!(create(&mut raw, &format!("made-{number}")), exists);
    }
    assert_eq!(create(&mut raw, &format!("made-{created}")), 0);
    assert_eq!(running.stop("INT").stderr, "");
}

/// A transaction that cannot be ended stays open, until there is room again.
#[test]
fn a_transaction_ends_when_there_is_room() {
    let home = TempDir::new().unwrap();
    let (running, mut raw, broker) = up(&home, true);
    assert_eq!(create(&mut raw, "orders"), 0);
    let mut wire = Wire::new(&Stack::at(&broker, "", "000000"));
    let owner = wire.claim();
    wire.begin(owner);
    assert_eq!(wire.send(owner, 0), (0, 0));
    while commit(&mut raw, 1) == 0 || create(&mut raw, &format!("made-{}", length(&home))) == 0 {}
    assert_eq!(wire.try_end(owner, true), NO_COORDINATOR);
    assert_eq!(wire.fetch(0, true).last_stable_offset, 0);
    assert_eq!(wire.produce(Some(wire.transactional_id()), transactional(owner)), (0, 1));
    assert_eq!(running.stop("KILL").code, None);
    let (_running, _, broker) = up(&home, false);
    wire.raw = Raw::to(&broker);
    assert_eq!(wire.fetch(0, true).last_stable_offset, 0);
    assert_eq!(wire.end(3, owner, true), 0);
    assert_eq!(wire.fetch(0, true).last_stable_offset, 3);
}

fn length(home: &TempDir) -> u64 {
    fs::metadata(home.path().join("data/journal")).unwrap().len()
}

fn transactional(owner: crate::embedded::broker::transactions::wire::Owner) -> bytes::BytesMut {
    crate::embedded::broker::batch::transactional(record(owner, 1))
}
