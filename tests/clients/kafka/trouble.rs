//! Brokers that are not there, answer nonsense or never.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use kafkaefd::clients::kafka::{
    Admin, Consumer, ConsumerOptions, Message, Producer, ProducerOptions,
};
use kafkaefd::context::{Context, Located};
use kafkaefd::error::{Failure, Kind};
use kafkaefd::settings::{Endpoints, Settings};

/// A run against `broker`.
pub fn context(broker: &str, properties: &[(&str, &str)]) -> Context {
    let endpoints = Endpoints { broker: Some(broker.to_owned()), ..Endpoints::default() };
    let mut settings = Settings { endpoints, ..Settings::default() };
    for (name, value) in properties {
        settings.kafka.insert((*name).to_owned(), kafkaefd::settings::Secret::new(*value));
    }
    Context::new(
        settings,
        Box::new(|settings| {
            Ok(Located { endpoints: settings.endpoints.clone(), keep: Vec::new() })
        }),
    )
}

fn topics(context: &Context, timeout: Duration) -> Failure {
    Admin::of(context).unwrap().topics(context, timeout).unwrap_err()
}

#[test]
fn a_closed_port_ends_the_wait_early_with_the_reason() {
    let context = context("127.0.0.1:1", &[]);
    let start = Instant::now();
    let failure = topics(&context, Duration::from_secs(300));
    assert!(start.elapsed() < Duration::from_secs(100), "{:?}", start.elapsed());
    assert_eq!(failure.message, "cannot list topics of 127.0.0.1:1: connection refused");
    assert_eq!((failure.kind, failure.retriable), (Kind::Unreachable, true));
    let remedy = failure.remedy.unwrap();
    assert!(remedy.contains("--broker"), "{remedy}");
}

#[test]
fn a_server_that_never_answers_is_a_timeout() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = silent.local_addr().unwrap().to_string();
    let failure = topics(&context(&address, &[]), Duration::from_millis(600));
    assert_eq!(failure.kind, Kind::Timeout, "{failure}");
    assert_eq!(failure.message, format!("cannot list topics of {address}: no answer within 600ms"));
}

#[test]
fn a_server_without_tls_says_so_at_once() {
    let plain = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = plain.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        for stream in plain.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 512]);
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    });
    let context = context(&address, &[("security.protocol", "ssl")]);
    let start = Instant::now();
    let failure = topics(&context, Duration::from_secs(300));
    assert!(start.elapsed() < Duration::from_secs(100), "{:?}", start.elapsed());
    assert_eq!(failure.kind, Kind::Denied, "{failure}");
    let expected = format!("cannot list topics of {address}: SSL handshake failed");
    assert!(failure.message.starts_with(&expected), "{failure}");
}

#[test]
fn stopping_the_run_ends_a_wait_within_a_quarter_of_a_second() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let context = context(&silent.local_addr().unwrap().to_string(), &[]);
    let token = context.cancel();
    let stopped = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(300));
        token.cancel();
        Instant::now()
    });
    let failure = topics(&context, Duration::from_secs(300));
    let late = stopped.join().unwrap().elapsed();
    assert_eq!(failure.kind, Kind::Cancelled, "{failure}");
    // Long before the 300 s that the call may take.
    assert!(late < Duration::from_secs(100), "{late:?}");
}

#[test]
fn a_delivery_without_a_broker_fails_and_the_producer_lets_go() {
    let context = context("127.0.0.1:1", &[]);
    let options = ProducerOptions { timeout: Duration::from_millis(500), ..Default::default() };
    let producer = Producer::new(&context, &options).unwrap();
    let message = Message { value: Some(b"x".to_vec().into()), ..Message::default() };
    let failure = producer.deliver(&context, "t", &message).unwrap_err();
    assert_eq!(failure.message, "cannot deliver a record to topic `t`: connection refused");
    producer.send(&context, "t", &message).unwrap();
    let failure = producer.flush(&context, None).unwrap_err();
    assert_eq!(failure.message, "cannot deliver 2 records: connection refused");
    let start = Instant::now();
    drop(producer);
    assert!(start.elapsed() < Duration::from_secs(100), "{:?}", start.elapsed());
}

#[test]
fn a_consumer_without_a_broker_fails_where_it_is_made() {
    let context = context("127.0.0.1:1", &[]);
    let options = ConsumerOptions { patience: Duration::from_millis(500), ..Default::default() };
    let failure = Consumer::new(&context, &["t".to_owned()], options).err().unwrap();
    assert_eq!(failure.message, "cannot consume topic `t`: connection refused");
}
