//! Tests of `scripts/dead-letters`.

mod connect;
mod list;
mod page;
mod replay;
mod show;

use crate::support::Stack;

/// Eight records of which four fail in two ways; the third of them has bytes that are no text.
const FEED: &str = r#"
for topic in ["in-######", "out-######", "dead-######"] { kafka::create_topic(topic); }
let producer = kafka::producer();
let values = ["good", "bad", "good", "worse", "good", blob(2, 255), "good", "bad"];
for (value, i) in values {
    let headers = #{ unit: "K", raw: blob(1, 254) };
    producer.send("in-######", #{
        key: `k${i}`, value: value, headers: headers, timestamp: 1767225600000 + i,
    });
}
producer.flush();
stream::from("in-######", #{ group: "copy-######", to: "end", dead_letter_share: 1 })
    .map(|record| {
        if record.value == "bad" { throw "so bad"; }
        if record.value != "good" { throw #{ kind: "invalid", message: "no word" }; }
        record
    })
    .to("out-######")
    .dead_letters("dead-######")
    .run();
"#;

/// A stack with four dead letters.
fn feed(stack: &Stack) {
    stack.script(FEED).success();
}
