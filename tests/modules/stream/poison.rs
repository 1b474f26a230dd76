//! Closures that fail on a record.

use crate::support::{Stack, on_each_stack};

/// Writes two records, the first of which `steps` cannot process; `printed` is what its dead letter
/// says: message, class, trace, stage.
fn buries(stack: &Stack, steps: &str, printed: &str) {
    let script = format!(
        r#"
fn fall(n) {{ fall(n + 1) }}
fn check(record) {{
    if record.value == "bad" {{ throw `no number in "${{record.value}}"`; }}
}}
for topic in ["in", "out", "dead"] {{ kafka::create_topic(`${{topic}}-######`); }}
for value in ["bad", "good"] {{ kafka::producer().deliver("in-######", value); }}
let done = stream::from("in-######", #{{ group: "in-######", to: "end" }})
    {steps}
    .to("out-######").dead_letters("dead-######").run();
let dead = kafka::consumer("dead-######", #{{ to: "end" }}).read();
print([done.produced, done.dead_letters, dead.value]);
for name in ["exception.message", "exception.class.name", "exception.stacktrace", "class.name"] {{
    print(dead.headers[`__connect.errors.${{name}}`]);
}}
"#
    );
    stack.script(&script).stdout(&format!("[1, 1, \"bad\"]\n{printed}")).success();
}

on_each_stack! {
    fn a_throw_makes_a_dead_letter_with_its_message_and_place(stack: &Stack) {
        buries(
            stack,
            ".map(|record| { check(record); record })",
            "no number in \"bad\"\nkafkaefd.failed\n\
             Runtime error: no number in \"bad\" @ 't.rhai' (line 4, position 32)\n\
             in call to function 'check' (from 't.rhai') @ 't.rhai' (line 9, position 21)\n\
             in closure call (from 't.rhai') (line 10, position 51)\nmap\n",
        );
    }

    fn a_thrown_map_gives_message_and_kind(stack: &Stack) {
        buries(
            stack,
            r#".filter(|r| { if r.value == "bad" { throw #{ kind: "invalid", message: "odd" } } true })"#,
            "odd\nkafkaefd.invalid\n\
             Runtime error: #{\"kind\": \"invalid\", \"message\": \"odd\"} @ 't.rhai' (line 9, position 41)\n\
             in closure call (from 't.rhai') (line 10, position 51)\nfilter\n",
        );
    }

    fn a_limit_of_the_language_makes_a_dead_letter(stack: &Stack) {
        buries(
            stack,
            r#".map(|r| if r.value == "bad" { fall(0) } else { r })"#,
            "Stack overflow (line 10, position 51)\nkafkaefd.failed\n\
             Stack overflow (line 10, position 51)\nmap\n",
        );
    }

    fn an_answer_that_makes_no_sense_makes_a_dead_letter(stack: &Stack) {
        buries(
            stack,
            r#".flat_map(|r| if r.value == "bad" { 7 } else { [r] })"#,
            "the closure returned an int: it should be an array of records and maps\n\
             kafkaefd.usage\n\nflat_map\n",
        );
    }
}
