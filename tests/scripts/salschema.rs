//! `kafkaefd salschema convert`; the other commands have files of their own.

mod archives;
mod diff;
mod faults;
mod github;
mod list;
mod show;
mod upload;

use crate::support::Kafkaefd;

const BUNDLED: &str = " INFO using the bundled demo interfaces (--xml-dir names others)\n";

#[test]
fn convert_lists_topics_fields_and_subjects() {
    Kafkaefd::new()
        .args(["salschema", "convert", "--subsystem", "Weather", "--subsystem", "Sensors"])
        .stdout(
            "\
sal_topic                      topic                                   fields  subject
Sensors_logevent_connection    lsst.sal.Sensors_logevent_connection        10  lsst.sal.Sensors_logevent_connection
Sensors_thermocouples          lsst.sal.Sensors_thermocouples              10  lsst.sal.Sensors_thermocouples
Weather_logevent_skyCondition  lsst.sal.Weather_logevent_skyCondition      11  lsst.sal.Weather_logevent_skyCondition
Weather_airConditions          lsst.sal.Weather_airConditions              15  lsst.sal.Weather_airConditions
Weather_wind                   lsst.sal.Weather_wind                       11  lsst.sal.Weather_wind
",
        )
        .stderr(BUNDLED)
        .success();
}

#[test]
fn convert_names_subjects_as_the_layout_does() {
    Kafkaefd::new()
        .args(["salschema", "convert", "--subsystem", "Sensors", "--layout", "ts_xml"])
        .stdout(
            "\
sal_topic                    topic                                 fields  subject
Sensors_logevent_connection  lsst.sal.Sensors.logevent_connection      12  lsst.sal.Sensors.logevent_connection-value
Sensors_thermocouples        lsst.sal.Sensors.thermocouples            12  lsst.sal.Sensors.thermocouples-value
Sensors_ackcmd               lsst.sal.Sensors.ackcmd                   16  lsst.sal.Sensors.ackcmd-value
",
        )
        .stderr(BUNDLED)
        .success();
}

#[test]
fn convert_suggests_the_nearest_component() {
    let output =
        Kafkaefd::new().args(["salschema", "convert", "--subsystem", "Wether"]).stdout("").code(1);
    let stderr = String::from_utf8(output.stderr).unwrap();
    let error = "error: cannot find the component `Wether` in the bundled demo interfaces\n";
    assert!(stderr.contains(error), "{stderr}");
    assert!(stderr.ends_with("help: did you mean `Weather`?\n"), "{stderr}");
}

/// The files, as a script reads them back.
#[test]
fn convert_writes_one_file_a_topic() {
    let script = "let made = sal::demo_interfaces().topics(#{ subsystem: \"Weather\" });\n\
                  let paths = sal::save(made, \"schemas\");\n\
                  print(paths[2]);\n\
                  print(avro::load(paths[2]).name);\n";
    Kafkaefd::new()
        .file("save.rhai", script)
        .args(["run", "save.rhai"])
        .stdout("schemas/Weather_wind.json\nlsst.sal.Weather_wind\n")
        .stderr("")
        .success();
}

/// Tools that look at the time of a file see only those that changed.
#[test]
fn convert_leaves_files_alone_that_are_so_already() {
    let folder = tempfile::TempDir::new().unwrap();
    let out = folder.path().to_str().unwrap();
    let convert = || {
        let args = ["salschema", "convert", "--subsystem", "Sensors", "--write", out];
        Kafkaefd::new().args(args).success();
    };
    convert();
    let same = folder.path().join("Sensors_thermocouples.json");
    let other = folder.path().join("Sensors_logevent_connection.json");
    let text = std::fs::read(&other).unwrap();
    std::fs::write(&other, &text[1..]).unwrap();
    let long_ago = std::time::SystemTime::UNIX_EPOCH;
    std::fs::File::options().append(true).open(&same).unwrap().set_modified(long_ago).unwrap();
    convert();
    assert_eq!(std::fs::metadata(same).unwrap().modified().unwrap(), long_ago);
    assert_eq!(std::fs::read(other).unwrap(), text);
}

#[test]
fn convert_prints_schemas_in_every_form() {
    let print = |form: &str| {
        let args = ["salschema", "convert", "--subsystem", "Sensors", "--print", "--output", form];
        Kafkaefd::new().args(args).stderr(BUNDLED).success().stdout
    };
    let schemas: serde_json::Value = serde_json::from_slice(&print("json")).unwrap();
    assert_eq!(schemas[1]["name"], "Sensors_thermocouples");
    assert!(print("yaml").starts_with(b"- type: record\n  name: Sensors_logevent_connection\n"));
    assert!(print("table").starts_with(b"{\n  \"type\": \"record\",\n"));
}

#[test]
fn convert_refuses_empty_folders() {
    let refused = |option: &str, error: &str| {
        let output = Kafkaefd::new().args(["salschema", "convert", option, ""]).stdout("").code(2);
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(stderr.lines().next(), Some(error));
    };
    refused("--xml-dir", "error: cannot read SAL interfaces: a name is empty");
    refused("--write", "error: cannot write schemas: --write names no folder");
}
