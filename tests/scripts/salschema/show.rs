//! `kafkaefd salschema show`.

use crate::support::Kafkaefd;

const WIND: &str = "\
Weather_wind, telemetry of Weather

Wind at four heights of the mast.

";
const FIELDS: &str = "
name       type    count  units   description
timestamp  double      1  second  Time of the measurement.
speed      float       4  m/s     Speed at each height.
direction  float       4  deg     Direction at each height, from North eastwards.
gust       double      1  m/s     Highest speed of the last ten minutes.
";

#[test]
fn a_data_sheet() {
    let names = "topic    lsst.sal.Weather_wind\nsubject  lsst.sal.Weather_wind\n";
    Kafkaefd::new()
        .args(["salschema", "show", "Weather_wind"])
        .stdout(&format!("{WIND}{names}{FIELDS}"))
        .success();
}

#[test]
fn values_that_have_names() {
    for layout in ["kafkaefd", "ts_xml"] {
        let output = Kafkaefd::new()
            .args(["salschema", "show", "DomeShutter_command_open", "--layout", layout])
            .success();
        let stdout = String::from_utf8(output.stdout).unwrap();
        assert!(stdout.ends_with("\n\nvalues of door: 0 Left, 1 Right, 2 Both\n"), "{stdout}");
    }
}

#[test]
fn by_the_kafka_topic_of_a_layout() {
    let names = "topic    lsst.sal.Weather.wind\nsubject  lsst.sal.Weather.wind-value\n";
    let output = Kafkaefd::new()
        .args(["salschema", "show", "lsst.sal.Weather.wind", "--layout", "ts_xml"])
        .success();
    let stdout = String::from_utf8(output.stdout).unwrap();
    let (before, after) = stdout.split_once("revcode  ").unwrap();
    assert_eq!(before, format!("{WIND}{names}"));
    let (revcode, fields) = after.split_once('\n').unwrap();
    assert!(revcode.len() == 8 && revcode.bytes().all(|b| b.is_ascii_hexdigit()), "{revcode}");
    assert_eq!(fields, FIELDS);
}

#[test]
fn as_data() {
    let output = Kafkaefd::new()
        .args(["salschema", "show", "DomeShutter_command_open", "--output", "json"])
        .success();
    let sheet: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(sheet["kind"], "command");
    assert_eq!(sheet["subject"], "lsst.sal.DomeShutter_command_open");
    assert!(sheet["fields"].is_array());
}

#[test]
fn topics_that_are_not_there() {
    let show = |name| {
        let args = ["salschema", "show", name, "--log-level", "error"];
        let output = Kafkaefd::new().args(args).stdout("").code(1);
        String::from_utf8(output.stderr).unwrap()
    };
    assert_eq!(
        show("Weather_wid"),
        "error: cannot find the topic `Weather_wid` in the bundled demo interfaces\n\
         help: did you mean `Weather_wind`?\n"
    );
    assert_eq!(
        show("lsst.sal.Weather_wid"),
        "error: cannot find the Kafka topic lsst.sal.Weather_wid in the bundled demo interfaces\n\
         help: list the topics of a component: kafkaefd salschema list COMPONENT\n"
    );
}

#[test]
fn descriptions_lose_the_line_breaks_of_the_file() {
    let broken = "\n        Opens\n\tthe dome.\n    ";
    let xml = format!(
        "<SALEventSet><SALEvent><EFDB_Topic>Dome_logevent_open</EFDB_Topic>\
         <Description>{broken}</Description><item><EFDB_Name>by</EFDB_Name>\
         <IDL_Type>int</IDL_Type><Description>{broken}</Description></item></SALEvent></SALEventSet>"
    );
    let output = Kafkaefd::new()
        .file("xml/sal_interfaces/Dome/Dome_Events.xml", &xml)
        .args(["salschema", "show", "Dome_logevent_open", "--xml-dir", "xml"])
        .args(["--layout", "ts_xml", "--output", "json"])
        .success();
    let sheet: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(sheet["description"], "Opens the dome.");
    assert_eq!(sheet["fields"][0]["description"], "Opens the dome.");
}
