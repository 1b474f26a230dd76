//! Describing and changing configs.

use kafka_protocol::ResponseError as E;
use kafka_protocol::messages::alter_configs_request::{self as whole};
use kafka_protocol::messages::describe_configs_request::DescribeConfigsResource;
use kafka_protocol::messages::incremental_alter_configs_request::{
    AlterConfigsResource, AlterableConfig,
};
use kafka_protocol::messages::{
    AlterConfigsRequest, DescribeConfigsRequest, IncrementalAlterConfigsRequest,
};

use super::super::raw::Raw;
use super::super::versions::text;
use super::sample::{creatable, made};
use super::table::Table;
use crate::support::on_each_stack;

const TOPIC: i8 = 2;
const BROKER: i8 = 4;
const NOTHING: i8 = 99;

fn describe(raw: &mut Raw, kind: i8, name: &str) -> i16 {
    let wanted = DescribeConfigsResource::default()
        .with_resource_type(kind)
        .with_resource_name(text(name))
        .with_configuration_keys(None);
    let request = DescribeConfigsRequest::default().with_resources(vec![wanted]);
    raw.call(4, &request).results[0].error_code
}

/// A resource and changes: name, operation, value.
type Changes<'a> = (i8, &'a str, &'a [(&'a str, i8, Option<&'a str>)]);

fn change(raw: &mut Raw, (kind, name, changes): Changes) -> i16 {
    let config = |&(name, operation, value): &(&str, i8, Option<&str>)| {
        AlterableConfig::default()
            .with_name(text(name))
            .with_config_operation(operation)
            .with_value(value.map(text))
    };
    let wanted = AlterConfigsResource::default()
        .with_resource_type(kind)
        .with_resource_name(text(name))
        .with_configs(changes.iter().map(config).collect());
    let request = IncrementalAlterConfigsRequest::default().with_resources(vec![wanted]);
    // What is set for the broker would be there for other tests too.
    let request = request.with_validate_only(kind == BROKER);
    raw.call(1, &request).responses[0].error_code
}

fn replace(raw: &mut Raw, kind: i8, name: &str, config: (&str, Option<&str>)) -> i16 {
    let config =
        whole::AlterableConfig::default().with_name(text(config.0)).with_value(config.1.map(text));
    let wanted = whole::AlterConfigsResource::default()
        .with_resource_type(kind)
        .with_resource_name(text(name))
        .with_configs(vec![config]);
    let request = AlterConfigsRequest::default().with_resources(vec![wanted]);
    raw.call(2, &request).responses[0].error_code
}

const SET: i8 = 0;
const DELETE: i8 = 1;
const APPEND: i8 = 2;
const SUBTRACT: i8 = 3;

on_each_stack! {
    fn describing(stack: &Stack) {
        let mut table = Table::new(stack);
        let nobody = stack.name("nobody");
        let mut row = |what: &str, expected: Option<E>, kind, name: &str| {
            table.row(what, expected, |raw| describe(raw, kind, name));
        };
        row("no topic", Some(E::UnknownTopicOrPartition), TOPIC, &nobody);
        row("a bad topic", Some(E::InvalidTopicException), TOPIC, "a b");
        row("an unnamed topic", Some(E::InvalidTopicException), TOPIC, "");
        row("another broker", Some(E::InvalidRequest), BROKER, "7");
        row("a broker in letters", Some(E::InvalidRequest), BROKER, "seven");
        row("an unknown kind of thing", Some(E::InvalidRequest), NOTHING, "1");
        row("the broker", None, BROKER, "1");
        row("all brokers", None, BROKER, "");
        table.check();
    }

    fn changing(stack: &Stack) {
        let mut table = Table::new(stack);
        let name = stack.name("orders");
        made(stack, creatable(&name, 1));
        let nobody = stack.name("nobody");
        let mut row = |what: &str, expected: Option<E>, changes: Changes| {
            table.row(what, expected, |raw| change(raw, changes));
        };
        let one = [("retention.ms", SET, Some("1000"))];
        row("no topic", Some(E::UnknownTopicOrPartition), (TOPIC, &nobody, &one));
        row("a bad topic", Some(E::InvalidTopicException), (TOPIC, "a b", &one));
        row("an unnamed topic", Some(E::InvalidRequest), (TOPIC, "", &one));
        row("another broker", Some(E::InvalidRequest), (BROKER, "7", &one));
        row("an unknown kind of thing", Some(E::InvalidRequest), (NOTHING, "1", &one));
        let mut of_topic = |what: &str, expected: Option<E>, changes: &[_]| {
            row(what, expected, (TOPIC, &name, changes));
        };
        of_topic("an unknown key", Some(E::InvalidConfig), &[("colour", SET, Some("red"))]);
        of_topic("a key to forget", None, &[("colour", DELETE, None)]);
        of_topic("no number", Some(E::InvalidConfig), &[("retention.ms", SET, Some("soon"))]);
        of_topic("too low", Some(E::InvalidConfig), &[("retention.ms", SET, Some("-2"))]);
        of_topic("a word", Some(E::InvalidConfig), &[("compression.type", SET, Some("zip"))]);
        of_topic("neither", Some(E::InvalidConfig), &[("preallocate", SET, Some("maybe"))]);
        of_topic("a null", Some(E::InvalidRequest), &[("retention.ms", SET, None)]);
        of_topic("words for a number", Some(E::InvalidConfig), &[("retention.ms", APPEND, Some("1"))]);
        of_topic("less a number", Some(E::InvalidConfig), &[("retention.ms", SUBTRACT, Some("1"))]);
        of_topic("no policy left", None, &[("cleanup.policy", SUBTRACT, Some("delete"))]);
        let twice = [("retention.ms", SET, Some("1")), ("retention.ms", SET, Some("2"))];
        of_topic("a key twice", Some(E::InvalidRequest), &twice);
        of_topic("a policy more", None, &[("cleanup.policy", APPEND, Some("compact"))]);
        of_topic("back", None, &[("cleanup.policy", DELETE, None)]);
        let fixed = [("node.id", SET, Some("7"))];
        row("a fixed one of the broker", Some(E::InvalidRequest), (BROKER, "1", &fixed));
        let bad = [("log.retention.ms", SET, Some("soon"))];
        row("a bad one of the broker", Some(E::InvalidRequest), (BROKER, "1", &bad));
        table.check();
    }

    fn replacing(stack: &Stack) {
        let mut table = Table::new(stack);
        let name = stack.name("orders");
        made(stack, creatable(&name, 1));
        let nobody = stack.name("nobody");
        let mut row = |what: &str, expected: Option<E>, name: &str, config| {
            table.row(what, expected, |raw| replace(raw, TOPIC, name, config));
        };
        row("no topic", Some(E::UnknownTopicOrPartition), &nobody, ("retention.ms", Some("1")));
        row("an unknown key", Some(E::InvalidConfig), &name, ("colour", Some("red")));
        row("no number", Some(E::InvalidConfig), &name, ("retention.ms", Some("soon")));
        row("a null", Some(E::InvalidRequest), &name, ("retention.ms", None));
        row("a good one", None, &name, ("retention.ms", Some("1000")));
        table.check();
    }
}
