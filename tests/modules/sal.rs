//! `sal`: what scripts see of components, topics and text messages.

use crate::support::Kafkaefd;

fn prints(script: &str, stdout: &str) {
    Kafkaefd::new()
        .file("t.rhai", &format!("let demo = sal::demo_interfaces();\n{script}"))
        .args(["run", "t.rhai"])
        .stdout(stdout)
        .stderr("")
        .success();
}

#[test]
fn components_and_topics_are_walked_over() {
    prints(
        r#"
        for subsystem in demo.subsystems {
            for topic in subsystem.topics {
                let item = topic.items[0];
                print(`${subsystem.name} ${topic.name}: ${item.name} ${item.idl} ${item.units}`);
            }
        }
        try { sal::subsystem(demo, "Wether") } catch (err) { print(err.message); print(err.remedy); }
        "#,
        "\
DomeShutter DomeShutter_command_open: door long 
DomeShutter DomeShutter_command_close: reason string 
DomeShutter DomeShutter_logevent_shutterState: state int 
DomeShutter DomeShutter_position: timestamp double second
Sensors Sensors_logevent_connection: connected boolean 
Sensors Sensors_thermocouples: timestamp double second
Weather Weather_logevent_skyCondition: sky int 
Weather Weather_airConditions: timestamp double second
Weather Weather_wind: timestamp double second
cannot find the component `Wether` in the bundled demo interfaces
did you mean `Weather`?
",
    );
}

#[test]
fn a_loop_over_interfaces_goes_through_components_and_their_topics() {
    prints(
        r"
        for (subsystem, number) in sal::demo_interfaces() {
            for topic in subsystem { print(`${number} ${subsystem.name} ${topic.name}`); }
        }
        ",
        "\
0 DomeShutter DomeShutter_command_open
0 DomeShutter DomeShutter_command_close
0 DomeShutter DomeShutter_logevent_shutterState
0 DomeShutter DomeShutter_position
1 Sensors Sensors_logevent_connection
1 Sensors Sensors_thermocouples
2 Weather Weather_logevent_skyCondition
2 Weather Weather_airConditions
2 Weather Weather_wind
",
    );
}

#[test]
fn a_topic_tells_its_schema_in_either_layout() {
    prints(
        r#"
        let topic = demo.topic("Sensors_logevent_connection");
        print(topic.schema("kafkaefd") == topic.schema);
        print(avro::parse(topic.schema("ts_xml")).fields.map(|field| field.name)[0]);
        try { topic.schema("x") } catch (err) { print(err.message); }
        let acknowledged = demo.topic("Sensors_ackcmd", #{ layout: "ts_xml" });
        try { acknowledged.schema("kafkaefd") } catch (err) { print(err.message); }
        "#,
        "\
true
salIndex
unknown layout `x`
cannot find the topic `Sensors_ackcmd` in the bundled demo interfaces
",
    );
}

#[test]
fn a_record_becomes_the_text_it_came_from() {
    prints(
        r#"
        for layout in ["kafkaefd", "ts_xml"] {
            for topic in demo.topics(#{ layout: layout, generics: true }) {
                let mock = sal::mock(topic, #{ seed: 5, any: true });
                for sent in 0..10 {
                    let text = mock.text(sent * 1234);
                    let record = avro::decode(topic.schema, sal::to_avro(topic, text));
                    if sal::text(topic, record) != text { print(`${topic.name}: ${text}`); }
                }
            }
        }
        "#,
        "",
    );
}

#[test]
fn items_without_a_value_are_zero() {
    prints(
        r#"
        let at = #{ sent: 1500 };
        print(sal::text(demo.topic("DomeShutter_command_open"), #{}, at));
        print(sal::text(demo.topic("DomeShutter_command_open"), #{ door: "Both", speed: 1e-9 }, at));
        let connection = demo.topic("Sensors_logevent_connection", #{ layout: "ts_xml" });
        print(sal::text(connection, #{ address: "O'Hara", attempts: () }, at + #{ index: 4 }));
        "#,
        "\
DomeShutter_command DomeShutter_command_open:( 'kafkaefd' , 1.500000 , 1.500000 , 1 , 1 , 1 , 0 , 0.000000 , 0)
DomeShutter_command DomeShutter_command_open:( 'kafkaefd' , 1.500000 , 1.500000 , 1 , 1 , 1 , 2 , 1e-9 , 0)
Sensors_logevent Sensors_logevent_connection:( 'kafkaefd' , 38.500000 , 38.500000 , 1 , 1 , 1 , 4 , 0 , 'O'Hara' , 0)
",
    );
}

#[test]
fn an_error_names_topic_and_field() {
    prints(
        r#"
        let open = demo.topic("DomeShutter_command_open");
        let connection = demo.topic("Sensors_logevent_connection");
        let cases = [
            [open, #{ dor: 1 }],
            [open, #{ door: "Middle" }],
            [open, #{ speed: "fast" }],
            [open, #{ force: 1 }],
            [connection, #{ attempts: 4294967296 }],
            [connection, #{ address: "a' , b" }],
            [demo.topic("Sensors_thermocouples"), #{ temperature: [1.5] }],
        ];
        for row in cases {
            try { sal::text(row[0], row[1]) } catch (err) {
                print(err.message.sub_string(err.message.index_of("field")));
            }
        }
        "#,
        "\
field `dor`: there is no such field
field `door`: `Middle` is no symbol of the enumeration
field `speed`: `fast` is no number
field `force`: 1 is no boolean
field `attempts`: 4294967296 is no integer from -2147483648 to 2147483647
field `address`: its text holds a quote that would be taken for the closing one
field `temperature`: it has 1 values, not 32
",
    );
}
