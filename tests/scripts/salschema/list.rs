//! `kafkaefd salschema list`.

use crate::formats::sal::golden;
use crate::support::Kafkaefd;

#[test]
fn components_with_their_topics_and_fields() {
    Kafkaefd::new()
        .args(["salschema", "list"])
        .stdout(
            "\
component    command  logevent  telemetry  other  fields  description
DomeShutter        2         1          1      0      42  Shutter of the demo dome.
Sensors            0         1          1      0      20  Racks of thermocouples, told apart by an index.
Weather            0         1          2      0      37  Weather station of the demo site.
",
        )
        .success();
}

#[test]
fn the_topics_of_a_component() {
    Kafkaefd::new()
        .args(["salschema", "list", "Sensors", "--layout", "ts_xml"])
        .stdout(
            "\
sal_topic                    kind       fields  topic                                 description
Sensors_logevent_connection  logevent       12  lsst.sal.Sensors.logevent_connection  Published when a rack connects or is lost.
Sensors_thermocouples        telemetry      12  lsst.sal.Sensors.thermocouples        Temperatures of one rack of thermocouples.
Sensors_ackcmd               other          16  lsst.sal.Sensors.ackcmd               Command acknowledgement
",
        )
        .success();
}

#[test]
fn a_component_that_is_not_there() {
    Kafkaefd::new()
        .args(["salschema", "list", "Wether", "--log-level", "error"])
        .stdout("")
        .stderr(
            "error: cannot find the component `Wether` in the bundled demo interfaces\n\
             help: did you mean `Weather`?\n",
        )
        .code(1);
}

#[test]
fn every_topic_of_both_eras_in_the_layout_of_its_time() {
    for (folder, count) in [("ts_xml-2019-01", 1227), ("ts_xml-28.0.1", 3348)] {
        let Some(path) = golden::path(folder) else { return };
        let output = Kafkaefd::new()
            .args(["salschema", "list", "--output", "json", "--xml-dir", path.to_str().unwrap()])
            .success();
        let rows: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
        let kinds = ["command", "logevent", "telemetry", "other"];
        let topics = |row: &serde_json::Value| kinds.map(|kind| row[kind].as_u64().unwrap());
        assert_eq!(rows.iter().flat_map(topics).sum::<u64>(), count, "{folder}");
    }
}

#[test]
fn a_file_that_is_wrong_is_told_at_the_end() {
    let output = Kafkaefd::new()
        .file("a/sal_interfaces/Dome/Dome_Telemetry.xml", "<html/>")
        .args(["salschema", "list", "--xml-dir", "a"])
        .code(1);
    let stderr = String::from_utf8(output.stderr).unwrap();
    let end = "error: cannot use all SAL interfaces in a/sal_interfaces: 1 file is wrong\n\
               help: see the errors above; the other files were read\n";
    assert!(stderr.ends_with(end), "{stderr}");
}

#[test]
fn a_name_that_is_like_no_other() {
    Kafkaefd::new()
        .args(["salschema", "list", "Zzzzzz", "--log-level", "error"])
        .stdout("")
        .stderr(
            "error: cannot find the component `Zzzzzz` in the bundled demo interfaces\n\
             help: list the components: kafkaefd salschema list\n",
        )
        .code(1);
}
