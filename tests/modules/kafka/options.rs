//! Options that make no sense.

use crate::support::Stack;

#[test]
fn wrong_options_are_named_with_what_to_write() {
    Stack::new()
        .script(
            "kafka::create_topic(\"t\");\n\
             for bad in [#{ gruop: \"g\" }, #{ timeout: \"soon\" }, #{ timeout: -1 }, #{ from: \"x\" },\n\
                 #{ to: \"earliest\" }, #{ from: \"committed\" }, #{ from: 5, group: \"g\" }, #{ max: \"3\" }] {\n\
                 try { kafka::consumer(\"t\", bad) }\n\
                 catch (e) { print(`${e.kind}: ${e.message} (${e.remedy})`) } }\n\
             try { kafka::producer(#{ acks: 2 }) } catch (e) { print(e.message) }\n\
             try { kafka::producer(#{ compression: \"zip\" }) } catch (e) { print(e.kind) }\n\
             try { kafka::topics(#{ filter: \"(\" }) } catch (e) { print(e.message) }",
        )
        .stdout(
            "usage: kafka::consumer has no option `gruop` (did you mean `group`?)\n\
             usage: option `timeout` of kafka::consumer: invalid type: string \"soon\", expected a \
             number of seconds, 0 or more ()\n\
             usage: option `timeout` of kafka::consumer: invalid value: floating point `-1.0`, \
             expected a number of seconds, 0 or more ()\n\
             usage: cannot start from \"x\" (give \"earliest\", \"latest\", \"committed\", an offset, \
             -n for the last n records of each partition, a time as \"2026-01-31T20:15:00Z\" or \
             #{ time: MILLISECONDS }, or a duration back from now as \"-10m\")\n\
             usage: cannot read to \"earliest\" (give \"end\", an offset, a time as \
             \"2026-01-31T20:15:00Z\" or #{ time: MILLISECONDS }, or a duration back from now as \
             \"-10m\")\n\
             usage: cannot make a consumer: `from: \"committed\"` needs a group (give `group`)\n\
             usage: cannot make a consumer: a group starts where it left off, not at an offset or \
             a time (leave out `group` or `from`)\n\
             usage: option `max` of kafka::consumer: expected u64, found string ()\n\
             cannot make a producer: `acks` is \"all\", 1 or 0, not \"2\"\n\
             usage\n\
             cannot filter topics: `(` is no regular expression: unclosed group\n",
        )
        .stderr("")
        .success();
}

#[test]
fn options_that_are_unit_count_as_not_given() {
    Stack::new()
        .script(
            "kafka::create_topic(\"t\", #{ partitions: (), replication: () });\n\
             let options = #{ group: (), from: (), to: \"end\", timeout: (), max: () };\n\
             print(kafka::consumer(\"t\", options).read_all());",
        )
        .stdout("[]\n")
        .stderr("")
        .success();
}
