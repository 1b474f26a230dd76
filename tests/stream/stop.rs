use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

use kafkaefd::clients::kafka::Record;
use kafkaefd::context::{Context, Located};
use kafkaefd::embedded::{Stack, StackOptions};
use kafkaefd::error::Kind;
use kafkaefd::settings::Settings;
use kafkaefd::stream::{Message, Options, Pipeline, Reset, Stage, StageError, run_all, stages};

use super::fixture::{
    beside, context, create, numbers, produce, read, run, start_at_end, text_pipeline, texts,
    to_end,
};

#[test]
fn a_stopped_pipeline_drains_and_the_next_goes_on_without_loss_or_gap() {
    let context = context();
    create(&context, &["in", "out"], 3);
    produce(&context, "in", numbers(0..5000));
    let mut total = 0;
    for stop_at in [700, 1500] {
        let first = beside(&context);
        let cancel = first.cancel();
        let mut seen = 0;
        let pipeline =
            Pipeline::new(vec!["in".to_owned()], Options { until_end: false, ..to_end() })
                .stage(stages::Filter(move |_: &Message| {
                    seen += 1;
                    if seen == stop_at {
                        cancel.cancel();
                    }
                    true
                }))
                .stage(stages::To("out".into()));
        let [consumed, produced, ..] = run(&first, pipeline).unwrap();
        assert_eq!((consumed, produced), (stop_at, stop_at));
        total += consumed;
    }
    let [consumed, ..] = run(&context, text_pipeline(to_end())).unwrap();
    assert_eq!(consumed + total, 5000, "neither a gap nor a record twice");
    let out = texts(&context, "out");
    assert_eq!(out.len(), 5000);
    assert_eq!(out.iter().collect::<HashSet<_>>().len(), 5000);
}

#[test]
fn order_is_kept_in_each_partition() {
    let context = context();
    create(&context, &["in", "out"], 1);
    produce(&context, "in", numbers(0..2000));
    // So little may be in flight that reading pauses again and again.
    let options = Options { in_flight_bytes: 2000, ..to_end() };
    assert_eq!(run(&context, text_pipeline(options)).unwrap(), [2000, 2000, 0, 0]);
    let expected: Vec<String> = (0..2000).map(|number| number.to_string()).collect();
    assert_eq!(texts(&context, "out"), expected);
}

#[test]
fn a_group_that_starts_at_the_end_keeps_that_place() {
    let context = context();
    create(&context, &["in", "out"], 1);
    produce(&context, "in", numbers(0..5));
    let latest = Options { reset: Reset::Latest, ..to_end() };
    start_at_end(&context);
    produce(&context, "in", numbers(5..8));
    assert_eq!(run(&context, text_pipeline(latest)).unwrap(), [3, 3, 0, 0]);
    assert_eq!(texts(&context, "out"), ["5", "6", "7"]);
}

#[test]
fn rewind_reads_everything_again() {
    let context = context();
    create(&context, &["in", "out"], 1);
    produce(&context, "in", numbers(0..3));
    assert_eq!(run(&context, text_pipeline(to_end())).unwrap()[0], 3);
    assert_eq!(run(&context, text_pipeline(to_end())).unwrap()[0], 0);
    let rewind = Options { reset: Reset::Rewind, ..to_end() };
    assert_eq!(run(&context, text_pipeline(rewind)).unwrap()[0], 3);
    assert_eq!(texts(&context, "out"), ["0", "1", "2", "0", "1", "2"]);
}

#[test]
fn members_of_a_group_share_the_partitions() {
    let context = context();
    create(&context, &["in", "out"], 4);
    produce(&context, "in", numbers(0..4000));
    let left = Arc::new(AtomicUsize::new(4000));
    let member = || {
        let (left, cancel) = (left.clone(), context.cancel());
        Pipeline::new(vec!["in".to_owned()], Options { until_end: false, ..to_end() })
            .stage(stages::Filter(move |_: &Message| {
                if left.fetch_sub(1, Ordering::SeqCst) == 1 {
                    cancel.cancel();
                }
                true
            }))
            .stage(stages::To("out".into()))
    };
    let done = run_all(&context, vec![member(), member()]).unwrap();
    assert_eq!(done.iter().map(|summary| summary.consumed).sum::<u64>(), 4000);
    let beside = beside(&context);
    let out = read(&beside, "out");
    assert_eq!(out.len(), 4000);
}

/// Others would read again what was done here.
#[test]
fn a_rebalance_does_not_keep_the_last_offsets_from_being_committed() {
    let stack = crate::support::Stack::new();
    let make = r#"
        for topic in ["in", "out"] { kafka::create_topic(topic); }
        for number in 0..3 { kafka::producer().deliver("in", `${number}`); }"#;
    stack.script(make).success();
    let copy = r#"print(stream::from("in", #{ group: "g", to: "end" }).to("out").run().consumed);"#;
    stack.faults().fail("OffsetCommit", "REBALANCE_IN_PROGRESS", 3).unwrap();
    stack.script(copy).stdout("3\n").stderr("").success();
    assert!(stack.faults().requests_of("OffsetCommit").unwrap() > 3);
    stack.script(copy).stdout("0\n").success();
}

/// Makes more of its one input than the producer's queue holds, once the broker is gone.
struct Flood {
    stack: Option<Stack>,
    started: Sender<()>,
}

impl Stage for Flood {
    fn name(&self) -> &'static str {
        "flood"
    }

    fn apply(
        &mut self,
        _origin: &Record,
        message: Message,
        out: &mut Vec<Message>,
    ) -> Result<(), StageError> {
        self.stack = None;
        out.extend(std::iter::repeat_n(message, 1000));
        let _ = self.started.send(());
        Ok(())
    }
}

#[test]
fn a_stop_comes_through_a_full_queue() {
    let stack = Stack::start(&StackOptions::default()).unwrap();
    let endpoints = stack.endpoints();
    let locate = move |_: &Settings| Ok(Located { endpoints: endpoints.clone(), keep: Vec::new() });
    let context = Context::new(Settings::default(), Box::new(locate));
    create(&context, &["in", "out"], 1);
    produce(&context, "in", [Some(vec![b'x'; 100_000])]);
    let options = Options { drain: Duration::from_millis(500), until_end: false, ..to_end() };
    let (started, flooded) = channel();
    let pipeline = Pipeline::new(vec!["in".to_owned()], options)
        .stage(Flood { stack: Some(stack), started })
        .stage(stages::To("out".into()));
    let cancel = context.cancel();
    let start = Instant::now();
    std::thread::spawn(move || {
        flooded.recv().unwrap();
        cancel.cancel();
    });
    let failure = run(&context, pipeline).unwrap_err();
    assert_eq!(failure.kind, Kind::Timeout);
    let (start_of, rest) = failure.message.split_once(" while ").unwrap();
    assert_eq!(start_of, "stopped the pipeline `g`");
    let sent: usize = rest.split(' ').next().unwrap().parse().unwrap();
    assert!(sent < 1000, "the queue was never full: {sent}");
    assert!(start.elapsed() < Duration::from_secs(240), "{:?}", start.elapsed());
}
