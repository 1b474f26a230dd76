//! Several worker threads in one member.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

use kafkaefd::error::{Failure, Kind};
use kafkaefd::stream::{Message, Options, Pipeline, Stage, StageError, stages};

use super::fixture::{context, create, numbers, produce, read, run, texts, to_end};

/// A pipeline of so many workers, each with `stage` and the target `out`.
fn with_workers<S: Stage + 'static>(
    workers: usize,
    options: Options,
    stage: impl Fn() -> S,
) -> Pipeline<'static> {
    let mut pipeline = Pipeline::new(vec!["in".to_owned()], options);
    pipeline.chains.clear();
    (0..workers).fold(pipeline, |pipeline, _| {
        pipeline.worker(vec![Box::new(stage()), Box::new(stages::To("out".into()))])
    })
}

#[test]
fn four_workers_keep_the_order_of_each_partition() {
    let context = context();
    create(&context, &["in", "out"], 6);
    produce(&context, "in", numbers(0..6000));
    let stage = || stages::Map(|message: Message| Ok(Some(message)));
    assert_eq!(run(&context, with_workers(4, to_end(), stage)).unwrap(), [6000, 6000, 0, 0]);
    let mut last = BTreeMap::new();
    let out = read(&context, "out");
    assert_eq!(out.len(), 6000);
    // The key decides the partition of both topics: each goes into one.
    for record in out {
        let number: u32 = std::str::from_utf8(record.value().unwrap()).unwrap().parse().unwrap();
        let before = last.insert(record.partition(), number);
        assert!(before < Some(number), "{before:?} before {number}");
    }
}

/// `hold` is in one partition, everything else goes by it, also where there is one worker.
#[test]
fn a_fault_that_may_pass_holds_back_its_partition_only() {
    for workers in [1, 2] {
        let context = context();
        create(&context, &["in", "out"], 6);
        let values = (0..600).map(|n| Some(if n == 0 { "hold".to_owned() } else { n.to_string() }));
        produce(&context, "in", values);
        let down = Arc::new(AtomicBool::new(true));
        let seen = Arc::new(AtomicBool::new(false));
        let stage = || {
            let (down, seen) = (down.clone(), seen.clone());
            stages::Map(move |message: Message| {
                let text = message.value.as_ref().map(|value| value.bytes().clone());
                if text.as_deref() == Some(b"hold") && down.load(SeqCst) {
                    seen.store(true, SeqCst);
                    let why = Failure::new(Kind::Unreachable, "the registry is down");
                    return Err(StageError::Transient(why));
                }
                Ok(Some(message))
            })
        };
        let others = {
            let input = read(&context, "in");
            let held = input.iter().find(|r| r.value().unwrap().as_ref() == b"hold").unwrap();
            input.iter().filter(|record| record.partition() != held.partition()).count()
        };
        std::thread::scope(|scope| {
            let running =
                scope.spawn(|| run(&context, with_workers(workers, to_end(), stage)).unwrap());
            while texts(&context, "out").len() < others || !seen.load(SeqCst) {
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
            assert_eq!(texts(&context, "out").len(), others, "nothing passes the one that is held");
            down.store(false, SeqCst);
            assert_eq!(running.join().unwrap(), [600, 600, 0, 0]);
        });
    }
}
