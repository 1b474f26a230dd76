//! Native stages, and what stages cost.

use crate::support::{Kafkaefd, Stack, http, on_each_stack};

on_each_stack! {
    fn an_expression_filters_also_in_the_background(stack: &Stack) {
        let script = r#"
            for topic in ["in", "out", "dead"] { kafka::create_topic(`${topic}-######`); }
            let sieve = stream::from("in-######", #{ group: "in-######" })
                .via(stream::filter("record.value.parse_int() % 2 == 0"))
                .via(stream::filter(kafka::filter("record.offset > 0")))
                .to("out-######").dead_letters("dead-######").start();
            for value in ["0", "1", "two", "4"] { kafka::producer().deliver("in-######", value); }
            print(kafka::consumer("out-######").read().value);
            let dead = kafka::consumer("dead-######").read();
            print([dead.value, dead.headers["__connect.errors.class.name"]]);
            print(dead.headers["__connect.errors.exception.message"]);
            print(sieve.stop().skipped);
        "#;
        stack
            .script(script)
            .stdout(
                "4\n[\"two\", \"stream::filter\"]\n\
                 Error parsing integer number 'two': invalid digit found in string \
                 (line 1, position 14)\n2\n",
            )
            .success();
    }
}

#[test]
fn an_expression_that_makes_no_sense_is_told_where_it_stands() {
    for (given, said) in [
        ("\"recrod.key\"", "unknown variable `recrod`: an expression knows `record`"),
        ("7", "a filter is an expression as text or a Filter, not an int"),
    ] {
        let run = Kafkaefd::new()
            .file("t.rhai", &format!("stream::filter({given});"))
            .args(["run", "t.rhai"]);
        let text = String::from_utf8(run.stdout("").code(2).stderr).unwrap();
        assert!(text.starts_with(&format!("error: {said}\n")), "{text}");
    }
}

#[test]
fn metrics_tell_what_each_stage_costs() {
    let stack = Stack::new();
    let script = r#"
        kafka::create_topic("in");
        kafka::create_topic("out");
        for i in 0..5 { kafka::producer().deliver("in", `${i}`); }
        stream::from("in", #{ group: "costly", to: "end" })
            .filter(|record| record.value != "0")
            .flat_map(|record| { time::sleep(0.25); [record, record] })
            .filter(|record| true)
            .to("out").metrics("m").run();
        let address = metrics::serve(0);
        print(address);
        time::sleep(600);
    "#;
    let home = tempfile::TempDir::new().unwrap();
    std::fs::write(home.path().join("t.rhai"), script).unwrap();
    let args = ["run", "--broker", stack.broker(), "t.rhai"];
    let mut running = crate::support::Running::start(home.path(), &args);
    let address = running.lines(1).remove(0);
    let (_, page) = http::get(&address, "/metrics");
    let value = |name: &str, stage: &str| -> f64 {
        let start =
            format!("kafkaefd_stage_{name}_total{{pipeline=\"costly\",stage=\"{stage}\"}} ");
        let line = page.lines().find_map(|line| line.strip_prefix(&*start));
        line.unwrap_or_else(|| panic!("{start} is missing:\n{page}")).parse().unwrap()
    };
    let records = ["filter", "flat_map", "filter#2", "to"].map(|stage| value("records", stage));
    assert_eq!(records.map(|count| count as u32), [5, 4, 8, 8]);
    assert!((1.0..100.0).contains(&value("seconds", "flat_map")), "{page}");
    assert!((0.0..1.0).contains(&value("seconds", "to")), "{page}");
    running.stop("TERM");
}
