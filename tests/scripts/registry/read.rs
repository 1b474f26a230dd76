use super::Bed;
use crate::support::Kafkaefd;

#[test]
fn list_prints_the_subjects() {
    let bed = Bed::new();
    bed.run(&["upload", "other", "reading.json"]).stdout("1\n").success();
    bed.run(&["list"]).stdout("subject\nother\nreading\n").success();
    bed.run(&["list", "--filter", "r.*d"]).stdout("subject\nreading\n").success();
    bed.run(&["list", "-f", "x"]).stdout("no subjects in profile custom\n").success();
    bed.run(&["list", "-v", "-c"])
        .stdout(
            "subject  versions  level\n\
             other    [1]       BACKWARD\n\
             reading  [1]       BACKWARD\n",
        )
        .success();
    bed.run(&["list", "--output", "json", "-f", "o"])
        .stdout("[\n  {\n    \"subject\": \"other\"\n  }\n]\n")
        .success();
}

#[test]
fn show_prints_the_schema_as_it_can_be_uploaded() {
    let bed = Bed::new();
    let shown = concat!(
        "{\n  \"type\": \"record\",\n  \"name\": \"org.Reading\",\n  \"fields\": [\n    {\n",
        "      \"name\": \"temp\",\n      \"type\": \"float\",\n      \"units\": \"deg_C\"\n    }\n",
        "  ]\n}\n"
    );
    let note = " INFO version 1 of reading has id 1\n";
    bed.run(&["show", "reading"]).stdout(shown).stderr(note).success();
    bed.run(&["show", "reading", "--version", "1"]).stdout(shown).stderr(note).success();
    let yaml =
        "type: record\nname: org.Reading\nfields:\n- name: temp\n  type: float\n  units: deg_C\n";
    bed.run(&["show", "reading", "--output", "yaml"]).stdout(yaml).stderr(note).success();
    bed.run(&["upload", "copy", "shown.json"]).file("shown.json", shown).stdout("1\n").success();
}

#[test]
fn a_proxy_is_not_asked_for_this_machine() {
    let bed = Bed::new();
    bed.run(&["list"])
        .env("HTTP_PROXY", "http://127.0.0.1:1")
        .stdout("subject\nreading\n")
        .success();
}

#[test]
fn show_says_what_is_missing() {
    let bed = Bed::new();
    let url = bed.url();
    bed.run(&["show", "reading", "-v", "7"])
        .stdout("")
        .stderr(&format!(
            "error: cannot read version 7 of subject `reading` at {url}: no such version\n\
             help: its only version is 1\n"
        ))
        .code(1);
}

#[test]
fn a_registry_that_is_down() {
    Kafkaefd::new()
        .args(["registry", "list", "--registry", "http://127.0.0.1:1"])
        .stdout("")
        .stderr(
            "error: cannot list subjects of http://127.0.0.1:1: connection refused\n\
             help: start the registry, or give another with --registry or $SCHEMAREGISTRY\n",
        )
        .code(1);
}
