use super::{Bed, message};

#[test]
fn upload_keeps_the_id_of_a_schema_that_is_there() {
    let bed = Bed::new();
    bed.run(&["upload", "reading", "reading.json"]).stdout("1\n").success();
    bed.run(&["upload", "text", "text.json"])
        .file("text.json", "\"string\"")
        .stdout("2\n")
        .success();
}

#[test]
fn upload_refuses_a_bad_schema() {
    let bed = Bed::new();
    let output = bed
        .refused(&["upload", "bad", "bad.json"])
        .file("bad.json", r#"{"type": "record", "name": "Bad", "fields": [{"name": "a"}]}"#)
        .stdout("")
        .code(1);
    assert_eq!(
        message(&output),
        "error: cannot parse the Avro schema in `bad.json`: No `type` in record field\nno help"
    );
    let output = bed.refused(&["upload", "bad", "none.json"]).stdout("").code(1);
    assert_eq!(
        message(&output),
        "error: cannot read the Avro schema in `none.json`: there is no such file\nno help"
    );
    bed.run(&["list"]).stdout("subject\nreading\n").success();
}

#[test]
fn an_incompatible_schema_is_tested_and_refused_with_the_reason() {
    let bed = Bed::new();
    let why = "the new schema cannot read data of version 1: \
               the writer has record org.Reading, the reader string";
    bed.run(&["test", "reading", "reading.json"]).stdout("Compatible: true\n").success();
    let tested = bed
        .refused(&["test", "reading", "text.json"])
        .file("text.json", "\"string\"")
        .stdout(&format!("Compatible: false\n- {why}\n"))
        .code(1);
    assert_eq!(
        message(&tested),
        "error: the schema in text.json is incompatible with subject reading\nno help"
    );
    let url = bed.url();
    let refused = bed
        .refused(&["upload", "reading", "text.json"])
        .file("text.json", "\"string\"")
        .stdout("")
        .code(1);
    assert_eq!(
        message(&refused),
        format!(
            "error: cannot register schema string under subject `reading` at {url}: \
             it is incompatible at level BACKWARD: {why}\n\
             help: change the schema, or lower the level: kafkaefd registry compat --help"
        )
    );
}

#[test]
fn a_verdict_is_data_and_needs_a_subject() {
    let bed = Bed::new();
    bed.run(&["test", "reading", "reading.json", "--output", "json"])
        .stdout("{\n  \"compatible\": true,\n  \"reasons\": []\n}\n")
        .success();
    let output = bed.refused(&["test", "readin", "reading.json"]).stdout("").code(1);
    let url = bed.url();
    assert_eq!(
        message(&output),
        format!(
            "error: cannot check a schema against subject `readin` at {url}: no such subject\n\
             help: did you mean `reading`?"
        )
    );
}

#[test]
fn compat_shows_and_sets_the_level() {
    let bed = Bed::new();
    bed.run(&["compat"]).stdout("BACKWARD\n").success();
    bed.run(&["compat", "--set", "FULL"]).stdout("FULL\n").success();
    bed.refused(&["compat", "--subject", "reading"])
        .stdout("FULL\n")
        .stderr(" INFO subject reading has no level of its own: this is the global one\n")
        .success();
    bed.run(&["compat", "--subject", "reading", "--set", "FORWARD_TRANSITIVE"])
        .stdout("FORWARD_TRANSITIVE\n")
        .success();
    bed.run(&["compat", "--subject", "reading", "--output", "yaml"])
        .stdout("level: FORWARD_TRANSITIVE\nown: true\nsubject: reading\n")
        .success();
    bed.run(&["compat"]).stdout("FULL\n").success();
}

#[test]
fn delete_hides_and_then_removes() {
    let bed = Bed::new();
    bed.run(&["upload", "doomed", "reading.json"]).success();
    bed.run(&["delete", "doomed", "--version", "1", "--dry-run"])
        .stdout("subject  version  result\ndoomed         1  would be deleted\n")
        .success();
    bed.run(&["delete", "doomed", "--version", "1", "--yes"])
        .stdout("subject  version  result\ndoomed         1  deleted\n")
        .success();
    bed.run(&["delete", "doomed", "--permanent", "--yes"])
        .stdout("subject  version  result\ndoomed         1  deleted\n")
        .success();
    let url = bed.url();
    let output = bed.refused(&["delete", "doomed", "--yes"]).stdout("").code(1);
    assert_eq!(
        message(&output),
        format!(
            "error: cannot list versions of subject `doomed` at {url}: no such subject\n\
             help: list the subjects with: kafkaefd registry list"
        )
    );
}

#[test]
fn delete_asks_first() {
    let bed = Bed::new();
    let output = bed.refused(&["delete", "reading"]).stdout("").code(2);
    assert_eq!(
        message(&output),
        "error: cannot ask `Delete version 1 of reading?`: there is no terminal\n\
         help: give --yes to go on without the question"
    );
    // "no" leaves it, "yes" does not.
    let ask = |answer: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_kafkaefd"));
        command.args(["registry", "delete", "reading"]).env("SCHEMAREGISTRY", bed.url());
        let mut terminal = rexpect::session::spawn_command(command, Some(120_000)).unwrap();
        terminal.exp_string("Delete version 1 of reading?").unwrap();
        terminal.send_line(answer).unwrap();
        terminal.exp_eof().unwrap()
    };
    assert!(ask("n").contains("nothing was deleted"));
    bed.run(&["list"]).stdout("subject\nreading\n").success();
    assert!(ask("y").contains("reading        1  deleted"));
    bed.run(&["list"]).stdout("no subjects in profile custom\n").success();
}
