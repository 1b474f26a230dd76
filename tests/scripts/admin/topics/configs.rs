//! `admin topics config`.

use super::calls::{says, topics};
use crate::support::on_each_stack;

on_each_stack! {
    fn configs_change_one_by_one(stack: &Stack) {
        let config = |change: &[&str]| topics(stack, &["config", "dome-######"]).args(change);
        topics(stack, &["create", "dome-######", "--config", "retention.ms=5000"]).success();
        config(&["--set", "retention.bytes=7000"]).success();
        let script = "print(kafka::describe_topic(\"dome-######\").config)";
        stack
            .script(script)
            .stdout("#{\"retention.bytes\": \"7000\", \"retention.ms\": \"5000\"}\n")
            .success();
        config(&["--unset", "retention.ms"]).success();
        stack.script(script).stdout("#{\"retention.bytes\": \"7000\"}\n").success();
        let output = config(&["--set", "retention.ms=soon"]).code(1);
        says(
            stack,
            &output,
            "error: cannot change the config of topic `dome-######`: invalid value soon for \
             configuration retention.ms: Not a number of type LONG\n\
             help: see Kafka's configs: https://kafka.apache.org/documentation/#configuration",
        );
    }

    fn changes_are_told_and_in_a_dry_run_not_made(stack: &Stack) {
        let config = |change: &[&str]| topics(stack, &["config", "dome-######"]).args(change);
        topics(stack, &["create", "dome-######", "-c", "retention.ms", "-1"]).success();
        let changes = ["--set", "cleanup.policy=compact,delete", "--set", "retention.bytes", "5"];
        config(&[&changes[..], &["--unset", "retention.ms", "-n"]].concat())
            .stdout(
                "name             value           result\n\
                 cleanup.policy   compact,delete  would be set\n\
                 retention.bytes  5               would be set\n\
                 retention.ms                     would be unset\n",
            )
            .stderr("")
            .success();
        topics(stack, &["list", "--config", "-f", "dome-######"])
            .stdout(
                "topic        partitions  replication  config\n\
                 dome-######           1            1  retention.ms=-1\n",
            )
            .stderr("")
            .success();
        config(&["--set", "retention.bytes", "5", "--unset", "retention.ms", "--output", "yaml"])
            .stdout(
                "- name: retention.bytes\n  value: \"5\"\n  result: set\n\
                 - name: retention.ms\n  value: null\n  result: unset\n",
            )
            .stderr("")
            .success();
        let output = config(&["--set", "retention.ms=soon", "-n"]).stdout("").code(1);
        says(
            stack,
            &output,
            "error: cannot change the config of topic `dome-######`: invalid value soon for \
             configuration retention.ms: Not a number of type LONG\n\
             help: see Kafka's configs: https://kafka.apache.org/documentation/#configuration",
        );
    }

    fn detail_tells_where_a_value_comes_from(stack: &Stack) {
        topics(stack, &["create", "dome-######", "-c", "cleanup.policy=compact"]).success();
        let output = topics(stack, &["config", "dome-######", "--detail"]).stderr("").success();
        let table = String::from_utf8(output.stdout).unwrap();
        let squeezed = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        let lines: Vec<String> = table.lines().map(squeezed).collect();
        assert_eq!(lines[0], "name value source is_default read_only sensitive synonyms");
        assert_eq!(
            lines.iter().find(|line| line.starts_with("cleanup.policy")).unwrap(),
            "cleanup.policy compact topic false false false \
             topic cleanup.policy=compact, default log.cleanup.policy=delete"
        );
        let args = ["config", "dome-######", "--detail", "--output", "json"];
        let output = topics(stack, &args).stderr("").success();
        let rows: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
        let row = |name: &str| rows.iter().find(|row| row["name"] == name).unwrap();
        assert_eq!(
            row("cleanup.policy"),
            &serde_json::json!({ "name": "cleanup.policy", "value": "compact", "source": "topic",
                "is_default": false, "read_only": false, "sensitive": false, "synonyms": [
                    { "name": "cleanup.policy", "value": "compact", "source": "topic" },
                    { "name": "log.cleanup.policy", "value": "delete", "source": "default" }] })
        );
        let own = row("compression.type");
        assert_eq!((&own["source"], &own["is_default"]), (&"default".into(), &true.into()));
    }

    fn configs_of_a_topic_that_is_not_there_are_not_found(stack: &Stack) {
        topics(stack, &["create", "dome-######"]).success();
        let output = topics(stack, &["config", "dom-######"]).stdout("").code(1);
        says(
            stack,
            &output,
            "error: cannot read the config of topic `dom-######`: topic `dom-######` does not \
             exist\nhelp: did you mean `dome-######`?",
        );
        let change = ["config", "dom-######", "--set", "retention.ms", "5"];
        let output = topics(stack, &change).stdout("").code(1);
        says(
            stack,
            &output,
            "error: cannot change the config of topic `dom-######`: topic `dom-######` does not \
             exist\nhelp: did you mean `dome-######`?",
        );
    }
}
