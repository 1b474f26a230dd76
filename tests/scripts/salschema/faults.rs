//! `kafkaefd salschema convert` of interfaces with mistakes: each file that is wrong is told with
//! its line, the others are converted.

use crate::support::Kafkaefd;

/// A set of one event with one item, with a line for each element.
fn events(component: &str, item: &str) -> String {
    format!(
        "<SALEventSet>\n<SALEvent>\n<EFDB_Topic>{component}_logevent_a</EFDB_Topic>\n\
         <item>\n{item}</item>\n</SALEvent>\n</SALEventSet>\n"
    )
}

const GOOD: &str = "<EFDB_Name>foo</EFDB_Name>\n<IDL_Type>int</IDL_Type>\n";

const TABLE: &str = "\
sal_topic        topic                     fields  subject
Good_logevent_a  lsst.sal.Good_logevent_a       8  lsst.sal.Good_logevent_a
";

fn convert(kafkaefd: Kafkaefd, options: &[&str]) -> Kafkaefd {
    let args = ["salschema", "convert", "--layout", "kafkaefd", "--xml-dir", "data"];
    kafkaefd
        .file("data/sal_interfaces/Good/Good_Events.xml", &events("Good", GOOD))
        .args(args)
        .args(options)
}

#[test]
fn each_kind_of_mistake_is_told_with_its_line_and_the_others_are_converted() {
    let kinds: [(&str, String, &str); 11] = [
        (
            "Bomb",
            "<!DOCTYPE b [<!ENTITY a \"aaa\"><!ENTITY b \"&a;&a;&a;\">]>\n<SALEventSet>&b;".into(),
            "1: a document type (<!DOCTYPE>) is refused in interface files",
        ),
        (
            "Count",
            events("Count", &format!("{GOOD}<Count>abc</Count>\n")),
            "7: bad Count `abc` of item `foo` in topic `Count_logevent_a`",
        ),
        (
            "Huge",
            format!("<SALEventSet>\n<SALEvent a=\"{}\"/>\n</SALEventSet>", "a".repeat(100 << 20)),
            "2: the file is longer than 8 MiB",
        ),
        (
            "Item",
            events("Item", "<IDL_Type>int</IDL_Type>\n"),
            "4: an item of topic `Item_logevent_a` has no <EFDB_Name>",
        ),
        (
            "Malformed",
            "<SALEventSet>\n<SALEvent>\n</SALEventSet>".into(),
            "3: ill-formed document: expected `</SALEvent>`, but `</SALEventSet>` was found",
        ),
        ("Root", "\n<html/>".into(), "2: <html> is no set of SAL commands, events or telemetry"),
        (
            "Topic",
            "<SALEventSet>\n\n<SALEvent>\n</SALEvent>\n</SALEventSet>".into(),
            "3: <SALEvent> has no <EFDB_Topic>",
        ),
        (
            "Twice",
            "<SALEventSet>\n<SALEvent><EFDB_Topic>Twice_a</EFDB_Topic></SALEvent>\n\
             <SALEvent><EFDB_Topic>Twice_a</EFDB_Topic></SALEvent>\n</SALEventSet>"
                .into(),
            "3: topic `Twice_a` is defined before, at data/sal_interfaces/Twice/Twice_Events.xml:2",
        ),
        (
            "Type",
            events("Type", "<EFDB_Name>foo</EFDB_Name>\n<IDL_Type>dubble</IDL_Type>\n"),
            "6: unknown IDL_Type `dubble` of item `foo` in topic `Type_logevent_a`",
        ),
        (
            "Unclosed",
            "<SALEventSet>\n<SALEvent>\n<EFDB_Topic>Unc".into(),
            "3: the file ends inside an element",
        ),
        (
            "Zero",
            "<SALEventSet>\n\u{0}&\n".into(),
            "2: ill-formed document: entity or character reference not closed: `;` not found before end of input",
        ),
    ];
    let mut kafkaefd = Kafkaefd::new();
    let mut stderr = String::new();
    for (component, xml, error) in &kinds {
        let path = format!("data/sal_interfaces/{component}/{component}_Events.xml");
        stderr += &["ERROR cannot read ", &path, ":", error, "\n"].concat();
        kafkaefd = kafkaefd.file(&path, xml);
    }
    stderr += "error: cannot use all SAL interfaces in data/sal_interfaces: 11 files are wrong\n";
    let output = convert(kafkaefd, &[]).stdout(TABLE).code(1);
    let found = String::from_utf8(output.stderr).unwrap();
    assert!(found.starts_with(&stderr), "{found}\nis not\n{stderr}");
    let help = "help: see the errors above; the other files were read\n";
    assert!(found.ends_with(help), "{found}");
}

/// A reader who mends the first mistake should not find the next one only then.
#[test]
fn all_mistakes_of_a_file_are_told_at_once() {
    let xml = "<SALEventSet>
<SALEvent><EFDB_Topic>Many_a</EFDB_Topic>
<item><EFDB_Name>x</EFDB_Name>
<IDL_Type>dubble</IDL_Type>
<Count>abc</Count>
<Enumeration>a=one</Enumeration></item>
<item><IDL_Type>int</IDL_Type></item></SALEvent>
<SALEvent>
<item><EFDB_Name>y</EFDB_Name></item></SALEvent>
<SALEvent><EFDB_Topic>Other_b</EFDB_Topic></SALEvent>
<SALEvent><EFDB_Topic>Many_a</EFDB_Topic></SALEvent>
<SALEvent><EFDB_Topic>Many_c</EFDB_Topic><item>
</SALEventSet>
";
    let path = "data/sal_interfaces/Many/Many_Events.xml";
    let mistakes = [
        "4: unknown IDL_Type `dubble` of item `x` in topic `Many_a`",
        "5: bad Count `abc` of item `x` in topic `Many_a`",
        "6: bad Enumeration entry `a=one` of item `x` in topic `Many_a`",
        "7: an item of topic `Many_a` has no <EFDB_Name>",
        "8: <SALEvent> has no <EFDB_Topic>",
        "9: no <IDL_Type> of item `y` in topic `?`",
        "10: topic `Other_b` is not named `Many_…`",
        &format!("11: topic `Many_a` is defined before, at {path}:2"),
        "13: ill-formed document: expected `</item>`, but `</SALEventSet>` was found",
    ];
    let told = mistakes.map(|mistake| format!("ERROR cannot read {path}:{mistake}\n"));
    convert(Kafkaefd::new().file(path, xml), &[])
        .stdout(TABLE)
        .stderr(&format!("{}{}", told.concat(), wrong("1 file is")))
        .code(1);
}

fn wrong(files: &str) -> String {
    format!(
        "error: cannot use all SAL interfaces in data/sal_interfaces: {files} wrong\n\
         help: see the errors above; the other files were read\n"
    )
}

/// One type that is wrong everywhere must not bury what is said of the other files.
#[test]
fn mistakes_without_end_are_told_up_to_a_limit() {
    let item = "<item><EFDB_Name>x</EFDB_Name><IDL_Type>dubble</IDL_Type></item>\n";
    let xml = format!(
        "<SALEventSet><SALEvent><EFDB_Topic>Many_a</EFDB_Topic>\n{}</SALEvent></SALEventSet>",
        item.repeat(1000)
    );
    let kafkaefd = Kafkaefd::new()
        .file("data/sal_interfaces/Many/Many_Events.xml", &xml)
        .file("data/sal_interfaces/Other/Other_Events.xml", "<html/>");
    let output = convert(kafkaefd, &[]).stdout(TABLE).code(1);
    let found = String::from_utf8(output.stderr).unwrap();
    let file = "ERROR cannot read data/sal_interfaces/Many/Many_Events.xml:";
    assert_eq!(found.lines().filter(|line| line.starts_with(file)).count(), 101, "{found}");
    let last = format!("{file}101: after 100 mistakes the rest of the file is not read\n");
    assert!(found.contains(&last) && found.ends_with(&wrong("2 files are")), "{found}");
}

/// Not among the files of the other test: it is no text.
#[test]
fn bytes_that_are_no_text_are_told_with_their_line() {
    let kafkaefd = Kafkaefd::new()
        .bytes("data/sal_interfaces/Bad/Bad_Events.xml", b"<SALEventSet>\n\xff\n</SALEventSet>");
    let output = convert(kafkaefd, &[]).stdout(TABLE).code(1);
    let found = String::from_utf8(output.stderr).unwrap();
    let first =
        "ERROR cannot read data/sal_interfaces/Bad/Bad_Events.xml:2: it is not UTF-8 text\n";
    assert!(found.starts_with(first), "{found}");
}

#[test]
fn a_topic_of_two_files_is_told_with_both_lines() {
    let kafkaefd = Kafkaefd::new().file(
        "data/sal_interfaces/Good/Good_Telemetry.xml",
        "<SALTelemetrySet>\n<SALTelemetry><EFDB_Topic>Good_logevent_a</EFDB_Topic></SALTelemetry>\n\
         </SALTelemetrySet>",
    );
    let output = convert(kafkaefd, &[]).stdout(TABLE).code(1);
    let found = String::from_utf8(output.stderr).unwrap();
    let first = "ERROR cannot read data/sal_interfaces/Good/Good_Telemetry.xml:2: topic \
                 `Good_logevent_a` is defined before, at data/sal_interfaces/Good/Good_Events.xml:2\n";
    assert!(found.starts_with(first), "{found}");
}

/// What all schemas depend on ends the command before it does anything.
#[test]
fn a_mistake_in_the_list_of_components_ends_the_command() {
    let list = "<SALSubsystemSet>\n<SALSubsystem>\n</SALSubsystem>\n</SALSubsystemSet>";
    let kafkaefd = Kafkaefd::new().file("data/sal_interfaces/SALSubsystems.xml", list);
    let output = convert(kafkaefd, &["--write", "out"]).stdout("").code(1);
    let found = String::from_utf8(output.stderr).unwrap();
    let first = "error: cannot read data/sal_interfaces/SALSubsystems.xml:2: a subsystem has no \
                 <Name>\n";
    assert!(found.starts_with(first), "{found}");
}

#[test]
fn all_mistakes_in_the_list_of_components_are_told_at_once() {
    let list = "<SALSubsystemSet>
<SALSubsystem><Name>A</Name><IndexEnumeration>a=one</IndexEnumeration></SALSubsystem>
<SALSubsystem>
<IndexEnumeration>b=,c=two</IndexEnumeration></SALSubsystem>
<SALSubsystem></SALSubsystemSet>
";
    let kafkaefd = Kafkaefd::new().file("data/sal_interfaces/SALSubsystems.xml", list);
    convert(kafkaefd, &[])
        .stdout("")
        .stderr(
            "\
error: cannot read data/sal_interfaces/SALSubsystems.xml:2: bad IndexEnumeration entry `a=one`
line 3: a subsystem has no <Name>
line 4: bad IndexEnumeration entry `b=`
line 5: ill-formed document: expected `</SALSubsystem>`, but `</SALSubsystemSet>` was found
",
        )
        .code(1);
}

#[test]
fn all_mistakes_of_hand_written_schemas_are_told_at_once() {
    let schema = r#"{"type": "record", "name": "a b", "fields": [
{"name": "x", "type": "int"},
{"name": "salIndex", "type": "int"},
{"name": "private_origin", "type": "int"}]}"#;
    let folder = "data/interfaces/Good";
    let kafkaefd = Kafkaefd::new()
        .file(&format!("{folder}/Good_one.avsc"), schema)
        .file(&format!("{folder}/Good_two.avsc"), r#"{"name": "b", "fields": [1, {}, "x"]}"#);
    let output = convert(kafkaefd, &[]).stdout(TABLE).code(1);
    let found = String::from_utf8(output.stderr).unwrap();
    let told: Vec<_> = found.lines().filter_map(|line| line.split_once("Good/Good_")).collect();
    let told: Vec<_> = told.iter().map(|(_, mistake)| *mistake).collect();
    let [name, rest @ ..] = told.as_slice() else { panic!("{found}") };
    assert!(name.starts_with("one.avsc:1: ") && name.contains("a b"), "{found}");
    assert_eq!(
        rest,
        [
            "one.avsc:3: salIndex is a field of the layout",
            "one.avsc:4: private_origin is a field of the layout",
            "two.avsc:1: 2 of 3 fields are no JSON objects",
        ]
    );
    assert!(found.ends_with(&wrong("2 files are")), "{found}");
}

/// A file elsewhere, by way of a link; a pipe, that would be waited for.
#[cfg(unix)]
#[test]
fn nothing_outside_the_folder_is_opened() {
    use std::os::unix::fs::symlink;
    let kafkaefd = Kafkaefd::new().file("secret.xml", &events("Link", GOOD));
    let link = kafkaefd.path("data/sal_interfaces/Link/Link_Events.xml");
    symlink(kafkaefd.path("secret.xml"), link).unwrap();
    let folder = kafkaefd.path("outside/Away/Away_Events.xml");
    std::fs::write(&folder, events("Away", GOOD)).unwrap();
    symlink(folder.parent().unwrap(), kafkaefd.path("data/sal_interfaces/Away")).unwrap();
    let pipe = kafkaefd.path("data/sal_interfaces/Pipe/Pipe_Events.xml");
    std::process::Command::new("mkfifo").arg(pipe).status().unwrap();
    let output = convert(kafkaefd, &[]).stdout(TABLE).code(1);
    let found = String::from_utf8(output.stderr).unwrap();
    let first = "\
ERROR cannot read data/sal_interfaces/Link/Link_Events.xml: it is a link that leads out of the folder
ERROR cannot read data/sal_interfaces/Pipe/Pipe_Events.xml: it is no file
error: cannot use all SAL interfaces in data/sal_interfaces: 2 files are wrong
";
    assert!(found.starts_with(first), "{found}");
}

/// A link within the folder is as good as the file.
#[cfg(unix)]
#[test]
fn links_within_the_folder_are_followed() {
    let kafkaefd = Kafkaefd::new();
    let link = kafkaefd.path("data/sal_interfaces/Good/Good_Events.xml");
    std::os::unix::fs::symlink("../../kept.xml", link).unwrap();
    kafkaefd
        .file("data/kept.xml", &events("Good", GOOD))
        .args(["salschema", "convert", "--layout", "kafkaefd", "--xml-dir", "data"])
        .stdout(TABLE)
        .stderr("")
        .success();
}

#[test]
fn the_script_sees_what_is_wrong() {
    let script = "let found = sal::interfaces(\"data\");\n\
                  let fault = found.faults[0];\n\
                  print(`${fault.file} ${fault.line} ${found.topics(#{ layout: \"kafkaefd\" }).len()}`);\n";
    Kafkaefd::new()
        .file("data/sal_interfaces/Good/Good_Events.xml", &events("Good", GOOD))
        .file("data/sal_interfaces/Good/Good_Telemetry.xml", "<html/>")
        .file("t.rhai", script)
        .args(["run", "t.rhai"])
        .stdout("data/sal_interfaces/Good/Good_Telemetry.xml 1 1\n")
        .stderr("")
        .success();
}
