//! Tests of `delivery: "exactly-once"`. Kills are tried by `reliability::exactly_once`.

mod copy;
mod doubt;
mod errors;
mod options;
mod reader;
mod slow;

/// A function of scripts: what readers of committed records see.
const VALUES: &str = r#"
fn values(topic) {
    let level = #{ "isolation.level": "read_committed" };
    let values = [];
    for record in kafka::consumer(topic, #{ from: "earliest", to: "end", config: level }) {
        values.push(record.value);
    }
    values
}
"#;
