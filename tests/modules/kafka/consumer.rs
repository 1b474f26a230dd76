//! Reading records from a script.

use std::time::{Duration, Instant};

use crate::support::{Stack, on_each_stack};

/// A topic `t-######` with the values 0 to 9 at the times 1000, 2000, …
const TEN: &str = "kafka::create_topic(\"t-######\"); let p = kafka::producer();\n\
    for i in 0..10 { p.send(\"t-######\", #{ value: `${i}`, timestamp: 1000 * (i + 1) });\n\
        } p.flush();\n\
    fn values(options) { \n\
        let all = \"\"; for r in kafka::consumer(\"t-######\", options) { all += r.value;\n\
            } all }\n";

fn ten(stack: &Stack, script: &str, stdout: &str) {
    stack.script(&format!("{TEN}{script}")).stdout(stdout).stderr("").success();
}

on_each_stack! {
    fn reading_starts_and_ends_where_it_is_told(stack: &Stack) {
        ten(
            stack,
            "print(values(#{ to: \"end\" }));\n\
             print(values(#{ from: 7, to: \"end\" }));\n\
             print(values(#{ from: -2, to: \"end\" }));\n\
             print(values(#{ from: -99, max: 2 }));\n\
             print(values(#{ from: #{ time: 4500 }, to: \"end\" }));\n\
             print(values(#{ to: #{ time: 3000 } }));\n\
             print(values(#{ from: \"latest\", to: \"end\" }));\n\
             print(values(#{ max: 3 }));\n\
             print(values(#{ max: 0 }));\n\
             print(values(#{ timeout: 5 }));",
            "0123456789\n789\n89\n01\n456789\n01\n\n012\n\n0123456789\n",
        );
    }

    fn latest_means_when_the_consumer_was_made(stack: &Stack) {
        ten(
            stack,
            "let c = kafka::consumer(\"t-######\", #{ from: \"latest\", max: 1 });\n\
             p.deliver(\"t-######\", \"new\"); for r in c { print(r.value) }",
            "new\n",
        );
    }

    fn a_group_commits_what_the_loop_moved_on_from(stack: &Stack) {
        ten(
            stack,
            "let g = #{ group: \"g-######\", to: \"end\" };\n\
             for r in kafka::consumer(\"t-######\", g) { print(r.value); if r.value == \"3\" {\n\
                 break; } }\n\
             g.max = 2; print(values(g)); g.max = (); print(values(g)); print(values(g));",
            "0\n1\n2\n3\n34\n56789\n\n",
        );
    }

    fn a_group_commits_nothing_behind_a_record_that_it_leaves_for_later(stack: &Stack) {
        stack
            .script(
                "kafka::create_topic(\"t-######\"); let p = kafka::producer();\n\
                 let soon = time::now() + 60000;\n\
                 for r in [[\"a\", 1000], [\"late\", soon + 1], [\"b\", 2000]] {\n\
                     p.deliver(\"t-######\", #{ value: r[0], timestamp: r[1] }); }\n\
                 fn values(options) {\n\
                     let all = [];\n\
                     for r in kafka::consumer(\"t-######\", options) { all += r.value; } all }\n\
                 print(values(#{ group: \"g-######\", to: #{ time: soon }, max: 2 }));\n\
                 print(values(#{ group: \"g-######\", max: 2 }));",
            )
            .stdout("[\"a\", \"b\"]\n[\"late\", \"b\"]\n")
            .stderr("")
            .success();
    }

    fn commit_counts_the_last_record_too(stack: &Stack) {
        ten(
            stack,
            "let c = kafka::consumer(\"t-######\", #{ group: \"g-######\" });\n\
             c.read(); c.read(); c.commit(); c = ();\n\
             print(values(#{ group: \"g-######\", max: 1 }));",
            "2\n",
        );
    }

    fn an_error_in_the_loop_can_be_caught_and_is_not_committed(stack: &Stack) {
        ten(
            stack,
            "try { for r in kafka::consumer(\"t-######\", #{ group: \"g-######\" }) {\n\
                 if r.value == \"2\" { throw \"bad\" } } } catch (e) { print(e) }\n\
             print(values(#{ group: \"g-######\", max: 1 }));",
            "bad\n2\n",
        );
    }

    fn patterns_read_every_topic_that_matches(stack: &Stack) {
        stack
            .script(
                "let p = kafka::producer();\n\
                 for t in [\"sal.a\", \"sal.b\", \"other\", \"_sal.c\"] {\n\
                     kafka::create_topic(`${t}-######`); p.deliver(`${t}-######`, t); }\n\
                 fn read(options) {\n\
                     let all = kafka::consumer(\"^.*sal[.].-######$\", options).read_all();\n\
                     all.map(|r| r.value) }\n\
                 let alone = read(#{ to: \"end\" }); alone.sort(); print(alone);\n\
                 let group = read(#{ to: \"end\", group: \"g-######\" });\n\
                 group.sort(); print(group);",
            )
            .stdout("[\"sal.a\", \"sal.b\"]\n[\"sal.a\", \"sal.b\"]\n")
            .stderr("")
            .success();
    }

    fn a_missing_topic_names_a_similar_one(stack: &Stack) {
        stack
            .script(
                "kafka::create_topic(\"mytopic-######\");\n\
                 try { kafka::consumer([\"mytopik-######\"]) } catch (e) {\n\
                     print(`${e.kind} ${e.code}: ${e.message}`); print(e.remedy) }\n\
                 try { kafka::offsets(\"xyz\") } catch (e) { print(e.message); print(e.remedy) }",
            )
            .stdout(
                "not_found 3: cannot consume topic `mytopik-######`: \
                 topic `mytopik-######` does not exist\n\
                 did you mean `mytopic-######`?\n\
                 cannot describe topic `xyz`: topic `xyz` does not exist\n\
                 list the topics with: kafkaefd admin topics list\n",
            )
            .stderr("")
            .success();
    }

    fn an_offset_that_is_not_there_is_an_error_not_a_jump(stack: &Stack) {
        ten(
            stack,
            "try { kafka::consumer(\"t-######\", #{ from: 99, timeout: 120 }).read() }\n\
             catch (e) { print(`${e.kind}: ${e.message}`); print(e.remedy) }",
            "invalid: cannot consume `t-######`: the offset is not in the partition's log\n\
             start from \"earliest\", \"latest\" or a time\n",
        );
    }

    fn a_script_that_holds_clients_ends_at_once(stack: &Stack) {
        stack.script("kafka::create_topic(\"t-######\");\n\
            kafka::producer().deliver(\"t-######\", \"x\")").success();
        let start = Instant::now();
        stack
            .script("let c = kafka::consumer(\"t-######\", #{ group: \"g-######\" });\n\
                c.read(); kafka::producer();")
            .success();
        assert!(start.elapsed() < Duration::from_secs(120), "{:?}", start.elapsed());
    }
}
