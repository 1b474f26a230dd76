use kafkaefd::error::Kind;
use kafkaefd::stream::Options;

use super::fixture::{context, create, produce, read, run, text_pipeline, texts, to_end};

fn with_dead_letters() -> Options {
    Options { dead_letters: Some("dead".to_owned()), ..to_end() }
}

/// Every 101st value is no text, each in its own way.
fn mixed() -> Vec<Option<Vec<u8>>> {
    let value = |number: usize| match number % 101 {
        100 => [&[0xff, 0x00, b'\n'][..], number.to_string().as_bytes()].concat(),
        _ => number.to_string().into_bytes(),
    };
    (0..10_100).map(|number| Some(value(number))).collect()
}

#[test]
fn a_hundred_bad_among_ten_thousand_good_are_dead_letters_byte_for_byte() {
    let context = context();
    create(&context, &["in", "out", "dead"], 1);
    produce(&context, "in", mixed());
    let counts = run(&context, text_pipeline(with_dead_letters())).unwrap();
    assert_eq!(counts, [10_100, 10_000, 0, 100]);

    let input = read(&context, "in");
    let (bad, good): (Vec<_>, Vec<_>) =
        input.iter().partition(|record| record.value().unwrap()[0] == 0xff);
    let out = read(&context, "out");
    assert_eq!(out.len(), good.len());
    for (out, good) in out.iter().zip(good) {
        assert_eq!(
            (out.key(), out.value(), out.timestamp(), out.headers()),
            (good.key(), good.value(), good.timestamp(), good.headers())
        );
    }
    let dead = read(&context, "dead");
    assert_eq!((dead.len(), bad.len()), (100, 100));
    for (dead, bad) in dead.iter().zip(bad) {
        assert_eq!(
            (dead.key(), dead.value(), dead.timestamp()),
            (bad.key(), bad.value(), bad.timestamp())
        );
        assert_eq!(dead.headers()[..1], bad.headers()[..]);
    }
}

#[test]
fn a_dead_letter_says_what_was_wrong() {
    let context = context();
    create(&context, &["in", "out", "dead"], 1);
    produce(&context, "in", [Some(b"good"), Some(b"\xffbad")]);
    run(&context, text_pipeline(with_dead_letters())).unwrap();
    let dead = read(&context, "dead");
    let text = |bytes: &Option<bytes::Bytes>| match bytes {
        Some(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        None => "null".to_owned(),
    };
    let mut headers: Vec<(String, String)> =
        dead[0].headers().iter().map(|(name, value)| (name.clone(), text(value))).collect();
    let run_id = headers.iter_mut().find(|(name, _)| name == "kafkaefd.run.id").unwrap();
    assert_eq!(run_id.1.len(), 16);
    run_id.1 = "RUN".to_owned();
    let expected = [
        ("n", "1"),
        ("__connect.errors.topic", "in"),
        ("__connect.errors.partition", "0"),
        ("__connect.errors.offset", "1"),
        ("__connect.errors.connector.name", "g"),
        ("__connect.errors.task.id", "0"),
        ("__connect.errors.stage", "TRANSFORMATION"),
        ("__connect.errors.class.name", "map"),
        ("__connect.errors.exception.class.name", "kafkaefd.invalid"),
        ("__connect.errors.exception.message", "invalid utf-8 sequence of 1 bytes from index 0"),
        ("__connect.errors.exception.stacktrace", ""),
        ("kafkaefd.script.sha256", "null"),
        ("kafkaefd.run.id", "RUN"),
        ("kafkaefd.schema.id", "null"),
        ("kafkaefd.attempt", "1"),
        ("kafkaefd.original.timestamp", "1700000000001"),
    ];
    let expected: Vec<(String, String)> =
        expected.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    assert_eq!(headers, expected);
}

#[test]
fn tombstones_are_skipped_and_counted() {
    let context = context();
    create(&context, &["in", "out"], 1);
    produce(&context, "in", [Some("a"), None, Some("b"), None]);
    assert_eq!(run(&context, text_pipeline(to_end())).unwrap(), [4, 2, 2, 0]);
    assert_eq!(texts(&context, "out"), ["a", "b"]);
}

#[test]
fn without_dead_letters_a_bad_record_ends_the_run_and_is_not_lost() {
    let context = context();
    create(&context, &["in", "out", "dead"], 1);
    produce(&context, "in", [&b"one"[..], b"\xff", b"two"].map(Some));
    let failure = run(&context, text_pipeline(to_end())).unwrap_err();
    assert_eq!(failure.kind, Kind::Invalid);
    assert_eq!(
        failure.message,
        "cannot process in[0]@1 in map: invalid utf-8 sequence of 1 bytes from index 0"
    );
    assert_eq!(
        failure.remedy.as_deref(),
        Some("give the pipeline .dead_letters(topic), so that such a record does not stop it")
    );
    let counts = run(&context, text_pipeline(with_dead_letters())).unwrap();
    assert_eq!(counts, [2, 1, 0, 1], "the second run starts at the bad record");
    assert_eq!(texts(&context, "out"), ["one", "two"]);
}

#[test]
fn more_dead_letters_than_allowed_end_the_run() {
    let context = context();
    create(&context, &["in", "out", "dead"], 1);
    produce(&context, "in", (0..10).map(|_| Some(b"\xff")));
    let options = Options { max_dead_letters: Some(3), ..with_dead_letters() };
    let failure = run(&context, text_pipeline(options)).unwrap_err();
    assert_eq!((failure.kind, failure.kind.exit_code()), (Kind::DeadLetters, 3));
    assert_eq!(failure.message, "stopped the pipeline `g`: more than 3 dead letters");
    assert_eq!(read(&context, "dead").len(), 4);
}

#[test]
fn a_storm_of_dead_letters_ends_the_run() {
    let context = context();
    create(&context, &["in", "out", "dead"], 1);
    let value = |number: usize| if number.is_multiple_of(10) { &b"\xff"[..] } else { b"good" };
    produce(&context, "in", (0..2000).map(|number| Some(value(number))));
    let failure = run(&context, text_pipeline(with_dead_letters())).unwrap_err();
    assert_eq!(failure.kind, Kind::DeadLetters);
    assert_eq!(
        failure.message,
        "stopped the pipeline `g`: 51 of the last 501 records are dead letters, allowed are 5 % of 1000"
    );
}
