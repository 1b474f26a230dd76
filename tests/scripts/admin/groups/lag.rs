//! `admin groups lag`.

use rdkafka::Offset;
use rdkafka::consumer::{CommitMode, Consumer};
use rdkafka::topic_partition_list::TopicPartitionList;
use serde_json::Value;

use super::{member, orders};
use crate::support::{on_bed, on_each_stack};

on_each_stack! {
    fn records_between_committed_and_end(stack: &Stack) {
        orders(stack, &[("clerks", 0), ("auditors", 3)]);
        stack
            .kafkaefd()
            .args(["admin", "groups", "lag", "-f", ".*-######", "--no-behind"])
            .stdout(
                "group            topic          partition  committed  end  lag\n\
                 auditors-######  orders-######          0          3    3    0\n\
                 auditors-######  orders-######          1          3    3    0\n\
                 clerks-######    orders-######          0          0    3    3\n\
                 clerks-######    orders-######          1          0    3    3\n",
            )
            .stderr("")
            .success();
        stack
            .kafkaefd()
            .args(["admin", "groups", "lag", "clerks-######", "--total", "--no-behind"])
            .stdout("group          partitions  lag\nclerks-######           2    6\n")
            .stderr("")
            .success();
    }

    /// Seconds are those since the oldest unread record was written.
    fn seconds_since_the_oldest_unread_record(stack: &Stack) {
        stack
            .script(
                r#"
                let topic = "orders-######";
                kafka::create_topic(topic, #{ partitions: 2 });
                let now = time::now();
                let producer = kafka::producer();
                for age in [3600, 600, 60] {
                    let time = now - age * 1000;
                    producer.send(topic, #{ value: `${age}`, partition: 0, timestamp: time });
                }
                producer.flush();
                for offset in 0..4 {
                    let group = `readers${offset}-######`;
                    kafka::reset_group(group, #{ to: offset, topics: topic, create: true });
                }
                "#,
            )
            .success();
        let output = stack
            .kafkaefd()
            .args(["admin", "groups", "lag", "-f", "readers.-######", "--output", "json"])
            .stderr("")
            .success();
        let rows: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
        let lags: Vec<_> = rows.iter().map(|row| row["lag"].as_i64().unwrap()).collect();
        assert_eq!(lags, [3, 0, 2, 0, 1, 0, 0, 0]);
        for (row, written) in rows.iter().zip([3600.0, 0.0, 600.0, 0.0, 60.0, 0.0, 0.0, 0.0]) {
            let behind = row["behind"].as_f64().unwrap();
            let late = behind - written;
            assert!(late == 0.0 || (written > 0.0 && late > 0.0 && late < 600.0), "{row}");
        }
    }

    fn nobody_is_behind(stack: &Stack) {
        stack
            .kafkaefd()
            .args(["admin", "groups", "lag", "-f", "nobody-######"])
            .stdout("no groups in profile custom\n")
            .success();
        orders(stack, &[("clerks", 0)]);
        stack
            .kafkaefd()
            .args(["admin", "groups", "lag", "clerks-######", "clarks-######"])
            .stdout("")
            .stderr(
                "error: cannot read the lag of 2 groups: group `clarks-######` does not exist\n\
                 help: did you mean `clerks-######`?\n"
            )
            .code(1);
    }
}

on_each_stack! {
    /// The lag of a group to which the broker assigns (KIP-848), with members and without.
    fn of_a_group_of_the_new_protocol(stack: &Stack) {
        orders(stack, &[]);
        let reader = member(stack, "novices", &[("group.protocol", "consumer")]);
        let mut list = TopicPartitionList::new();
        list.add_partition_offset(&stack.name("orders"), 0, Offset::Offset(1)).unwrap();
        list.add_partition_offset(&stack.name("orders"), 1, Offset::Offset(2)).unwrap();
        reader.commit(&list, CommitMode::Sync).unwrap();
        let lag = || {
            stack
                .kafkaefd()
                .args(["admin", "groups", "lag", "novices-######", "--no-behind"])
                .stdout(
                    "group           topic          partition  committed  end  lag\n\
                     novices-######  orders-######          0          1    3    2\n\
                     novices-######  orders-######          1          2    3    1\n",
                )
                .success();
        };
        lag();
        drop(reader);
        lag();
    }
}

on_bed! {
    /// The same numbers as Kafka's own tool tells.
    fn kafkas_tool_agrees(bed: &Bed) {
        let stack = bed.stack();
        orders(&stack, &[("clerks", 1)]);
        let broker = stack.broker();
        let group = stack.name("clerks");
        let tool = "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand";
        let told =
            bed.tool(&[tool, "--bootstrap-server", broker, "--describe", "--group", &group]);
        let mut told: Vec<Vec<&str>> = told
            .lines()
            .filter(|line| line.starts_with(&group))
            .map(|line| line.split_whitespace().skip(1).take(5).collect())
            .collect();
        told.sort();
        let topic = stack.name("orders");
        assert_eq!(told, [[&topic, "0", "1", "3", "2"], [&topic, "1", "1", "3", "2"]]);
        stack
            .kafkaefd()
            .args(["admin", "groups", "lag", "clerks-######", "--no-behind"])
            .stdout(
                "group          topic          partition  committed  end  lag\n\
                 clerks-######  orders-######          0          1    3    2\n\
                 clerks-######  orders-######          1          1    3    2\n",
            )
            .success();
    }
}
