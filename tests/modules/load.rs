//! `load`: what scripts see of made-up records.

use crate::support::Kafkaefd;

const DOME: &str = r#"
let dome = avro::parse(`{"type": "record", "name": "Dome", "fields": [
    {"name": "azimuth", "type": "double", "units": "deg"},
    {"name": "shutter", "type": ["null", "string"]},
    {"name": "motors", "type": {"type": "array", "items": "float", "sal_count": 3}}]}`);
"#;

fn prints(script: &str, stdout: &str) {
    run(script, stdout, "");
}

/// The same with a stack of its own, and what is said on stderr beside that.
fn prints_on_a_stack(script: &str, stdout: &str, said: &str) {
    const STARTED: &str =
        "started an embedded stack for this run; \"kafkaefd up\" keeps one for other shells\n";
    run(script, stdout, &format!("{STARTED}{said}"));
}

fn run(script: &str, stdout: &str, stderr: &str) {
    Kafkaefd::new()
        .file("t.rhai", &format!("{DOME}{script}"))
        .args(["run", "t.rhai"])
        .stdout(stdout)
        .stderr(stderr)
        .success();
}

#[test]
fn fields_have_what_was_chosen() {
    prints(
        r#"
        let made = load::generator(dome, #{ seed: 3, fields: #{
            azimuth: #{ sine: [-90, 90], period: 4 },
            shutter: ["open"],
            motors: #{ constant: [1, 2] },
        } });
        for second in 0..3 { print(made.next(second * 4_000).azimuth == made.next(second * 4_000).azimuth); }
        print(made.next().shutter + " " + made.next().motors);
        let walk = load::generator(dome, #{ fields: #{ azimuth: #{ walk: [0, 1], step: 0.5 } } });
        let last = walk.next().azimuth;
        let steps = 0;
        for record in 0..200 {
            let now = walk.next().azimuth;
            if now < 0 || now > 1 || (now - last).abs() > 0.5 { throw `${last} to ${now}`; }
            if now != last { steps += 1; }
            last = now;
        }
        print(steps > 190);
        "#,
        "true\ntrue\ntrue\nopen [1.0, 2.0]\ntrue\n",
    );
}

#[test]
fn equal_seeds_make_equal_records() {
    prints(
        r"
        let records = |seed| {
            let made = load::generator(dome, #{ seed: seed });
            [made.next(0), made.next(1000), avro::decode(dome, made.bytes())]
        };
        print(records.call(5) == records.call(5));
        print(records.call(5) == records.call(6));
        ",
        "true\nfalse\n",
    );
}

/// Prints the error of each map in `fields`.
fn refuses(fields: &str, stdout: &str) {
    let script = format!(
        "for fields in [{fields}] {{
            try {{ load::generator(dome, #{{ fields: fields }}).next() }} catch (err) {{
                print(`${{err.kind}}: ${{err.message}}`);
                if err.remedy != () {{ print(`  ${{err.remedy}}`); }}
            }}
        }}"
    );
    prints(&script, stdout);
}

#[test]
fn what_cannot_be_made_is_refused_in_words() {
    refuses(
        r#"
        #{ azimut: 1 },
        #{ azimuth: "north" },
        #{ shutter: #{ uniform: [0, 1] } },
        #{ azimuth: #{ uniform: [1] } },
        #{ azimuth: #{ walk: [5, 1] } },
        #{ azimuth: #{ sine: [0, 1], period: 0 } },
        #{ azimuth: [] },
        "#,
        "invalid: cannot make up field `azimut` of `Dome`: there is no such field\n  \
         did you mean `azimuth`?\n\
         invalid: cannot make up field `azimuth` of `Dome`: expected double, got string \
         \"north\"\n\
         invalid: cannot make up field `shutter` of `Dome`: it is no number\n\
         usage: cannot make up field `azimuth`: `uniform` is not two numbers in an array\n\
         usage: cannot make up field `azimuth`: `walk` goes from 5 down to 1\n\
         usage: cannot make up field `azimuth`: `period` is 0, not above 0\n\
         invalid: cannot make up field `azimuth` of `Dome`: there is nothing to choose\n",
    );
}

#[test]
fn a_misspelt_way_is_told_the_right_one() {
    refuses(
        r"
        #{ azimuth: #{ sin: [0, 1] } },
        #{ azimuth: #{ wave: 1 } },
        #{ azimuth: #{} },
        #{ azimuth: #{ sine: [0, 1], perod: 5 } },
        #{ azimuth: #{ sine: [0, 1], step: 2 } },
        #{ azimuth: #{ constant: 1, step: 2 } },
        #{ azimuth: #{ sine: [0, 1], walk: [0, 1] } },
        ",
        "usage: cannot make up field `azimuth`: `sin` is no way to make up values\n  \
         did you mean `sine`?\n\
         usage: cannot make up field `azimuth`: `wave` is no way to make up values\n  \
         give one of constant, choice, uniform, normal, walk, sine, count; a map itself as \
         `constant`\n\
         usage: cannot make up field `azimuth`: the map says no way to make up values\n  \
         give one of constant, choice, uniform, normal, walk, sine, count\n\
         usage: cannot make up field `azimuth`: `sine` knows no `perod`\n  \
         did you mean `period`?\n\
         usage: cannot make up field `azimuth`: `sine` knows no `step`\n  \
         only `period` goes with `sine`\n\
         usage: cannot make up field `azimuth`: `constant` knows no `step`\n  \
         give `constant` alone\n\
         usage: cannot make up field `azimuth`: `walk` and `sine` are two ways to make up values\n  \
         give one of them\n",
    );
}

#[test]
fn closures_make_values_of_fields_at_any_depth() {
    prints(
        r#"
        fn wave(made) { 90.0 + 10.0 * made.number }
        let schema = avro::parse(`{"type": "record", "name": "Mount", "fields": [
            {"name": "azimuth", "type": "double"},
            {"name": "axis", "type": {"type": "record", "name": "Axis", "fields": [
                {"name": "torque", "type": {"type": "array", "items": "float"}},
                {"name": "fault", "type": ["null", "string"]}]}},
            {"name": "steps", "type": "long"},
            {"name": "at", "type": "long"}]}`);
        let offset = 0.5;
        let made = load::generator(schema, #{ fields: #{
            azimuth: |made| wave(made) + offset,
            "axis.torque": |made| [made.number, offset],
            "axis.fault": |made| if made.number == 2 { "slip" } else { () },
            steps: |made| if made.last == () { 1 } else { made.last * 3 },
            at: |made| made.time,
        } });
        offset = 100;
        for record in 0..3 { print(made.next(record)); }
        "#,
        "#{\"at\": 0, \"axis\": #{\"fault\": (), \"torque\": [1.0, 0.5]}, \"azimuth\": 100.5, \
         \"steps\": 1}\n\
         #{\"at\": 1, \"axis\": #{\"fault\": \"slip\", \"torque\": [2.0, 0.5]}, \"azimuth\": 110.5, \
         \"steps\": 3}\n\
         #{\"at\": 2, \"axis\": #{\"fault\": (), \"torque\": [3.0, 0.5]}, \"azimuth\": 120.5, \
         \"steps\": 9}\n",
    );
}

#[test]
fn the_chance_of_closures_comes_from_the_seed() {
    prints(
        r"
        let made = |seed| {
            let fields = #{ azimuth: |made| made.random(), motors: |made| [made.random()] };
            let made = load::generator(dome, #{ seed: seed, fields: fields });
            [made.next(), made.next()]
        };
        print(made.call(1) == made.call(1));
        print(made.call(1) == made.call(2));
        let first = made.call(1)[0];
        print(first.azimuth == first.motors[0]);
        ",
        "true\nfalse\nfalse\n",
    );
}

#[test]
fn what_a_closure_throws_names_field_and_record() {
    refuses(
        r#"
        #{ azimuth: |made| throw "the encoder is off" },
        #{ azimuth: |made| "north" },
        #{ motors: |made| [1.0, "stuck"] },
        #{ azimuth: |made| missing(made) },
        #{ azimuth: |made, last| last },
        "#,
        "failed: cannot make up field `azimuth` of `Dome` for record 1: the encoder is off\n\
         invalid: cannot make up field `azimuth` of `Dome` for record 1: expected double, got \
         string \"north\"\n\
         invalid: cannot make up field `motors` of `Dome` for record 1: item [1]: expected float, \
         got string \"stuck\"\n\
         failed: cannot make up field `azimuth` of `Dome` for record 1: Function not found: missing \
         (Moment) (line 10, position 28)\n\
         usage: cannot make up field `azimuth`: its closure takes 2 arguments, not one\n  \
         write |made| and what it makes\n",
    );
}

#[test]
fn a_generator_goes_on_after_what_a_closure_threw() {
    prints(
        r#"
        let azimuth = |made| {
            if made.number == 2 { throw #{ kind: "timeout", message: "slow" }; }
            1.0 * made.number
        };
        let made = load::generator(dome, #{ fields: #{ azimuth: azimuth } });
        for record in 0..3 {
            try { print(made.next().azimuth) } catch (err) { print(`${err.kind}: ${err.message}`) }
        }
        "#,
        "1.0\n\
         timeout: cannot make up field `azimuth` of `Dome` for record 2: slow\n\
         3.0\n",
    );
}

/// Four workers draw from one generator: each record of it goes to one of them.
#[test]
fn the_workers_of_a_pipeline_share_a_generator() {
    prints_on_a_stack(
        r#"
        let schema = avro::parse(`{"type": "record", "name": "Made", "fields": [
            {"name": "number", "type": "long"}, {"name": "half", "type": "double"},
            {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}`);
        registry::register("made-value", schema);
        kafka::create_topic("ticks", #{ partitions: 4 });
        kafka::create_topic("made");
        let producer = kafka::producer();
        for i in 0..200 { producer.send("ticks", #{ key: `${i}`, timestamp: 1000 + i, value: "" }); }
        producer.flush();
        let fields = #{ number: #{ count: 1 }, half: |made| made.number / 2.0 };
        let made = load::generator(schema, #{ fields: fields });
        let done = stream::from("ticks", #{ group: "g", to: "end", workers: 4 })
            .map(|record| #{ value: made.next(record.timestamp) })
            .via(avro::encode("made-value"))
            .to("made")
            .run();
        let values = kafka::consumer("made", #{ to: "end" }).read_all().map(|record| record.value);
        let all = |name| { let all = values.map(|value| value[name]); all.sort(); all };
        let from = |first| { let all = []; for i in first..first + 200 { all.push(i); } all };
        print(all.call("number") == from.call(1));
        print(all.call("at") == from.call(1000));
        print(values.all(|value| value.half == value.number / 2.0));
        "#,
        "true\ntrue\ntrue\n",
        "",
    );
}

#[test]
fn what_a_closure_throws_in_a_pipeline_is_a_dead_letter() {
    prints_on_a_stack(
        r#"
        for topic in ["shots", "azimuths", "dead"] { kafka::create_topic(topic); }
        for i in 0..3 { kafka::producer().deliver("shots", `${i}`); }
        let azimuth = |made| if made.number == 2 { throw "the encoder is off" } else { 1.0 };
        let made = load::generator(dome, #{ fields: #{ azimuth: azimuth } });
        let done = stream::from("shots", #{ group: "g", to: "end" })
            .map(|record| #{ value: made.next() })
            .to("azimuths")
            .dead_letters("dead")
            .run();
        print([done.produced, done.dead_letters]);
        let dead = kafka::consumer("dead", #{ to: "end" }).read();
        print(dead.value);
        "#,
        "[2, 1]\n1\n",
        " WARN shots[0]@1 is a dead letter: cannot make up field `azimuth` of `Dome` for record 2: the \
         encoder is off\n",
    );
}

#[test]
fn an_experiment_feeds_the_transformer_with_text() {
    prints_on_a_stack(
        r#"
        let air = sal::demo_interfaces().topic("Weather_airConditions");
        registry::register(air.subject, air.schema);
        for topic in [air.text_topic, air.kafka_topic] { kafka::create_topic(topic); }
        let given = || #{ seed: 4, fields: #{ humidity: |made| made.number / 4.0 } };
        load::experiment(#{ max: 20 })
            .produce(air.text_topic, sal::mock(air, given.call()), 1000)
            .run();
        stream::from(air.text_topic, #{ group: "air", to: "end" }).via(sal::text_to_avro()).run();
        let twin = sal::mock(air, given.call());
        let read = kafka::consumer(air.kafka_topic, #{ to: "end" }).read_all();
        let items = ["temperature", "humidity", "pressure", "samples", "sensorName"];
        print(read.len());
        for record in read {
            let wanted = twin.values();
            for item in items {
                if record.value[item] != wanted[item] { print(`${item}: ${record.value[item]}`); }
            }
        }
        print(read[19].value.sal_sequence + " " + read[19].value.humidity);
        "#,
        "20\n20 5.0\n",
        "",
    );
}

#[test]
fn an_outcome_goes_by_its_name() {
    let script = r#"
        kafka::create_topic("named");
        print(type_of(load::experiment(#{ max: 1 }).produce("named", "x", 100).run()));
        print(type_of(load::generator(dome)));
    "#;
    prints_on_a_stack(script, "Outcome\nGenerator\n", "");
}
