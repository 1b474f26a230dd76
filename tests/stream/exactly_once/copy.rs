use super::reader::{committed, disorder, numbers, uncommitted};
use crate::support::on_each_stack;

/// Writes the numbers up to `COUNT` into three partitions and copies them.
const COPY: &str = r#"
kafka::create_topic("in-######", #{ partitions: 3 });
kafka::create_topic("out-######", #{ partitions: 3 });
let producer = kafka::producer();
for number in 0..3000 {
    producer.send("in-######", #{ key: `${number}`, value: `${number}` });
}
producer.flush();
let options = #{
    group: "copy-######", to: "end", delivery: "exactly-once", transaction_records: 100,
};
print(stream::from("in-######", options).to("out-######").run().consumed);
print(stream::from("in-######", options).to("out-######").run().consumed);
"#;

on_each_stack! {
    /// Each record once, in the order of its partition; a second run finds nothing to do.
    fn a_batch_is_copied_once(stack: &Stack) {
        stack.script(&stack.tagged(COPY)).stdout("3000\n0\n").success();
        let out = committed(stack, &stack.name("out"));
        assert_eq!(numbers(&out), (0..3000).collect::<Vec<u64>>());
        assert_eq!(disorder(&out), "");
        assert_eq!(uncommitted(stack, &stack.name("out")).len(), 3000, "nothing was aborted");
    }
}
