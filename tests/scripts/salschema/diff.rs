//! `kafkaefd salschema diff`.

use tempfile::TempDir;

use crate::support::Kafkaefd;
use crate::support::github::{COMMIT, Github, Mood};

/// An item of `topic.xml` in the form of the 2020s.
fn item(name: &str, idl: &str, count: u32, units: &str) -> String {
    format!(
        "<item><EFDB_Name>{name}</EFDB_Name><IDL_Type>{idl}</IDL_Type><Count>{count}</Count>\
         <Units>{units}</Units><Description>The {name}.</Description></item>"
    )
}

fn topic(name: &str, items: &[String]) -> String {
    format!(
        "<SALTelemetry><Subsystem>Dome</Subsystem><EFDB_Topic>Dome_{name}</EFDB_Topic>\
         <Description>About\n {name}.</Description>{}</SALTelemetry>",
        items.concat()
    )
}

fn set(topics: &[String]) -> String {
    format!("<SALTelemetrySet>{}</SALTelemetrySet>", topics.concat())
}

/// Two releases, of which the second has another topic, one less, and changes of each kind.
fn releases() -> Kafkaefd {
    let angle = |units| item("angle", "double", 1, units);
    let before = set(&[
        topic("gone", &[angle("deg")]),
        topic("motor", &[item("speed", "float", 1, "rpm"), item("load", "int", 4, "%")]),
        topic("same", &[angle("deg")]),
        topic("shutter", &[angle("deg")]),
    ]);
    let after = set(&[
        topic("fresh", &[angle("deg")]),
        topic("motor", &[item("speed", "int", 1, "rpm"), item("load", "int", 6, "%")]),
        topic("same", &[angle("deg")]),
        topic("shutter", &[angle("rad")]),
    ]);
    Kafkaefd::new()
        .file("before/sal_interfaces/Dome/Dome_Telemetry.xml", &before)
        .file("after/sal_interfaces/Dome/Dome_Telemetry.xml", &after)
        .args(["salschema", "diff", "before", "after"])
}

#[test]
fn a_note_to_the_readers_of_a_release() {
    releases()
        .stdout(
            "\
# before -> after, layout ts_xml

5 topics before, 5 after: 1 added, 1 removed, 1 changed, 1 reworded.

## Topics added

- Dome_fresh: About fresh.

## Topics removed

- Dome_gone: About gone.

## Topics changed

### Dome_motor

Changed:
- speed: float -> int
- speed: default 0.0 -> 0
- load: default [0,0,0,0] -> [0,0,0,0,0,0]

Compatible FORWARD only: the new schema cannot read data of the old schema: \
field speed: the writer has float, the reader int.

InfluxDB:
- speed has values of type float and gets integer: \
points are refused until the next shard, or until the measurement is dropped
- load has 4 columns and gets 6 columns

## Topics with other units, descriptions or defaults only

- Dome_shutter: angle in rad, it was deg
",
        )
        .stderr("")
        .success();
}

#[test]
fn a_row_for_each_topic_that_is_not_the_same() {
    let output = releases().args(["--output", "json"]).success();
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    let word = |row: &serde_json::Value, key: &str| row[key].as_str().unwrap().to_owned();
    let changes: Vec<_> = rows.iter().map(|r| (word(r, "sal_topic"), word(r, "change"))).collect();
    let expected = [("fresh", "added"), ("gone", "removed"), ("motor", "changed")];
    let expected = expected.into_iter().chain([("shutter", "reworded")]);
    let named = |(name, change): (&str, &str)| (format!("Dome_{name}"), change.to_owned());
    assert_eq!(changes, expected.map(named).collect::<Vec<_>>());
    let levels = &rows[2]["levels"];
    let reasons = |level: &str| levels[level].as_array().unwrap().len();
    assert_eq!([reasons("BACKWARD"), reasons("FORWARD"), reasons("FULL")], [1, 0, 1]);
}

#[test]
fn the_same_release_twice() {
    Kafkaefd::new()
        .file("a/sal_interfaces/Dome/Dome_Telemetry.xml", &set(&[topic("same", &[])]))
        .args(["salschema", "diff", "a", "a"])
        .stdout(
            "# a -> a, layout ts_xml\n\n\
             2 topics before, 2 after: 0 added, 0 removed, 0 changed, 0 reworded.\n",
        )
        .success();
}

#[test]
fn a_folder_that_is_not_there() {
    Kafkaefd::new()
        .args(["salschema", "diff", "./nowhere", "./nowhere"])
        .stdout("")
        .stderr(
            "error: cannot read ./nowhere: No such file or directory (os error 2)\n\
             help: name the folder or the archive that holds `sal_interfaces`, or that folder itself\n",
        )
        .code(1);
}

/// As a release is called where its files are not at hand.
#[test]
fn what_is_not_here_is_a_release_on_github() {
    let (github, cache) = (Github::start(Mood::default()), TempDir::new().unwrap());
    let said = |name: &str, more: &str| {
        format!(
            " INFO {name} is no file or folder here: taken for a branch, tag or commit\n \
             INFO using lsst-ts/ts_xml at {name}, commit {COMMIT}{more}\n"
        )
    };
    Kafkaefd::new()
        .env("GITHUB_API_URL", &github.api.uri())
        .env("XDG_CACHE_HOME", cache.path().to_str().unwrap())
        .args(["salschema", "diff", "v28.0.1", "develop"])
        .stdout(
            "# v28.0.1 -> develop, layout ts_xml\n\n\
             2 topics before, 2 after: 0 added, 0 removed, 0 changed, 0 reworded.\n",
        )
        .stderr(&[said("v28.0.1", ""), said("develop", ", as it was kept")].concat())
        .success();
}

#[test]
fn a_component_may_be_in_one_release_only() {
    let mount = set(&[topic("angle", &[])]).replace("Dome", "Mount");
    let diff = |name: &str| {
        releases()
            .file("after/sal_interfaces/Mount/Mount_Telemetry.xml", &mount)
            .args(["--subsystem", name])
    };
    diff("Mount")
        .stdout(
            "# before -> after, layout ts_xml\n\n\
             0 topics before, 2 after: 2 added, 0 removed, 0 changed, 0 reworded.\n\n\
             ## Topics added\n\n- Mount_ackcmd: Command acknowledgement\n\
             - Mount_angle: About angle.\n",
        )
        .stderr("")
        .success();
    diff("Mound")
        .stdout("")
        .stderr(
            "error: cannot find the component `Mound` in after/sal_interfaces\n\
             help: did you mean `Mount`?\n",
        )
        .code(1);
}

/// The topics of the file are not told as removed and no more.
#[test]
fn a_release_with_a_wrong_file_ends_with_an_error() {
    Kafkaefd::new()
        .file("a/sal_interfaces/Dome/Dome_Telemetry.xml", &set(&[topic("same", &[])]))
        .file("b/sal_interfaces/Dome/Dome_Telemetry.xml", "<html/>")
        .args(["salschema", "diff", "a", "b"])
        .stdout(
            "# a -> b, layout ts_xml\n\n\
             2 topics before, 1 after: 0 added, 1 removed, 0 changed, 0 reworded.\n\n\
             ## Topics removed\n\n- Dome_same: About same.\n",
        )
        .stderr(
            "ERROR cannot read b/sal_interfaces/Dome/Dome_Telemetry.xml:1: <html> is no set of \
             SAL commands, events or telemetry\n\
             error: cannot use all SAL interfaces in b/sal_interfaces: 1 file is wrong\n\
             help: see the errors above; the other files were read\n",
        )
        .code(1);
}
