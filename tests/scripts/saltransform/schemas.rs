//! Schemas that change, and a registry that is not there, while messages flow.

use std::net::TcpListener;

use tokio::runtime::Runtime;
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::site::Site;
use crate::support::{Stack, get, on_each_stack};

/// What adds an item to a schema, or only a word of its description.
const CHANGES: &str = r#"
fn with_lull(schema) {
    let made = parse_json(schema);
    made.fields.push(#{ name: "lull", type: "double", "default": 0.0, sal_index: 4 });
    out::json(made)
}
fn with_words(schema, words) {
    let made = parse_json(schema);
    made.doc = words;
    out::json(made)
}
fn start(wind, options) {
    stream::from(wind.text_topic, #{ group: "Weather######" })
        .via(sal::text_to_avro(options))
        .dead_letters("Weather######.dead")
        .start()
}
"#;

on_each_stack! {
    /// While producers change, both forms arrive: neither becomes a dead letter.
    fn a_new_form_and_the_old_one_are_read_side_by_side(stack: &Stack) {
        let site = Site::new(stack);
        site.init().success();
        let script = r#"
            let wind = interfaces.topic("Weather######_wind");
            let newer = with_lull(wind.schema);
            let running = start(wind, #{});
            let producer = kafka::producer();
            let read = kafka::consumer(wind.kafka_topic);
            let old_form = sal::text(wind.schema, #{});
            let new_form = sal::text(newer, #{ lull: 7.5 });
            producer.deliver(wind.text_topic, old_form);
            let old_id = read.read().schema_id;
            let new_id = registry::register(wind.subject, newer);
            for i in 0..3 {
                producer.deliver(wind.text_topic, new_form);
                producer.deliver(wind.text_topic, old_form);
            }
            let seen = [];
            for i in 0..6 {
                let record = read.read();
                seen.push(if record.schema_id == new_id { record.value.lull } else { "old" });
            }
            print(seen);
            let done = running.stop();
            print([done.produced, done.dead_letters, old_id != new_id]);
        "#;
        site.script(&(CHANGES.to_owned() + script))
            .stdout("[7.5, \"old\", 7.5, \"old\", 7.5, \"old\"]\n[7, 0, true]\n")
            .success();
    }

    /// A run that starts after a change reads what was written before it.
    fn the_form_before_the_newest_is_read_after_a_restart(stack: &Stack) {
        let site = Site::new(stack);
        site.init().success();
        let script = r#"
            let wind = interfaces.topic("Weather######_wind");
            let newer = with_lull(wind.schema);
            let producer = kafka::producer();
            let old_form = sal::text(wind.schema, #{});
            producer.deliver(wind.text_topic, old_form);
            producer.deliver(wind.text_topic, sal::text(newer, #{ lull: 7.5 }));
            let old_id = registry::latest(wind.subject).id;
            let new_id = registry::register(wind.subject, newer);
            producer.deliver(wind.text_topic, old_form + " and what belongs to no form");
            producer.deliver(wind.text_topic, old_form);
            let running = start(wind, #{});
            let read = kafka::consumer(wind.kafka_topic);
            let ids = [old_id, new_id, old_id];
            for id in ids { print(read.read().schema_id == id); }
            let done = running.stop();
            print([done.produced, done.dead_letters]);
        "#;
        site.script(&(CHANGES.to_owned() + script))
            .stdout("true\ntrue\ntrue\n[3, 1]\n")
            .success();
    }

    /// A message that fits both versions is no reason to look: time is.
    fn a_new_version_is_in_use_in_time(stack: &Stack) {
        let site = Site::new(stack);
        site.init().success();
        let script = r#"
            let wind = interfaces.topic("Weather######_wind");
            let running = start(wind, #{ refresh: 0.2 });
            let producer = kafka::producer();
            let read = kafka::consumer(wind.kafka_topic);
            producer.deliver(wind.text_topic, sal::text(wind, #{}));
            let first = read.read().schema_id;
            let second = registry::register(wind.subject, with_words(wind.schema, "Better words."));
            let watch = time::stopwatch();
            let now = first;
            while now == first && watch.elapsed < 120.0 {
                producer.deliver(wind.text_topic, sal::text(wind, #{}));
                now = read.read().schema_id;
            }
            print(now == second);
            print(running.stop().dead_letters);
        "#;
        site.script(&(CHANGES.to_owned() + script)).stdout("true\n0\n").success();
    }

    /// A topic that was unknown is used as soon as its schema is registered.
    fn a_schema_that_is_registered_late_is_found(stack: &Stack) {
        let site = Site::new(stack);
        let script = r#"
            let wind = interfaces.topic("Weather######_wind");
            for name in [wind.text_topic, wind.kafka_topic, "Weather######.dead"] {
                kafka::create_topic(name);
            }
            let running = start(wind, #{});
            let producer = kafka::producer();
            producer.deliver(wind.text_topic, sal::text(wind, #{}));
            print(kafka::consumer("Weather######.dead").read().value.starts_with("Weather"));
            registry::register(wind.subject, wind.schema);
            producer.deliver(wind.text_topic, sal::text(wind, #{}));
            print(kafka::consumer(wind.kafka_topic).read().value.sal_sequence);
            let done = running.stop();
            print([done.produced, done.dead_letters]);
        "#;
        let output = site.script(&(CHANGES.to_owned() + script)).stdout("true\n1\n[1, 1]\n");
        output.success();
    }
}

/// Four workers and two topics are two questions; a registry that goes away afterwards is not
/// missed, and a message that cannot be read does not wait for it.
#[test]
fn workers_share_what_they_know_and_go_on_without_the_registry() {
    let stack = Stack::new();
    let site = Site::new(&stack);
    site.init().args(["--partitions", "4"]).success();
    let answer = |name: &str| {
        let path =
            stack.tagged(&format!("/subjects/lsst.sal.Weather######_{name}/versions/latest"));
        let (_, body) = get(stack.registry().trim_start_matches("http://"), &path);
        (path, body)
    };
    let runtime = Runtime::new().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let server = runtime.block_on(MockServer::builder().listener(listener).start());
    for (path, body) in [answer("wind"), answer("airConditions")] {
        let mock = Mock::given(method("GET")).and(wiremock::matchers::path(path));
        // The first question for each topic; later ones are not answered as they should be.
        let once = mock.respond_with(ResponseTemplate::new(200).set_body_string(body));
        runtime.block_on(server.register(once.up_to_n_times(1).expect(1)));
    }
    let fails = Mock::given(method("GET")).respond_with(ResponseTemplate::new(401));
    runtime.block_on(server.register(fails));
    let script = r#"
        let wind = interfaces.topic("Weather######_wind");
        let air = interfaces.topic("Weather######_airConditions");
        let producer = kafka::producer();
        for i in 0..100 {
            let text = sal::text(if i % 2 == 0 { wind } else { air }, #{});
            producer.send(wind.text_topic, #{ value: text, partition: i % 4 });
        }
        producer.send(wind.text_topic, "Weather Weather######_wind:( 'a' )");
        producer.flush();
        let done = stream::from(wind.text_topic, #{ group: "g", to: "end", tasks: 4 })
            .via(sal::text_to_avro(#{ refresh: 0.1 }))
            .dead_letters("Weather######.dead")
            .run();
        print([done.produced, done.dead_letters]);
    "#;
    site.script(script).env("SCHEMAREGISTRY", &server.uri()).stdout("[100, 1]\n").success();
    runtime.block_on(server.verify());
}
