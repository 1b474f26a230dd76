//! Which topics `salmock produce` takes.

use crate::support::Stack;

/// Registers the schemas of the demo in `layout`, as `salschema convert --upload` does.
fn upload(stack: &Stack, layout: &str) {
    let script = r#"
        for topic in sal::demo_interfaces().topics(#{ layout: "LAYOUT", generics: false }) {
            registry::register(topic.subject, topic.schema);
        }
    "#;
    stack.script(&script.replace("LAYOUT", layout)).success();
}

/// A stack whose registry has the schemas of the demo, as the predecessor left them.
fn uploaded() -> Stack {
    let stack = Stack::new();
    upload(&stack, "kafkaefd");
    stack
}

fn produces(stack: &Stack, args: &[&str]) {
    let line = ["salmock", "produce", "--hertz", "50", "--seconds", "0.1"];
    stack.kafkaefd().args(line).args(["--prometheus-port", "0"]).args(args).success();
}

/// The topics that exist, with how many records they have.
fn has(stack: &Stack, topics: &str) {
    let list = r#"
        for topic in kafka::topics() {
            print(`${topic.name} ${kafka::consumer(topic.name, #{ to: "end" }).read_all().len()}`);
        }
    "#;
    stack.script(list).stdout(topics).success();
}

#[test]
fn the_first_topics_in_alphabetical_order_are_taken() {
    let stack = uploaded();
    produces(&stack, &["--max-topics", "2"]);
    has(&stack, "domeshutter-command-close 5\ndomeshutter-command-open 5\n");
    // The mock has registered its subjects: they are the same topics, not more of them.
    produces(&stack, &["--max-topics", "3"]);
    has(
        &stack,
        "domeshutter-command-close 10\ndomeshutter-command-open 10\n\
         domeshutter-logevent-shutterstate 5\n",
    );
}

#[test]
fn topics_of_one_kind_or_name_are_taken() {
    let stack = uploaded();
    produces(&stack, &["--kind", "logevent"]);
    produces(&stack, &["--topic", "Weather_wind", "--topic", "weather-wind"]);
    has(
        &stack,
        "domeshutter-logevent-shutterstate 5\nsensors-logevent-connection 5\n\
         weather-logevent-skycondition 5\nweather-wind 5\n",
    );
}

/// Today's layout has other names and no types of topics.
#[test]
fn topics_of_todays_layout_are_taken_as_they_are_called() {
    let stack = Stack::new();
    upload(&stack, "ts_xml");
    produces(&stack, &["--kind", "telemetry"]);
    has(
        &stack,
        "lsst.sal.DomeShutter.position 5\nlsst.sal.Sensors.thermocouples 5\n\
         lsst.sal.Weather.airConditions 5\nlsst.sal.Weather.wind 5\n",
    );
}

#[test]
fn what_is_not_there_is_told() {
    let stack = Stack::new();
    let refuses = |args: &[&str], code: i32, stderr: &str| {
        stack.kafkaefd().args(["salmock", "produce"]).args(args).stderr(stderr).code(code);
    };
    let remedy = "help: register them with: kafkaefd salschema convert --upload\n";
    let message = "error: cannot mock SAL: the registry has no schemas of SAL topics\n";
    refuses(&[], 1, &format!("{message}{remedy}"));
    upload(&stack, "kafkaefd");
    refuses(
        &["--topic", "Weather_win"],
        1,
        "error: cannot mock Weather_win: the registry has no subject weather-win-value\n\
         help: register it with: kafkaefd salschema convert --upload\n",
    );
    refuses(
        &["--hertz", "1", "--period", "1"],
        2,
        "error: cannot keep the rate: give --hertz or --period\n",
    );
}
