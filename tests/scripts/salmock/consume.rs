//! `salmock consume`.

use crate::support::{Running, on_each_stack};

on_each_stack! {
    /// It prints what comes after its start, with the schemas of the registry.
    fn messages_are_decoded_as_they_arrive(stack: &Stack) {
        let send = r#"
            const SCHEMA = avro::parse(`{"type": "record", "name": "Wind", "fields": [
                {"name": "speed", "type": "double"}]}`);
            kafka::create_topic("wind-######", #{ if_not_exists: true });
            let producer = kafka::producer();
            let value = registry::encode("wind-######-value", SCHEMA, #{ speed: SPEED });
            producer.send("wind-######", value);
            producer.flush();
        "#;
        stack.script(&send.replace("SPEED", "1.5")).stderr("").success();
        let home = tempfile::TempDir::new().unwrap();
        let topic = stack.name("wind");
        let line = ["salmock", "consume", &topic, "--max", "1", "--log-level", "info"];
        let servers = ["--broker", stack.broker(), "--registry", stack.registry()];
        let mut running = Running::start(home.path(), &[&line[..], &servers[..]].concat());
        running.says(&format!("waiting for messages of {topic}"));
        stack.script(&send.replace("SPEED", "2.5")).stderr("").success();
        let line = running.lines(1).remove(0);
        assert_eq!(line, format!("{topic}[0]@1: value {{\"speed\":2.5}}"));
    }
}
