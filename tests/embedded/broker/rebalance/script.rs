//! A script whose consumer leaves the assignment to the broker (KIP-848).

use crate::support::on_each_stack;

on_each_stack! {
    fn a_script_reads_and_commits(stack: &Stack) {
        stack
            .script(
                r#"
                kafka::create_topic("orders-######", #{ partitions: 3 });
                let producer = kafka::producer();
                for i in 0..6 {
                    producer.send("orders-######", #{ value: `${i}`, partition: i % 3 });
                }
                producer.flush();
                let config = #{ "group.protocol": "consumer" };
                let options = #{ group: "clerks-######", config: config, from: "earliest", max: 6 };
                let consumer = kafka::consumer(["orders-######"], options);
                let read = 0;
                for record in consumer {
                    read += 1;
                }
                consumer.commit();
                print(read);
                print(kafka::groups().filter(|group| group.group == "clerks-######"));
                "#,
            )
            .stdout(
                "6\n[#{\"group\": \"clerks-######\", \"state\": \"Stable\", \
                 \"type\": \"consumer\"}]\n",
            )
            .success();
    }
}
