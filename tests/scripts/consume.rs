//! `consume`: from where, to where, which records, in which form.

use crate::support::{Running, Shell, Stack, on_each_stack};

/// The topic `t-######` of two partitions: 0 to 5 turn about at rising times, and a tombstone.
const SIX: &str = "kafka::create_topic(\"t-######\", #{ partitions: 2 });\n\
    let p = kafka::producer();\n\
    for i in 0..6 {\n\
        p.deliver(\"t-######\", #{ key: `k${i}`, value: `v${i}`, partition: i % 2,\n\
            timestamp: 1767225600000 + 1000 * i, headers: #{ unit: `${i}` } });\n\
    }\n\
    p.deliver(\"t-######\", #{ key: blob(2, 255), partition: 1, timestamp: 1767225606000 });";

/// The topic `temps-######` with the temperatures 10.5, 20.5 and 30.5 in Avro.
const TEMPS: &str = "kafka::create_topic(\"temps-######\"); let p = kafka::producer();\n\
    let schema = `{\"type\":\"record\",\"name\":\"t\",\"fields\":[\n\
        {\"name\":\"temp\",\"type\":\"double\"},{\"name\":\"raw\",\"type\":\"bytes\"}]}`;\n\
    for t in [10.5, 20.5, 30.5] {\n\
        let value = #{ temp: t, raw: blob(2, 7) };\n\
        p.deliver(\"temps-######\", #{ timestamp: 1000,\n\
            value: registry::encode(\"temps-######-value\", schema, value) });\n\
    }";

fn six(stack: &Stack, args: &[&str], stdout: &str) {
    stack.kafkaefd().args(["consume", "t-######"]).args(args).stdout(stdout).stderr("").success();
}

on_each_stack! {
    fn reading_starts_and_ends_where_it_is_told(stack: &Stack) {
        stack.script(SIX).stderr("").success();
        let one = |place: &str, n: usize| format!("t-######[{place}: key k{n}, value v{n}\n");
        let read = |args: &[&str], lines: &[(&str, usize)]| {
            let stdout: String = lines.iter().map(|(place, n)| one(place, *n)).collect();
            six(stack, &[&["--partition", "0"], args].concat(), &stdout);
        };
        let all = [("0]@0", 0), ("0]@1", 2), ("0]@2", 4)];
        read(&["--to", "end"], &all);
        read(&["--from", "1", "--to", "end"], &all[1..]);
        read(&["--from", "-1", "--to", "end"], &all[2..]);
        read(&["--from=-2", "--to", "-1"], &all[1..2]);
        read(&["--from", "1", "--to", "2"], &all[1..2]);
        read(&["--count", "2"], &all[..2]);
        read(&["--from", "2026-01-01T00:00:01Z", "--to", "@1767225604000"], &all[1..2]);
        read(&["--timeout", "5"], &all);
        read(&["--to", "7", "--timeout", "5"], &all);
    }

    fn a_time_back_from_now_starts_there(stack: &Stack) {
        stack.script(SIX).stderr("").success();
        stack.script("kafka::producer().deliver(\"t-######\", #{ value: \"new\", partition: 0 })").success();
        six(stack, &["--from", "-10m", "--to", "end"], "t-######[0]@3: value new\n");
    }

    fn the_form_is_chosen(stack: &Stack) {
        stack.script(SIX).stderr("").success();
        let tombstone = ["--partition", "1", "--from", "-1", "--to", "end"];
        let first = ["--partition", "0", "--count", "1"];
        let read = |part: &[&str], args: &[&str], stdout: &str| six(stack, &[part, args].concat(), stdout);
        read(&tombstone, &[], "t-######[1]@3: key ffff, no value\n");
        read(&tombstone, &["--format", "raw"], "\n");
        read(&first, &["--format", "raw"], "v0\n");
        read(
            &tombstone,
            &["--format", "envelope"],
            "{\"topic\":\"t-######\",\"partition\":1,\"offset\":3,\"timestamp\":1767225606000,\
             \"key\":{\"base64\":\"//8=\"},\"value\":null,\"headers\":[]}\n",
        );
        read(
            &first,
            &["--format", "envelope", "--output", "yaml"],
            "{\"topic\":\"t-######\",\"partition\":0,\"offset\":0,\"timestamp\":1767225600000,\
             \"key\":\"k0\",\"value\":\"v0\",\"headers\":[[\"unit\",\"0\"]]}\n",
        );
        read(
            &first,
            &["--output", "json"],
            "{\"topic\":\"t-######\",\"partition\":0,\"offset\":0,\"timestamp\":1767225600000,\
             \"key\":\"k0\",\"value\":\"v0\",\"headers\":{\"unit\":\"0\"}}\n",
        );
        read(
            &first,
            &["--output", "yaml"],
            "---\ntopic: t-######\npartition: 0\noffset: 0\ntimestamp: 1767225600000\nkey: k0\n\
             value: v0\nheaders:\n  unit: \"0\"\n",
        );
    }

    fn values_are_decoded_by_the_registry_and_filtered(stack: &Stack) {
        stack.script(TEMPS).stderr("").success();
        let read = |args: &[&str], stdout: &str| {
            stack
                .kafkaefd()
                .args(["consume", "temps-######", "--to", "end"])
                .args(args)
                .stdout(stdout)
                .stderr("")
                .success();
        };
        let second = "temps-######[0]@1: value {\"temp\":20.5,\"raw\":\"0707\"}\n";
        let third = "temps-######[0]@2: value {\"temp\":30.5,\"raw\":\"0707\"}\n";
        let hot = ["--where", "record.value.temp > 20.0"];
        read(&hot, &format!("{second}{third}"));
        read(&[hot[0], hot[1], "--count", "1", "--format", "avro"], second);
        read(&["--where", "let x = record.value; [x.temp].some(|t| t > 30.0)"], third);
        read(
            &["--count", "1", "--output", "json"],
            "{\"topic\":\"temps-######\",\"partition\":0,\"offset\":0,\"timestamp\":1000,\"key\":null,\
             \"value\":{\"temp\":10.5,\"raw\":\"0707\"},\"headers\":{}}\n",
        );
    }

    fn a_group_goes_on_where_it_left_off(stack: &Stack) {
        let script = "kafka::create_topic(\"t-######\");\n\
            for i in 0..5 { kafka::producer().deliver(\"t-######\", `v${i}`) }";
        stack.script(script).stderr("").success();
        let read = |args: &[&str], stdout: &str| {
            six(stack, &[&["--group", "g-######", "--format", "raw"], args].concat(), stdout);
        };
        read(&["--count", "2"], "v0\nv1\n");
        read(&["--count", "1", "--where", "record.offset > 2"], "v3\n");
        read(&["--to", "end"], "v4\n");
    }

    fn what_cannot_be_decoded_is_an_error_or_passed_over(stack: &Stack) {
        let script = "kafka::create_topic(\"t-######\");\n\
            for v in [\"{\", \"[1]\"] { kafka::producer().deliver(\"t-######\", v) }";
        stack.script(script).stderr("").success();
        let read = || stack.kafkaefd().args(["consume", "t-######", "--format", "json", "--to", "end"]);
        let why = "cannot decode the value of t-######[0]@0: it is not JSON: EOF while parsing an \
            object at line 1 column 1";
        read()
            .args(["--keep-going"])
            .stdout("t-######[0]@1: value [1]\n")
            .stderr(&format!(" WARN left out: {why}\n"))
            .success();
        let output = read().stdout("").code(1);
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(stderr.starts_with(&format!("error: {}", stack.tagged(why))), "{stderr}");
    }
}

fn refused(stack: &Stack, args: &[&str], code: i32, stderr: &str) {
    let output = stack.kafkaefd().args(["consume"]).args(args).stdout("").code(code);
    let text = String::from_utf8(output.stderr).unwrap();
    let place = text.find(" --> bundled").unwrap_or(text.len());
    let help = text.find("help: ").unwrap_or(text.len());
    assert_eq!(format!("{}{}", &text[..place.min(help)], &text[help..]), stderr);
}

#[test]
fn an_expression_that_makes_no_sense_is_pointed_into() {
    let stack = Stack::new();
    stack.script(SIX).success();
    let filter = |expression: &str, code: i32, stderr: &str| {
        refused(&stack, &["t-######", "--to", "end", "--where", expression], code, stderr);
    };
    let at = |column: usize, source: &str| {
        format!(" --> filter:1:{column}\n  |\n1 | {source}\n  | {}^\n", " ".repeat(column - 1))
    };
    let source = "record.value.temp >";
    filter(source, 1, &format!("error: syntax error: script is incomplete\n{}", at(20, source)));
    let source = "recrod.value > 1";
    let message = "error: unknown variable `recrod`: an expression knows `record`\n";
    filter(source, 2, &format!("{message}{}", at(1, source)));
    let source = "record.valu";
    let message = "error: cannot read `.valu`: a value of type Record has no such property\n";
    let call = "  = in the filter of t-######[0]@0, called at bundled:consume.rhai:";
    let output = stack
        .kafkaefd()
        .args(["consume", "t-######", "-p", "0", "--where", source])
        .stdout("")
        .code(1);
    let stderr = String::from_utf8(output.stderr).unwrap();
    let start = format!("{message}{}{}", at(8, source), stack.tagged(call));
    assert!(stderr.starts_with(&start), "{stderr}");
    assert!(stderr.ends_with("help: did you mean `.value`?\n"), "{stderr}");
    filter(
        "",
        2,
        "error: cannot filter records: the expression is empty\n\
        help: write one over `record`, as `record.value.temp > 20.0`\n",
    );
}

#[test]
fn a_record_for_which_the_expression_fails_is_passed_over_where_that_is_wanted() {
    let stack = Stack::new();
    stack.script(SIX).success();
    stack
        .kafkaefd()
        .args(["consume", "t-######", "-p", "1", "--to", "end", "--keep-going"])
        .args(["--where", "record.value.len > 0", "--from", "2"])
        .stdout("t-######[1]@2: key k5, value v5\n")
        .stderr(" WARN left out t-######[1]@3: Unknown property 'len' - a getter is not registered for type '()' (line 1, position 14)\n")
        .success();
}

#[test]
fn what_does_not_exist_is_said() {
    let stack = Stack::new();
    stack.script(SIX).success();
    refused(
        &stack,
        &["t-####"],
        1,
        "error: cannot consume topic `t-####`: topic `t-####` does not exist\n\
         help: list the topics with: kafkaefd admin topics list\n",
    );
    refused(
        &stack,
        &["t-######", "-p", "7"],
        2,
        &stack.tagged(
            "error: cannot consume topic `t-######`: it has no partition 7\n\
             help: its partitions are 0 to 1\n",
        ),
    );
    refused(
        &stack,
        &["t-######", "-p", "1", "--group", "g"],
        2,
        "error: cannot make a consumer: a group is given its partitions, it does not choose them\n\
         help: leave out `group` or `partitions`\n",
    );
}

#[test]
fn an_empty_topic_is_said_to_be_empty() {
    let stack = Stack::new();
    stack.script("kafka::create_topic(\"t\")").success();
    let read = stack.kafkaefd().args(["consume", "t", "--to", "end"]);
    read.stdout("").stderr(" INFO no records\n").success();
}

#[test]
fn ctrl_c_ends_it_with_what_it_has() {
    let stack = Stack::new();
    stack.script(SIX).success();
    let home = tempfile::TempDir::new().unwrap();
    let args = ["consume", &stack.name("t"), "-p", "0", "--broker", stack.broker()];
    let mut following = Running::start(home.path(), &[&args[..], &["--format", "raw"]].concat());
    assert_eq!(following.lines(3), ["v0", "v2", "v4"]);
    let ended = following.stop("INT");
    assert_eq!(
        (ended.code, ended.stdout.as_str(), ended.stderr.as_str()),
        (Some(130), "", "stopped\n")
    );
}

/// Also where no record comes that would be written to the closed pipe.
#[test]
fn a_reader_who_has_seen_enough_ends_it() {
    let shell = Shell::with_stack();
    shell.run(
        "kafkaefd run - <<'END'\nkafka::create_topic(\"t\");\n\
        for i in 0..3 { kafka::producer().deliver(\"t\", `v${i}`) }\nEND\n",
    );
    let text =
        shell.run("{ kafkaefd consume t --format raw; echo ended with $? >&2; } | head -n 1");
    assert_eq!(text, "v0\nended with 0\n");
}
