//! A pipeline's surroundings: servers in this process, topics, records in and out.

use std::collections::BTreeMap;
use std::time::Duration;

use kafkaefd::clients::kafka::{
    Admin, Consumer, ConsumerOptions, Message, NewTopic, Producer, ProducerOptions, Record, Until,
};
use kafkaefd::context::{Context, Located};
use kafkaefd::embedded::{Stack, StackOptions};
use kafkaefd::error::Failure;
use kafkaefd::serve::health::Health;
use kafkaefd::settings::Settings;
use kafkaefd::stream::{Options, Pipeline, Reset, StageError, Summary, stages};

const PATIENCE: Duration = Duration::from_secs(120);

/// A run on a stack of its own.
pub fn context() -> Context {
    let settings = Settings { profile: "embedded".into(), ..Settings::default() };
    Context::new(
        settings,
        Box::new(|_| {
            let stack = Stack::start(&StackOptions::default()).unwrap();
            Ok(Located { endpoints: stack.endpoints(), keep: vec![Box::new(stack)] })
        }),
    )
}

/// Another run on the servers of `context`.
pub fn beside(context: &Context) -> Context {
    let endpoints = context.endpoints().unwrap().clone();
    let locate = move |_: &Settings| Ok(Located { endpoints: endpoints.clone(), keep: Vec::new() });
    Context::new(context.settings().clone(), Box::new(locate))
}

pub fn create(context: &Context, topics: &[&str], partitions: i32) {
    for topic in topics {
        let name = (*topic).to_owned();
        let new = NewTopic {
            name,
            partitions,
            replication: None,
            config: BTreeMap::new(),
            dry_run: false,
        };
        Admin::of(context).unwrap().create_topic(context, &new, PATIENCE).unwrap();
    }
}

/// Writes `values` to `topic`, each with the key `k<number>`; none is a tombstone.
pub fn produce<T: AsRef<[u8]>>(
    context: &Context,
    topic: &str,
    values: impl IntoIterator<Item = Option<T>>,
) {
    let producer = Producer::new(context, &ProducerOptions::default()).unwrap();
    for (number, value) in values.into_iter().enumerate() {
        let message = Message {
            key: Some(format!("k{number}").into_bytes().into()),
            value: value.map(|value| value.as_ref().to_vec().into()),
            headers: vec![("n".to_owned(), Some(number.to_string().into()))],
            timestamp: Some(1_700_000_000_000 + number as i64),
            partition: None,
        };
        producer.send(context, topic, &message).unwrap();
    }
    producer.flush(context, None).unwrap();
}

pub fn numbers(range: std::ops::Range<usize>) -> impl Iterator<Item = Option<String>> {
    range.map(|number| Some(number.to_string()))
}

/// All records of `topic`.
pub fn read(context: &Context, topic: &str) -> Vec<Record> {
    let options = ConsumerOptions { until: Some(Until::End), ..ConsumerOptions::default() };
    let consumer = Consumer::new(context, &[topic.to_owned()], options).unwrap();
    std::iter::from_fn(|| consumer.next(context).unwrap()).collect()
}

/// All values of `topic` as text.
pub fn texts(context: &Context, topic: &str) -> Vec<String> {
    let text = |record: &Record| String::from_utf8(record.value().unwrap().to_vec()).unwrap();
    read(context, topic).iter().map(text).collect()
}

/// Options of the group `g` that end where the topics end.
pub fn to_end() -> Options {
    Options { group: "g".to_owned(), until_end: true, ..Options::default() }
}

/// From `in` to `out`; a value that is no UTF-8 text is poison, a tombstone is dropped.
pub fn text_pipeline(options: Options) -> Pipeline<'static> {
    Pipeline::new(vec!["in".to_owned()], options)
        .stage(stages::Map(|message: kafkaefd::stream::Message| {
            let Some(value) = &message.value else { return Ok(None) };
            match std::str::from_utf8(value) {
                Ok(_) => Ok(Some(message)),
                Err(error) => Err(StageError::poison("invalid", error.to_string())),
            }
        }))
        .stage(stages::To("out".into()))
}

/// Runs `pipeline` and returns its counts: consumed, produced, skipped, dead letters.
pub fn run(context: &Context, pipeline: Pipeline<'_>) -> Result<[u64; 4], Failure> {
    let Summary { consumed, produced, skipped, dead_letters, .. } = pipeline.run(context)?;
    Ok([consumed, produced, skipped, dead_letters])
}

/// Lets the group `g` take its place at the end of `in`, and stops it before it reads anything.
pub fn start_at_end(context: &Context) {
    let idle = beside(context);
    let options = Options { reset: Reset::Latest, until_end: false, ..to_end() };
    std::thread::scope(|scope| {
        let running = scope.spawn(|| run(&idle, text_pipeline(options)).unwrap());
        // Ready once the group has its partitions, and so its place.
        let health = Health::of(&idle).unwrap();
        while !health.reading() {
            std::thread::sleep(Duration::from_millis(10));
        }
        idle.cancel().cancel();
        assert_eq!(running.join().unwrap(), [0, 0, 0, 0]);
    });
}
