//! Writing records from a script.

use crate::support::on_each_stack;

on_each_stack! {
    fn every_part_of_a_record_comes_back(stack: &Stack) {
        stack
            .script(
                "kafka::create_topic(\"t-######\", #{ partitions: 3 });\n\
                 let p = kafka::producer(#{ compression: \"zstd\" });\n\
                 print(p.deliver(\"t-######\", #{ key: \"k\", value: \"v\", partition: 2,\n\
                     timestamp: 1767225600000, headers: #{ a: \"1\", b: (), c: blob(2,\n\
                         255) } }));\n\
                 p.deliver(\"t-######\", #{ key: \"k\", partition: 2 });\n\
                 p.deliver(\"t-######\", #{ value: \"\", partition: 2 });\n\
                 p.deliver(\"t-######\", #{ value: blob(2, 255), partition: 2 });\n\
                 for r in kafka::consumer(\"t-######\", #{ to: \"end\" }) {\n\
                     print([r.topic, r.partition, r.offset, r.key, r.value, r.headers,\n\
                         r.schema_id]);\n\
                 }\n\
                 let r = kafka::consumer(\"t-######\", #{ to: \"end\" }).read();\n\
                 print([r.timestamp, r.key_bytes, r.value_bytes, r.to_map().value]); print(r);",
            )
            .stdout(
                "#{\"offset\": 0, \"partition\": 2, \"timestamp\": 1767225600000, \"topic\": \
                 \"t-######\"}\n\
                 [\"t-######\", 2, 0, \"k\", \"v\", #{\"a\": \"1\", \"b\": (), \"c\": [ffff]}, \
                 ()]\n\
                 [\"t-######\", 2, 1, \"k\", (), #{}, ()]\n\
                 [\"t-######\", 2, 2, (), \"\", #{}, ()]\n\
                 [\"t-######\", 2, 3, (), [ffff], #{}, ()]\n\
                 [1767225600000, [6b], [76], \"v\"]\nt-######[2]@0\n",
            )
            .stderr("")
            .success();
    }

    fn keys_choose_the_partitions_that_java_chooses(stack: &Stack) {
        // toPositive(murmur2(key)) % 40 for the hashes in Kafka's own UtilsTest.
        stack
            .script(
                "kafka::create_topic(\"t-######\", #{ partitions: 40 });\n\
                     let p = kafka::producer();\n\
                 for k in [\"21\", \"foobar\"] { print(p.deliver(\"t-######\", #{\n\
                     key: k }).partition) }",
            )
            .stdout("20\n6\n")
            .stderr("")
            .success();
    }

    fn what_is_not_flushed_is_delivered_when_the_script_ends(stack: &Stack) {
        stack
            .script(
                "kafka::create_topic(\"t-######\"); let p = kafka::producer(#{ linger: 1 });\n\
                 for i in 0..500 { p.send(\"t-######\", `${i}`); }",
            )
            .stderr("")
            .success();
        stack.script("print(kafka::offsets(\"t-######\")[0].records)").stdout("500\n").success();
    }

    fn a_full_queue_makes_send_wait_not_fail(stack: &Stack) {
        stack
            .script(
                "kafka::create_topic(\"t-######\");\n\
                 let p = kafka::producer(#{ config: #{ \"queue.buffering.max.messages\": 10 } });\n\
                 for i in 0..300 { p.send(\"t-######\", `${i}`); } p.flush();\n\
                 print(kafka::offsets(\"t-######\")[0].records);",
            )
            .stdout("300\n")
            .stderr("")
            .success();
    }

    fn records_that_cannot_be_written_say_why(stack: &Stack) {
        stack
            .script(
                "kafka::create_topic(\"t-######\"); let p = kafka::producer();\n\
                 for bad in [#{ value: 5 }, #{ valeu: \"x\" }, #{ partition: -1 }, 5,\n\
                     #{ headers: \"x\" }, #{ key: [1] }] {\n\
                     try { p.send(\"t-######\", bad) } catch (e) {\n\
                         print(`${e.kind}: ${e.message}`) } }\n\
                 try { p.deliver(\"t-######\", #{ value: \"x\", partition: 7 }) }\n\
                 catch (e) { print(`${e.kind} ${e.code}: ${e.message}`) }\n\
                 let big = \"\"; big.pad(2000000, \"x\");\n\
                 try { p.send(\"t-######\", big) } catch (e) {\n\
                     print(`${e.kind} ${e.code}: ${e.message}`) }",
            )
            .stdout(
                "usage: cannot send a value of type i64: it must be text, a blob or ()\n\
                 usage: send knows no part `valeu` of a record\n\
                 usage: `partition` of a record is an int of 0 or more, not -1\n\
                 usage: cannot send a value of type i64: it must be text, a blob or ()\n\
                 usage: `headers` of a record is a map, not a string\n\
                 usage: cannot send a key of type array: it must be text, a blob or ()\n\
                 not_found -190: cannot deliver a record to topic `t-######`: the partition \
                 does not exist\n\
                 invalid 10: cannot send a record to topic `t-######`: the record is larger \
                 than the limit\n",
            )
            .stderr("")
            .success();
    }
}
