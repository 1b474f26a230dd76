//! Stages that are closures of a script.

use crate::support::{Stack, on_each_stack};

/// Makes the topics `in` and those of `others`, writes `records` to `in` and runs `steps` on them;
/// `show` is what of them is printed.
fn pipes(stack: &Stack, others: &[&str], records: &str, steps: &str, show: &str, printed: &str) {
    let topics: Vec<String> = others.iter().map(|topic| format!("\"{topic}-######\"")).collect();
    let script = format!(
        r#"
        fn read(topic) {{ kafka::consumer(`${{topic}}-######`, #{{ to: "end" }}).read_all() }}
        kafka::create_topic("in-######");
        for topic in [{topics}] {{ kafka::create_topic(topic); }}
        let producer = kafka::producer();
        for record in {records} {{ producer.send("in-######", record); }}
        producer.flush();
        stream::from("in-######", #{{ group: "in-######", to: "end" }}){steps}.run();
        {show}
        "#,
        topics = topics.join(", "),
    );
    stack.script(&script).stdout(printed).success();
}

on_each_stack! {
    fn flat_map_makes_none_one_or_many_of_a_record(stack: &Stack) {
        pipes(
            stack,
            &["out"],
            r#"["", "a", "b c", "-", "d e f"]"#,
            r#".flat_map(|record| switch record.value {
                "" => (),
                "-" => [],
                _ => record.value.split(" ").map(|word| if word == "e" { () } else { #{ value: word } }),
            }).to("out-######")"#,
            r#"print(read("out").map(|record| record.value));"#,
            "[\"a\", \"b\", \"c\", \"d\", \"f\"]\n",
        );
    }

    fn every_part_of_a_record_can_be_read_and_changed(stack: &Stack) {
        pipes(
            stack,
            &["out"],
            r#"[#{ key: "k", value: "v", headers: #{ unit: "K", old: "1" }, timestamp: 1700000000000 }]"#,
            r#".flat_map(|record| [
                record,
                #{ key: record.key + "2" },
                #{ headers: record.headers + #{ unit: "C", none: () }, timestamp: record.timestamp + 1 },
                #{ key: (), value: (), headers: #{} },
            ]).to("out-######")"#,
            r#"for record in read("out") {
                print([record.key, record.value, record.headers, record.timestamp % 1000]);
            }"#,
            "[\"k\", \"v\", #{\"old\": \"1\", \"unit\": \"K\"}, 0]\n\
             [\"k2\", \"v\", #{\"old\": \"1\", \"unit\": \"K\"}, 0]\n\
             [\"k\", \"v\", #{\"none\": (), \"old\": \"1\", \"unit\": \"C\"}, 1]\n\
             [(), (), #{}, 0]\n",
        );
    }

    fn branch_sends_a_record_to_every_topic_whose_condition_is_true(stack: &Stack) {
        pipes(
            stack,
            &["even", "small"],
            r#"["1", "2", "3", "4"]"#,
            r#".branch(#{
                "even-######": |record| record.value.parse_int() % 2 == 0,
                "small-######": |record| record.value.parse_int() < 3,
            })"#,
            r#"for topic in ["even", "small"] { print(read(topic).map(|record| record.value)); }"#,
            "[\"2\", \"4\"]\n[\"1\", \"2\"]\n",
        );
    }

    fn to_names_no_one_or_several_topics(stack: &Stack) {
        pipes(
            stack,
            &["a", "b"],
            r#"["1", "2", "3", "4"]"#,
            r#".to(|record| switch record.value {
                "1" => "a-######",
                "2" => ["a-######", "b-######"],
                "3" => [],
                _ => (),
            })"#,
            r#"for topic in ["a", "b"] { print(read(topic).map(|record| record.value)); }"#,
            "[\"1\", \"2\"]\n[\"2\"]\n",
        );
    }
}

#[test]
fn a_pipeline_reads_as_its_steps() {
    let script = r#"
        print(stream::from(["a", "b"], #{ group: "g" })
            .via(sal::text_to_avro())
            .filter(|record| true)
            .map(|record| record)
            .flat_map(|record| [])
            .to(|record| "x")
            .branch(#{ y: |record| true, x: |record| true })
            .to("z"));
        for made in [|p| p.branch(#{}), |p| p.branch(#{ x: 7 })] {
            try { made.call(stream::from("a", #{ group: "g" })) } catch (err) { print(err.message) }
        }
    "#;
    crate::support::Kafkaefd::new()
        .file("t.rhai", script)
        .args(["run", "t.rhai"])
        .stdout(
            "a, b > sal::text_to_avro > filter > map > flat_map > to > branch to x, y > to z\n\
             cannot branch to no topic\n\
             cannot branch to `x` by an int: give a closure\n",
        )
        .success();
}
