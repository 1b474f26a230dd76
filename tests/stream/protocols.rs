//! How members of a group share partitions: classic, and as the broker says (KIP-848).

use crate::support::{Stack, on_each_stack};

/// One member at work, another that comes and goes; each input once.
const SHARE: &str = r#"
kafka::create_topic("in-######", #{ partitions: 4 });
kafka::create_topic("out-######", #{ partitions: 4 });
let producer = kafka::producer();
for number in 0..1000 { producer.send("in-######", #{ key: `${number}`, value: `${number}` }); }
producer.flush();
let pipeline = stream::from("in-######", #{ group: "share-######", group_protocol: "PROTOCOL" })
    .to("out-######");
let out = kafka::consumer("out-######");
let first = pipeline.start();
for number in 0..1000 { out.read(); }
let second = pipeline.start();
while kafka::describe_group("share-######").members.filter(|m| m.partitions.len() > 0).len() < 2 {
    time::sleep(0.1);
}
for number in 1000..2000 { producer.send("in-######", #{ key: `${number}`, value: `${number}` }); }
producer.flush();
for number in 0..1000 { out.read(); }
let moved = second.stop().consumed;
for number in 2000..3000 { producer.send("in-######", #{ key: `${number}`, value: `${number}` }); }
producer.flush();
for number in 0..1000 { out.read(); }
print(moved > 0);
print(moved + first.stop().consumed);
print(kafka::consumer("out-######", #{ to: "end" }).read_all().len());
print(kafka::describe_group("share-######").members.len());
"#;

fn share(stack: &Stack, protocol: &str) {
    let script = stack.tagged(SHARE).replace("PROTOCOL", protocol);
    stack.script(&script).stdout("true\n3000\n3000\n0\n").success();
}

on_each_stack! {
    fn classic_members_come_and_go_and_nothing_is_lost_or_repeated(stack: &Stack) {
        share(stack, "classic");
    }

    fn members_that_the_broker_leads_come_and_go_and_nothing_is_lost_or_repeated(stack: &Stack) {
        share(stack, "consumer");
    }
}
