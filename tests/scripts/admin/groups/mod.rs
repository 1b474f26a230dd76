//! `admin groups`.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use rdkafka::ClientConfig;
use rdkafka::consumer::{BaseConsumer, Consumer};

use crate::support::Stack;

mod delete;
mod lag;
mod list;
mod reset;
mod show;

/// A topic `orders-######` with two partitions and three records in each, and groups that have read
/// it up to an offset.
fn orders(stack: &Stack, groups: &[(&str, i64)]) {
    let mut script = String::from(
        r#"
        kafka::create_topic("orders-######", #{ partitions: 2 });
        let producer = kafka::producer();
        for i in 0..6 {
            producer.send("orders-######", #{ value: `${i}`, partition: i % 2 });
        }
        producer.flush();
        "#,
    );
    for (group, offset) in groups {
        let options = format!("#{{ to: {offset}, topics: \"orders-######\", create: true }}");
        writeln!(script, "kafka::reset_group(\"{group}-######\", {options});").unwrap();
    }
    stack.script(&script).success();
}

/// A member of the group `group-######` that reads `orders-######`, once it has partitions.
fn member(stack: &Stack, group: &str, options: &[(&str, &str)]) -> BaseConsumer {
    let mut config = ClientConfig::new();
    config.set("bootstrap.servers", stack.broker()).set("group.id", stack.name(group));
    config.set("client.id", "reader").set("enable.auto.commit", "false");
    for (name, value) in options {
        config.set(*name, *value);
    }
    let member: BaseConsumer = config.create().unwrap();
    member.subscribe(&[&stack.name("orders")]).unwrap();
    let end = Instant::now() + Duration::from_secs(120);
    while member.assignment().unwrap().count() == 0 {
        member.poll(Duration::from_millis(20));
        assert!(Instant::now() < end, "the member got no partitions");
    }
    member
}
