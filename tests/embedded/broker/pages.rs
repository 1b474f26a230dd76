//! Topics and their partitions, a page at a time.

use kafka_protocol::messages::DescribeTopicPartitionsRequest;
use kafka_protocol::messages::describe_topic_partitions_request::{Cursor, TopicRequest};

use super::codes::sample::{creatable, made};
use super::raw::Raw;
use super::versions::topic;
use crate::support::on_each_stack;

on_each_stack! {
    /// The same pages from both: who reads all of them has seen each partition once.
    fn pages_follow_each_other(stack: &Stack) {
        let (east, west) = (stack.name("bills-east"), stack.name("bills-west"));
        made(stack, creatable(&east, 3));
        made(stack, creatable(&west, 4));
        let mut raw = Raw::to(stack.broker());
        let names = [&west, &east].map(|name| TopicRequest::default().with_name(topic(name)));
        let mut request = DescribeTopicPartitionsRequest::default()
            .with_topics(names.to_vec())
            .with_response_partition_limit(2)
            .with_cursor(None);
        let mut pages = Vec::new();
        loop {
            let answer = raw.call(0, &request);
            let mut page = Vec::new();
            for topic in answer.topics {
                let short = if **topic.name.as_ref().unwrap() == *east { "east" } else { "west" };
                let partitions: Vec<_> =
                    topic.partitions.iter().map(|one| one.partition_index).collect();
                page.push(format!("{short} {partitions:?}"));
            }
            pages.push(page.join(", "));
            let Some(next) = answer.next_cursor else { break };
            let cursor = Cursor::default().with_topic_name(next.topic_name);
            request.cursor = Some(cursor.with_partition_index(next.partition_index));
        }
        assert_eq!(pages, ["east [0, 1]", "east [2], west [0]", "west [1, 2]", "west [3]"]);
    }
}
