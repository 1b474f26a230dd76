use super::{Bench, message};

const DOME: &str = r#"{"connector.class": "FileStreamSource", "file": "/f", "topic": "dome"}"#;

#[test]
fn apply_creates_updates_and_leaves_alone() {
    let bench = Bench::new();
    let apply = |text: &str, more: &[&str]| {
        bench.run(&[&["apply", "new", "f.json"], more].concat()).file("f.json", text).stderr("")
    };
    apply(DOME, &["--dry-run"])
        .stdout(
            "new would be created\n\
             name             old  value\n\
             connector.class       FileStreamSource\n\
             file                  /f\n\
             name                  new\n\
             topic                 dome\n",
        )
        .success();
    bench.run(&["list", "-f", "new"]).stdout("no connectors in profile custom\n").success();
    apply(DOME, &[]).success();
    apply(DOME, &[]).stdout("new unchanged\n").success();
    let changed = r#"{"name": "new", "config": {"connector.class": "FileStreamSource",
        "topic": "mount", "x.password": "s3cret"}}"#;
    let diff = "name        old   value\n\
                file        /f\n\
                topic       dome  mount\n\
                x.password        ***\n";
    apply(changed, &["-n"]).stdout(&format!("new would be updated\n{diff}")).success();
    apply(changed, &[]).stdout(&format!("new updated\n{diff}")).success();
    apply(changed, &["--output", "json"])
        .stdout(
            "{\n  \"changes\": [],\n  \"connector\": \"new\",\n  \"result\": \"unchanged\"\n}\n",
        )
        .success();
}

#[test]
fn a_configuration_goes_out_and_in_again() {
    let bench = Bench::new();
    bench.make(
        "sink",
        r#""connector.class": "FileStreamSink", topics: "t", "x.password": "s3cret""#,
    );
    bench
        .run(&["config", "sink"])
        .stdout(
            "connector.class  FileStreamSink\n\
             name             sink\n\
             topics           t\n\
             x.password       ***\n",
        )
        .success();
    let shown = bench.run(&["config", "sink", "--show-secrets", "--output", "json"]).success();
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(shown.contains("s3cret"), "{shown}");
    bench.run(&["apply", "sink", "-"]).stdin(&shown).stdout("sink unchanged\n").success();
    let output = bench.run(&["apply", "other", "-"]).stdin(&shown).stdout("").code(2);
    assert_eq!(
        message(&output),
        "error: cannot apply - to other: it is for sink\n\
         help: name the same connector, or take `name` out of the file"
    );
}

#[test]
fn what_is_wrong_with_a_configuration_is_said_option_by_option() {
    let bench = Bench::new();
    let wrong = r#"{"connector.class": "FileStreamSource", "tasks.max": "x"}"#;
    let topic = "Missing required configuration \"topic\" which has no default value.";
    let tasks = "Invalid value x for configuration tasks.max: Not a number of type INT";
    let output = bench
        .run(&["validate", "f.json"])
        .file("f.json", wrong)
        .stdout(&format!("Valid: false\n- topic: {topic}\n- tasks.max: {tasks}\n"))
        .code(1);
    assert_eq!(message(&output), "error: the configuration in f.json is not valid\nno help");
    bench.run(&["validate", "f.json"]).file("f.json", DOME).stdout("Valid: true\n").success();
    let output = bench.run(&["apply", "new", "f.json"]).file("f.json", wrong).stdout("").code(1);
    assert_eq!(
        message(&output),
        format!(
            "error: cannot create connector `new` at {}: {topic}; {tasks}\nno help",
            bench.url()
        )
    );
    let output = bench.run(&["validate", "f.json"]).file("f.json", "{}").code(1);
    assert!(String::from_utf8_lossy(&output.stdout).contains("- connector.class: it is missing"));
}

#[test]
fn connectors_are_paused_stopped_and_resumed() {
    let bench = Bench::new();
    let states = |states: &str| {
        let rows = bench.run(&["list", "--filter", "dome", "--output", "json"]).success();
        let rows: serde_json::Value = serde_json::from_slice(&rows.stdout).unwrap();
        assert_eq!(format!("{} {}", rows[0]["state"], rows[0]["tasks"]), states);
    };
    for (verb, done, after) in [
        ("pause", "paused", "\"PAUSED\" 1"),
        ("stop", "stopped", "\"STOPPED\" 0"),
        ("resume", "resumed", "\"RUNNING\" 1"),
    ] {
        bench
            .run(&[verb, "dome"])
            .stdout(&format!("connector  result\ndome       {done}\n"))
            .stderr("")
            .success();
        states(after);
    }
    bench
        .run(&["restart", "dome", "mount", "--failed-only"])
        .stdout("connector  result\ndome       restarted\nmount      restarted\n")
        .success();
    bench.run(&["restart", "mount", "--task", "1"]).success();
    let output = bench.run(&["restart", "mount", "--task", "7"]).code(1);
    assert_eq!(
        message(&output),
        format!(
            "error: cannot restart task 7 of connector `mount` at {}: no such task\n\
             help: list its tasks with: kafkaefd admin connectors tasks mount",
            bench.url()
        )
    );
}

#[test]
fn one_that_fails_leaves_the_others_alone() {
    let bench = Bench::new();
    let why = format!("cannot delete connector `moun` at {}: no such connector", bench.url());
    let output = bench
        .run(&["delete", "moun", "dome", "--yes"])
        .stdout(&format!(
            "connector  result   error\n\
             moun       failed   {why}\n\
             dome       deleted\n"
        ))
        .code(1);
    assert_eq!(message(&output), format!("error: {why}\nhelp: did you mean `mount`?"));
    bench
        .run(&["delete", "mount", "--dry-run"])
        .stdout("connector  result\nmount      would be deleted\n")
        .success();
    let output = bench.run(&["delete", "mount"]).stdout("").code(2);
    assert_eq!(
        message(&output),
        "error: cannot ask `Delete mount?`: there is no terminal\n\
         help: give --yes to go on without the question"
    );
    bench.run(&["info", "mount"]).success();
}

#[test]
fn offsets_change_only_while_it_is_stopped() {
    let bench = Bench::new();
    let set = |text: &str, more: &[&str]| {
        let call = bench.run(&[&["offsets", "dome", "--set", "f.json"], more].concat());
        call.file("f.json", text)
    };
    let text = r#"[{"partition": {"filename": "/f"}, "offset": {"position": 20}}]"#;
    let output = set(text, &["--yes"]).stdout("").code(1);
    assert_eq!(
        message(&output),
        format!(
            "error: cannot set offsets of connector `dome` at {}: it is not stopped\n\
             help: stop it first: kafkaefd admin connectors stop dome",
            bench.url()
        )
    );
    bench.run(&["stop", "dome"]).success();
    let table = "partition          offset\n{\"filename\":\"/f\"}  {\"position\":20}\n";
    set(text, &["--dry-run"]).stdout(table).stderr("").success();
    bench.run(&["offsets", "dome"]).stdout("no offsets in profile custom\n").success();
    set(text, &["--yes"])
        .stdout(table)
        .stderr(" INFO The offsets for this connector have been altered successfully\n")
        .success();
    let shown = bench.run(&["offsets", "dome", "--output", "json"]).success();
    let shown = String::from_utf8(shown.stdout).unwrap();
    set(&shown, &["--yes"]).stdout(table).success();
    set(r#"[{"topic": "t", "partition": 1, "offset": 5}]"#, &["--dry-run"])
        .stdout("topic  partition  offset\nt              1       5\n")
        .success();
    bench
        .run(&["offsets", "dome", "--reset", "--yes"])
        .stdout("no offsets in profile custom\n")
        .stderr(" INFO The offsets for this connector have been reset successfully\n")
        .success();
}
