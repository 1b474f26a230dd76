//! The independent clients that other tests call as witnesses.

use crate::support::on_bed;

on_bed! {
    fn three_clients_see_the_same_topic(bed: &Bed) {
        let (topic, broker) = (bed.name("seen"), bed.get("KAFKA"));
        bed.kafkaefd()
            .env("BROKER", broker)
            .args(["admin", "topics", "create", "seen-######", "-p", "2"])
            .success();

        let tool = "org.apache.kafka.tools.TopicCommand";
        let line = [tool, "--bootstrap-server", broker, "--describe", "--topic", &topic];
        let described = bed.tool(&line);
        assert!(described.contains(&format!("Topic: {topic}\t")), "{described}");
        assert!(described.contains("PartitionCount: 2\tReplicationFactor: 1"), "{described}");

        let listed = bed.kcat(&["-L", "-t", &topic]);
        assert!(listed.contains(&format!("topic \"{topic}\" with 2 partitions:")), "{listed}");

        let script = "import sys\n\
            from confluent_kafka.admin import AdminClient\n\
            client = AdminClient({'bootstrap.servers': sys.argv[1]})\n\
            print(len(client.list_topics(sys.argv[2], timeout=30).topics[sys.argv[2]].partitions))";
        assert_eq!(bed.python(script, &[broker, &topic]), "2\n");
    }

    fn a_node_of_three_comes_back(bed: &Bed) {
        let _mine = bed.reserve("kafka3");
        let three = bed.up("kafka3");
        let topic = three.name("copied");
        three
            .kafkaefd()
            .env("BROKER", three.get("KAFKA3"))
            .args(["admin", "topics", "create", "copied-######"])
            .stdout(
                "topic          partitions  replication  result\n\
                 copied-######           1            3  created\n",
            )
            .success();
        let offline = || {
            let show = ["admin", "topics", "show", "copied-######", "--output", "json"];
            let call = three.kafkaefd().env("BROKER", three.get("KAFKA3_1"));
            let shown: serde_json::Value =
                serde_json::from_slice(&call.args(show).success().stdout).unwrap();
            shown["partitions"][0]["offline"].clone()
        };
        assert_eq!(offline(), serde_json::json!([]));
        let copies = |broker: &str| {
            let text = three.tool(&[
                "org.apache.kafka.tools.TopicCommand",
                "--bootstrap-server",
                broker,
                "--describe",
                "--topic",
                &topic,
            ]);
            let isr = text.split("Isr: ").nth(1).unwrap().split('\t').next().unwrap().to_owned();
            isr.split(',').count()
        };
        assert_eq!(copies(three.get("KAFKA3_1")), 3);
        three.stop("kafka3-2");
        while copies(three.get("KAFKA3_1")) != 2 {}
        assert_eq!(offline(), serde_json::json!([2]));
        three.up("kafka3-2");
        while copies(three.get("KAFKA3_1")) != 3 {}
    }
}
