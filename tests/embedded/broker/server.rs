//! The broker as a whole: starting, stopping, many clients, waiting without work.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use kafkaefd::embedded::broker::Broker;
use kafkaefd::error::{Failure, Kind};
use rdkafka::producer::FutureRecord;
use rdkafka::topic_partition_list::Offset;

use super::fixture::{Bed, SOON, payload, take, wait};
use super::raw::Raw;

#[test]
fn a_taken_port_is_an_error_that_names_it() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let failure = Failure::from(Broker::start(port).unwrap_err());
    let expected =
        format!("cannot start the embedded broker on 127.0.0.1:{port}: the port is taken");
    assert_eq!((failure.kind, failure.message), (Kind::AlreadyExists, expected));
    let remedy =
        format!("stop what listens on port {port}, give another port, or 0 for any free one");
    assert_eq!(failure.remedy, Some(remedy));
}

#[test]
fn a_dropped_broker_closes_its_port_and_its_connections() {
    let bed = Bed::new();
    let address = bed.broker.bootstrap();
    bed.topic("orders", 1);
    let _waiting = bed.reader("orders", Offset::Beginning, &[]);
    let mut raw = Raw::connect(&bed.broker);
    raw.versions();
    let begun = Instant::now();
    drop(bed);
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
    assert_eq!(raw.receive(), None);
    TcpListener::bind(address).unwrap();
}

#[test]
fn a_broker_stops_inside_a_runtime_of_others() {
    wait(async {
        let broker = Broker::start(0).unwrap();
        drop(broker);
    });
}

#[test]
fn many_clients_at_once() {
    let bed = Bed::new();
    bed.topic("orders", 1);
    std::thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| bed.send("orders", &["a", "b", "c", "d", "e"]));
        }
    });
    let records = take(&bed.reader("orders", Offset::Beginning, &[]), 80);
    let count = |text| records.iter().filter(|record| payload(record) == text).count();
    assert_eq!(["a", "b", "c", "d", "e"].map(count), [16; 5]);
}

#[test]
fn a_waiting_reader_gets_a_record_at_once() {
    let bed = Bed::new();
    bed.topic("orders", 1);
    let consumer = bed.reader("orders", Offset::Beginning, &[("fetch.wait.max.ms", "50000")]);
    let producer = bed.producer(&[("linger.ms", "0")]);
    let mut fastest = SOON;
    for _ in 0..20 {
        let begun = Instant::now();
        let record = FutureRecord::<str, str>::to("orders").payload("a");
        wait(producer.send(record, SOON)).unwrap();
        take(&consumer, 1);
        fastest = fastest.min(begun.elapsed());
    }
    // Far less than `fetch.wait.max.ms`: the append woke the reader.
    assert!(fastest < Duration::from_secs(25), "{fastest:?}");
}
