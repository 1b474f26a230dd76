use std::time::Duration;

use kafkaefd::context::Context;
use kafkaefd::stream::{Options, Reset};
use rdkafka::admin::{AdminClient, AdminOptions};
use rdkafka::client::DefaultClientContext;
use rdkafka::{ClientConfig, Offset, TopicPartitionList};

use super::fixture::{
    context, create, numbers, produce, run, start_at_end, text_pipeline, texts, to_end,
};

/// Removes the records of `in` before `offset`.
fn cut(context: &Context, offset: i64) {
    let mut config = ClientConfig::new();
    config.set("bootstrap.servers", context.endpoints().unwrap().broker().unwrap());
    let admin: AdminClient<DefaultClientContext> = config.create().unwrap();
    let mut offsets = TopicPartitionList::new();
    offsets.add_partition_offset("in", 0, Offset::Offset(offset)).unwrap();
    let options = AdminOptions::new();
    let deletion = admin.delete_records(&offsets, &options);
    context.wait("delete records", Duration::from_secs(120), deletion).unwrap().unwrap();
}

#[test]
fn a_group_that_started_at_the_end_skips_nothing_later_on() {
    let context = context();
    create(&context, &["in", "out"], 1);
    let latest = Options { reset: Reset::Latest, ..to_end() };
    start_at_end(&context);
    produce(&context, "in", numbers(0..5));
    cut(&context, 2);
    // The group's place, 0, is no longer in the log; what is left of the log is still news to it.
    assert_eq!(run(&context, text_pipeline(latest)).unwrap(), [3, 3, 0, 0]);
    assert_eq!(texts(&context, "out"), ["2", "3", "4"]);
}

#[test]
fn a_drain_may_be_longer_than_the_clock() {
    let context = context();
    create(&context, &["in", "out"], 1);
    produce(&context, "in", numbers(0..3));
    let options = Options { drain: Duration::MAX, ..to_end() };
    assert_eq!(run(&context, text_pipeline(options)).unwrap(), [3, 3, 0, 0]);
}
