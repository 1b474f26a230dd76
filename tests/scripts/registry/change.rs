use super::Bed;
use crate::support::pointed;

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
    bed.run(&["upload", "bad", "bad.json"])
        .file("bad.json", r#"{"type": "record", "name": "Bad", "fields": [{"name": "a"}]}"#)
        .stdout("")
        .stderr(&format!(
            "error: cannot parse the Avro schema in `bad.json`: No `type` in record field\n{}",
            pointed("registry/upload.rhai", "load(args.file)")
        ))
        .code(1);
    bed.run(&["upload", "bad", "none.json"])
        .stdout("")
        .stderr(&format!(
            "error: cannot read the Avro schema in `none.json`: there is no such file\n{}",
            pointed("registry/upload.rhai", "load(args.file)")
        ))
        .code(1);
    bed.run(&["list"]).stdout("subject\nreading\n").success();
}

#[test]
fn an_incompatible_schema_is_tested_and_refused_with_the_reason() {
    let bed = Bed::new();
    let why = "the new schema cannot read data of version 1: \
               the writer has record, the reader string";
    bed.run(&["test", "reading", "reading.json"]).stdout("Compatible: true\n").success();
    bed.run(&["test", "reading", "text.json"])
        .file("text.json", "\"string\"")
        .stdout(&format!("Compatible: false\n- {why}\n"))
        .success();
    let url = bed.url();
    bed.run(&["upload", "reading", "text.json"])
        .file("text.json", "\"string\"")
        .stdout("")
        .stderr(&format!(
            "error: cannot register schema string under subject `reading` at {url}: \
             it is incompatible at level BACKWARD: {why}\n{}\
             help: change the schema, or lower the subject's level with registry::set_level\n",
            pointed("registry/upload.rhai", "register(args")
        ))
        .code(1);
}

#[test]
fn compat_shows_and_sets_the_level() {
    let bed = Bed::new();
    bed.run(&["compat"]).stdout("BACKWARD\n").success();
    bed.run(&["compat", "--set", "FULL"]).stdout("FULL\n").success();
    bed.run(&["compat", "--subject", "reading"]).stdout("FULL\n").success();
    bed.run(&["compat", "--subject", "reading", "--set", "FORWARD_TRANSITIVE"])
        .stdout("FORWARD_TRANSITIVE\n")
        .success();
    bed.run(&["compat"]).stdout("FULL\n").success();
}

#[test]
fn delete_hides_and_then_removes() {
    let bed = Bed::new();
    bed.run(&["upload", "doomed", "reading.json"]).success();
    bed.run(&["delete", "doomed", "--version", "1"])
        .stdout("subject  deleted\ndoomed         1\n")
        .success();
    bed.run(&["delete", "doomed", "--permanent"])
        .stdout("subject  deleted\ndoomed         1\n")
        .success();
    let url = bed.url();
    bed.run(&["delete", "doomed"])
        .stderr(&format!(
            "error: cannot delete subject `doomed` at {url}: no such subject\n{}  \
             = in `remove`, called at bundled:registry/delete.rhai:16:19\n",
            pointed("registry/delete.rhai", "delete(subject, options); }")
        ))
        .code(1);
}
