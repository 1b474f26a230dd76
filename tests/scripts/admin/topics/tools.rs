//! Kafka's own tools read what kafkaefd wrote, and the reverse.

use super::calls::topics;
use crate::support::{Bed, on_bed};

/// Kafka's tool for topics; its words, blanks squeezed.
fn topic_tool(bed: &Bed, args: &[&str]) -> String {
    let broker = bed.get("KAFKA");
    let class = ["org.apache.kafka.tools.TopicCommand", "--bootstrap-server", broker];
    squeezed(&bed.tool(&[&class[..], args].concat()))
}

/// Kafka's tool for configs of `topic`.
fn config_tool(bed: &Bed, topic: &str, args: &[&str]) -> String {
    let broker = bed.get("KAFKA");
    let class = ["kafka.admin.ConfigCommand", "--bootstrap-server", broker];
    let entity = ["--entity-type", "topics", "--entity-name", topic];
    squeezed(&bed.tool(&[&class[..], &entity, args].concat()))
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

on_bed! {
    fn kafka_reads_the_topics_that_kafkaefd_makes(bed: &Bed) {
        let stack = bed.stack();
        let topic = bed.name("dome");
        let args = ["create", "dome-######", "-p", "3", "-c", "retention.ms=5000"];
        topics(&stack, &args).success();
        topics(&stack, &["config", "dome-######", "--set", "cleanup.policy", "compact"]).success();
        topics(&stack, &["config", "dome-######", "--unset", "retention.ms"]).success();
        let described = topic_tool(bed, &["--describe", "--topic", &topic]);
        assert!(described.contains("PartitionCount: 3 ReplicationFactor: 1"), "{described}");
        let configs = config_tool(bed, &topic, &["--describe"]);
        assert!(configs.contains("cleanup.policy=compact"), "{configs}");
        assert!(!configs.contains("retention.ms"), "{configs}");
        topics(&stack, &["partition", "dome-######", "5"]).success();
        let described = topic_tool(bed, &["--describe", "--topic", &topic]);
        assert!(described.contains("PartitionCount: 5"), "{described}");
        topics(&stack, &["delete", "dome-######", "--yes"]).success();
        let listed = topic_tool(bed, &["--list"]);
        assert!(!listed.contains(&topic), "{listed}");
    }

    fn kafkaefd_reads_the_topics_that_kafka_makes(bed: &Bed) {
        let stack = bed.stack();
        let topic = bed.name("mount");
        let args = ["--create", "--topic", &topic, "--partitions", "2"];
        topic_tool(bed, &[&args[..], &["--config", "retention.ms=5000"]].concat());
        config_tool(bed, &topic, &["--alter", "--add-config", "cleanup.policy=[compact,delete]"]);
        topics(&stack, &["list", "--config", "-f", "mount-######"])
            .stdout(
                "topic         partitions  replication  config\n\
                 mount-######           2            1  cleanup.policy=compact,delete \
                 retention.ms=5000\n",
            )
            .stderr("")
            .success();
        topic_tool(bed, &["--delete", "--topic", &topic]);
        topics(&stack, &["list", "-f", "mount-######"])
            .stdout("no topics in profile custom\n")
            .success();
    }

    fn records_that_kafkaefd_deletes_are_gone_for_kcat(bed: &Bed) {
        let stack = bed.stack();
        let topic = bed.name("dome");
        topics(&stack, &["create", "dome-######"]).success();
        let fill = "let producer = kafka::producer();\n\
                    for i in 0..4 { producer.deliver(\"dome-######\", `record ${i}`) }";
        stack.script(fill).success();
        topics(&stack, &["delete-records", "dome-######", "--before", "3", "--yes"]).success();
        let left = bed.kcat(&["-C", "-q", "-e", "-o", "beginning", "-t", &topic]);
        assert_eq!(left, "record 3\n");
    }
}
