//! The stages `avro::decode` and `avro::encode`.

use crate::support::{Stack, on_each_registry, on_each_stack};

/// What scripts of this file share: a schema, its values in `in`, the records of a topic.
const PRELUDE: &str = r#"
fn reading() {
    #{ type: "record", name: "Reading", fields: [
        #{ name: "temp", type: "double" },
        #{ name: "raw", type: "bytes", "default": "" },
        #{ name: "tags", type: #{ type: "map", values: "string" }, "default": #{} },
    ] }
}
fn send(value) {
    let bytes = registry::encode("in-######-value", reading(), value);
    kafka::producer().deliver("in-######", #{ key: "k", value: bytes, headers: #{ h: "1" } });
}
fn read(topic) { kafka::consumer(`${topic}-######`, #{ to: "end" }).read_all() }
fn pipe() { stream::from("in-######", #{ group: "in-######", to: "end" }) }
for topic in ["in", "out", "dead"] { kafka::create_topic(`${topic}-######`); }
"#;

fn prints(stack: &Stack, script: &str, printed: &str) {
    stack.script(&format!("{PRELUDE}{script}")).stdout(printed).success();
}

on_each_registry! {
    fn decoded_values_are_maps_for_closures_and_json_behind_the_pipeline(stack: &Stack) {
        prints(
            stack,
            r#"
            send(#{ temp: 21.5, raw: blob(2, 0xff), tags: #{ b: "2", a: "1" } });
            send(#{ temp: -1.0 });
            pipe().via(avro::decode())
                .filter(|record| record.value.temp > 0 && record.schema_id == ())
                .to("out-######").run();
            for record in read("out") { print([record.key, record.value, record.headers]); }
            "#,
            "[\"k\", \"{\\\"temp\\\":21.5,\\\"raw\\\":\\\"ffff\\\",\\\"tags\\\":{\\\"a\\\":\\\"1\\\",\\\"b\\\":\\\"2\\\"}}\", #{\"h\": \"1\"}]\n",
        );
    }

    fn what_json_cannot_say_passes_from_decode_to_encode(stack: &Stack) {
        prints(
            stack,
            r#"
            send(#{ temp: 0.0 / 0.0, raw: blob(2, 0xff), tags: #{ a: "1" } });
            registry::register("out-######-value", reading());
            pipe().via(avro::decode()).via(avro::encode("out-######-value")).to("out-######").run();
            print(read("in")[0].value_bytes == read("out")[0].value_bytes);
            print(read("out")[0].value);
            "#,
            "true\n#{\"raw\": [ffff], \"tags\": #{\"a\": \"1\"}, \"temp\": NaN}\n",
        );
    }

    fn values_of_closures_and_json_are_encoded(stack: &Stack) {
        prints(
            stack,
            r#"
            registry::register("out-######-value", reading());
            for value in [`{"temp": 1}`, "2", `{"temp": 3, "raw": "\u00ff"}`] {
                kafka::producer().deliver("in-######", value);
            }
            pipe()
                .map(|record| if record.value == "2" { #{ value: #{ temp: 2, tags: #{ x: "y" } } } } else { record })
                .via(avro::encode("out-######-value")).to("out-######").run();
            for record in read("out") { print(record.value); }
            "#,
            "#{\"raw\": [], \"tags\": #{}, \"temp\": 1.0}\n\
             #{\"raw\": [], \"tags\": #{\"x\": \"y\"}, \"temp\": 2.0}\n\
             #{\"raw\": [ff], \"tags\": #{}, \"temp\": 3.0}\n",
        );
    }
}

on_each_stack! {
    fn tombstones_stay_and_text_is_a_string(stack: &Stack) {
        prints(
            stack,
            r#"
            registry::register("out-######-value", `"string"`);
            kafka::producer().deliver("in-######", #{ key: "k", value: () });
            kafka::producer().deliver("in-######", "plain text");
            pipe().via(avro::encode("out-######-value")).via(avro::decode()).to("out-######").run();
            for record in read("out") { print([record.key, record.value]); }
            "#,
            "[\"k\", ()]\n[(), \"\\\"plain text\\\"\"]\n",
        );
    }

    fn what_is_no_avro_is_a_dead_letter(stack: &Stack) {
        prints(
            stack,
            r#"
            send(#{ temp: 1.0 });
            let id = registry::latest("in-######-value").id;
            let producer = kafka::producer();
            for value in ["text", avro::frame(987654, blob(1, 0)), avro::frame(id, blob(3, 0))] {
                producer.send("in-######", value);
            }
            producer.flush();
            let done = pipe().via(avro::decode()).to("out-######").dead_letters("dead-######").run();
            print([done.produced, done.dead_letters]);
            for record in read("dead") {
                print(record.headers["__connect.errors.class.name"]);
                print(record.headers["__connect.errors.exception.class.name"]);
                print(record.headers["__connect.errors.exception.message"].split(" of http")[0]);
            }
            "#,
            "[1, 3]\n\
             avro::decode\nkafkaefd.invalid\n4 bytes have no header that names an Avro schema\n\
             avro::decode\nkafkaefd.not_found\ncannot read schema 987654\n\
             avro::decode\nkafkaefd.invalid\ncannot decode record Reading: field temp: the data ends: 8 bytes are needed, 3 are left\n",
        );
    }

    fn what_does_not_fit_the_schema_is_a_dead_letter(stack: &Stack) {
        prints(
            stack,
            r#"
            registry::register("out-######-value", reading());
            let producer = kafka::producer();
            for value in ["text", `{"temp": "hot"}`, `{"temp": 1.5}`] { producer.send("in-######", value); }
            producer.flush();
            let done = pipe().via(avro::encode("out-######-value")).to("out-######")
                .dead_letters("dead-######").run();
            print([done.produced, done.dead_letters]);
            for record in read("dead") { print(record.headers["__connect.errors.exception.message"]); }
            "#,
            "[1, 2]\n\
             the value is no JSON: expected ident at line 1 column 2\n\
             cannot encode record Reading: field temp: expected double, got string \"hot\"\n",
        );
    }

    fn a_value_for_a_newer_schema_is_encoded_by_it(stack: &Stack) {
        prints(
            stack,
            r#"
            registry::register("out-######-value", reading());
            registry::set_level("out-######-value", "NONE");
            let mover = pipe_on().via(avro::encode("out-######-value")).to("out-######").start();
            let reader = kafka::consumer("out-######");
            kafka::producer().deliver("in-######", `{"temp": 1.5}`);
            print(reader.read().value.temp);
            registry::register("out-######-value", `{"type": "record", "name": "R", "fields": [
                {"name": "wind", "type": "int"}]}`);
            kafka::producer().deliver("in-######", `{"wind": 7}`);
            print(reader.read().value);
            print(mover.stop().produced);
            fn pipe_on() { stream::from("in-######", #{ group: "on-######" }) }
            "#,
            "1.5\n#{\"wind\": 7}\n2\n",
        );
    }

    fn a_subject_without_a_schema_keeps_the_pipeline_from_its_start(stack: &Stack) {
        prints(
            stack,
            r#"
            try { pipe().via(avro::encode("none-######")).to("out-######").run(); }
            catch (err) { print([err.kind, err.message, err.remedy]); }
            "#,
            "[\"not_found\", \"cannot encode by subject `none-######`: it has no schema\", \
             \"register one first: kafkaefd registry upload, or registry::register\"]\n",
        );
    }
}
