//! Faults on demand, seen from the wire: where an error stands, in which order, for whom.

use std::time::{Duration, Instant};

use kafka_protocol::messages::metadata_request::MetadataRequestTopic;
use kafka_protocol::messages::*;
use kafkaefd::embedded::broker::Control;

use super::fixture::{Bed, SOON, wait};
use super::raw::Raw;
use super::versions::{text, topic};

const LEADER_NOT_AVAILABLE: i16 = 5;
const UNSUPPORTED_VERSION: i16 = 35;
const REBOOTSTRAP_REQUIRED: i16 = 129;

fn begin() -> (Bed, Control, Raw) {
    let bed = Bed::new();
    let (control, raw) = (bed.broker.control(), Raw::connect(&bed.broker));
    (bed, control, raw)
}

fn beat(raw: &mut Raw) -> i16 {
    raw.call(4, &HeartbeatRequest::default().with_group_id(GroupId(text("nobody")))).error_code
}

fn metadata(names: Option<&[&str]>) -> MetadataRequest {
    let wanted = |name: &&str| MetadataRequestTopic::default().with_name(Some(topic(name)));
    MetadataRequest::default().with_topics(names.map(|names| names.iter().map(wanted).collect()))
}

#[test]
fn faults_of_an_api_happen_one_after_the_other() {
    let (_bed, control, mut raw) = begin();
    control.fail("Heartbeat", "REBALANCE_IN_PROGRESS", 2).unwrap();
    control.fail("Heartbeat", "NOT_COORDINATOR", 1).unwrap();
    control.fail("SyncGroup", "UNKNOWN_SERVER_ERROR", 1).unwrap();
    let codes: Vec<_> = (0..4).map(|_| beat(&mut raw)).collect();
    // The last is what the broker says by itself: nobody is in that group.
    assert_eq!(codes, [27, 27, 16, 25]);
    assert_eq!(raw.call(5, &SyncGroupRequest::default()).error_code, -1);
}

#[test]
fn an_error_waits_for_an_answer_that_has_a_place_for_it() {
    let (bed, control, mut raw) = begin();
    bed.topic("orders", 1);
    control.fail("Metadata", "LEADER_NOT_AVAILABLE", 1).unwrap();
    assert_eq!(raw.call(12, &metadata(Some(&[]))).brokers.len(), 1);
    let answer = raw.call(12, &metadata(None));
    assert_eq!(answer.brokers.len(), 1, "a client must find its way back");
    assert_eq!(answer.topics[0].error_code, LEADER_NOT_AVAILABLE);
    assert_eq!(raw.call(12, &metadata(None)).topics[0].error_code, 0);
    // This one is of the cluster.
    control.fail("Metadata", "REBOOTSTRAP_REQUIRED", 1).unwrap();
    assert_eq!(raw.call(13, &metadata(Some(&[]))).error_code, REBOOTSTRAP_REQUIRED);
}

#[test]
fn a_refused_request_is_not_carried_out() {
    let (_bed, control, mut raw) = begin();
    control.fail("CreateTopics", "POLICY_VIOLATION", 1).unwrap();
    let orders = create_topics_request::CreatableTopic::default()
        .with_name(topic("orders"))
        .with_num_partitions(1)
        .with_replication_factor(1);
    let create = CreateTopicsRequest::default().with_topics(vec![orders]);
    assert_eq!(raw.call(7, &create).topics[0].error_code, 44);
    assert_eq!(raw.call(12, &metadata(None)).topics, []);
}

/// KIP-35: that answer is the one which every client can read.
#[test]
fn an_unsupported_version_is_told_at_version_0() {
    let (_bed, control, mut raw) = begin();
    control.fail("ApiVersions", "UNSUPPORTED_VERSION", 1).unwrap();
    raw.send(&super::raw::frame(3, &ApiVersionsRequest::default()));
    let mut answer = raw.receive().unwrap().slice(4..);
    let answer: ApiVersionsResponse =
        kafka_protocol::protocol::Decodable::decode(&mut answer, 0).unwrap();
    assert_eq!(answer.error_code, UNSUPPORTED_VERSION);
    assert!(!answer.api_keys.is_empty());
    assert_eq!(raw.versions().error_code, 0);
}

#[test]
fn a_lost_answer_closes_its_connection_only() {
    let (bed, control, mut raw) = begin();
    let mut other = Raw::connect(&bed.broker);
    control.lose("Heartbeat", 1).unwrap();
    raw.send(&super::raw::frame(4, &HeartbeatRequest::default()));
    assert_eq!(raw.receive(), None);
    assert_eq!(beat(&mut other), 25);
    assert_eq!(control.requests_of("Heartbeat").unwrap(), 2);
}

#[test]
fn clearing_sends_what_waits_and_forgets_what_came() {
    let (_bed, control, mut raw) = begin();
    control.delay(None, Duration::from_secs(600)).unwrap();
    control.delay(Some("ApiVersions"), Duration::ZERO).unwrap();
    control.fail("Heartbeat", "REBALANCE_IN_PROGRESS", 9).unwrap();
    let begun = Instant::now();
    raw.versions();
    assert!(begun.elapsed() < SOON, "a delay of its own goes before that of all");
    raw.send(&super::raw::frame(4, &HeartbeatRequest::default()));
    while control.requests_of("Heartbeat").unwrap() == 0 {
        assert!(begun.elapsed() < SOON);
        std::thread::yield_now();
    }
    control.clear();
    assert!(raw.receive().is_some());
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
    assert_eq!(control.requests(), []);
    assert_eq!(beat(&mut raw), 25);
}

#[test]
fn a_stopped_broker_lets_nobody_in_and_keeps_its_port() {
    let (bed, control, mut raw) = begin();
    let address = bed.broker.bootstrap();
    raw.versions();
    assert_eq!(wait(control.stop()).unwrap(), 1);
    assert_eq!(raw.receive(), None);
    let refused = std::net::TcpStream::connect(&address).unwrap_err();
    assert_eq!(refused.kind(), std::io::ErrorKind::ConnectionRefused);
    assert_eq!(wait(control.stop()).unwrap(), 0);
    wait(control.start()).unwrap();
    wait(control.start()).unwrap();
    assert_eq!(bed.broker.bootstrap(), address);
    Raw::connect(&bed.broker).versions();
}

#[test]
fn a_broker_that_has_ended_takes_no_orders() {
    let (bed, control, _raw) = begin();
    let address = bed.broker.bootstrap();
    drop(bed);
    let error = wait(control.disconnect()).unwrap_err().to_string();
    assert_eq!(error, format!("the embedded broker at {address} has ended"));
}
