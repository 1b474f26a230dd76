//! `admin brokers`.

use crate::support::{Kafkaefd, Stack, on_bed, on_each_stack};

fn config(stack: &Stack, args: &[&str]) -> Kafkaefd {
    stack.kafkaefd().args(["admin", "brokers", "config"]).args(args)
}

#[test]
fn the_controller_is_marked() {
    let stack = Stack::new();
    let address = stack.broker();
    let width = address.len();
    stack
        .kafkaefd()
        .args(["admin", "brokers"])
        .stdout(&format!(
            "broker  {:width$}  rack  controller  cluster\n     1  {address}        true        \
             kafkaefd-embedded-cluster\n",
            "address"
        ))
        .stderr("")
        .success();
}

#[test]
fn a_wrong_address_is_named_with_the_reason_and_the_flag() {
    Kafkaefd::new()
        .args(["--broker", "127.0.0.1:1", "admin", "brokers", "--timeout", "0.5"])
        .stdout("")
        .stderr(
            "error: cannot list brokers of 127.0.0.1:1: connection refused\n\
             help: check the address given with --broker (or $BROKER), and that the broker runs\n",
        )
        .code(1);
}

on_each_stack! {
    fn a_broker_tells_its_configs(stack: &Stack) {
        let output = config(stack, &["1", "--detail", "--output", "json"]).stderr("").success();
        let rows: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
        let policy = rows.iter().find(|row| row["name"] == "compression.type").unwrap();
        assert_eq!(
            policy,
            &serde_json::json!({ "name": "compression.type", "value": "producer",
                "source": "default", "is_default": true, "read_only": false, "sensitive": false,
                "synonyms": [{ "name": "compression.type", "value": "producer",
                    "source": "default" }] })
        );
        let id = rows.iter().find(|row| row["name"] == "node.id").unwrap();
        assert_eq!((&id["value"], &id["read_only"]), (&"1".into(), &true.into()));
    }

    fn changes_of_a_broker_are_checked(stack: &Stack) {
        config(stack, &["1", "--set", "compression.lz4.level", "10", "-n"])
            .stdout(
                "name                   value  result\n\
                 compression.lz4.level  10     would be set\n",
            )
            .stderr("")
            .success();
        config(stack, &["1", "--set", "compression.lz4.level=much"])
            .stdout("")
            .stderr(
                "error: cannot change the config of broker 1: invalid value much for \
                 configuration compression.lz4.level: Not a number of type INT\n\
                 help: see Kafka's configs: https://kafka.apache.org/documentation/#configuration\n",
            )
            .code(1);
    }

    fn a_broker_that_is_not_there_is_named_with_those_that_are(stack: &Stack) {
        config(stack, &["77"])
            .stdout("")
            .stderr(
                "error: cannot read the config of broker 77: there is no broker 77\n\
                 help: the cluster has: 1\n",
            )
            .code(1);
    }

    fn all_brokers_at_once_can_be_shown_but_not_changed(stack: &Stack) {
        config(stack, &[]).stderr("").success();
        config(stack, &["--set", "compression.type", "gzip"])
            .stdout("")
            .stderr(
                "error: cannot change the config of all brokers at once\n\
                 help: give the ID of a broker: `kafkaefd admin brokers` lists them\n",
            )
            .code(2);
    }
}

#[test]
fn what_is_set_for_a_broker_can_be_taken_back() {
    let stack = Stack::new();
    config(&stack, &["1", "--set", "compression.lz4.level", "10"])
        .stdout("name                   value  result\ncompression.lz4.level  10     set\n")
        .stderr("")
        .success();
    let script = "let config = kafka::broker_config(1);\n\
                  print(config.filter(|entry| entry.source == \"dynamic-broker\").len)";
    stack.script(script).stdout("1\n").success();
    config(&stack, &["1", "--unset", "compression.lz4.level"]).success();
    stack.script(script).stdout("0\n").success();
}

on_bed! {
    fn kafka_reads_what_kafkaefd_sets_for_a_broker(bed: &Bed) {
        let stack = bed.stack();
        let tool = || {
            let broker = bed.get("KAFKA");
            let class = ["kafka.admin.ConfigCommand", "--bootstrap-server", broker];
            let entity = ["--entity-type", "brokers", "--entity-name", "1", "--describe"];
            bed.tool(&[&class[..], &entity].concat())
        };
        // Harmless: how hard the log cleaner works.
        config(&stack, &["1", "--set", "log.cleaner.backoff.ms", "14999"]).success();
        assert!(tool().contains("log.cleaner.backoff.ms=14999"), "{}", tool());
        config(&stack, &["1", "--unset", "log.cleaner.backoff.ms"]).success();
        assert!(!tool().contains("log.cleaner.backoff.ms"), "{}", tool());
    }
}
