//! What interface files can have wrong: whole messages.

use std::path::Path;

use kafkaefd::error::{Explain, Kind};
use kafkaefd::formats::sal::interfaces::Interfaces;
use kafkaefd::formats::sal::layout::{Layout, Options, schemas};
use tempfile::TempDir;

/// Reads a folder with the file `X/X_Events.xml`; the error is what is wrong with that file.
fn read(xml: &str) -> Result<Interfaces, String> {
    let folder = TempDir::new().unwrap();
    std::fs::create_dir_all(folder.path().join("X")).unwrap();
    std::fs::write(folder.path().join("X/X_Events.xml"), xml).unwrap();
    let interfaces = Interfaces::read(folder.path(), &[]).unwrap();
    let Some(fault) = interfaces.faults.first() else { return Ok(interfaces) };
    assert_eq!(fault.kind(), Kind::Invalid);
    let root = format!("{}/", folder.path().display());
    Err(fault.to_string().replace(&root, ""))
}

fn topic(items: &str) -> String {
    format!(
        "<SALEventSet>\n<SALEvent>\n<EFDB_Topic>X_bar</EFDB_Topic>\n{items}</SALEvent>\n</SALEventSet>"
    )
}

fn item(parts: &str) -> String {
    topic(&format!("<item>\n<EFDB_Name>foo</EFDB_Name>\n{parts}</item>\n"))
}

#[test]
fn errors_name_file_line_and_element() {
    let cases = [
        (
            item("<IDL_Type>dubble</IDL_Type>\n"),
            "6: unknown IDL_Type `dubble` of item `foo` in topic `X_bar`",
        ),
        (item(""), "4: no <IDL_Type> of item `foo` in topic `X_bar`"),
        (
            item("<IDL_Type>int</IDL_Type>\n<Count>many</Count>\n"),
            "7: bad Count `many` of item `foo` in topic `X_bar`",
        ),
        (
            item("<IDL_Type>int</IDL_Type>\n<Count>0</Count>\n"),
            "7: bad Count `0` of item `foo` in topic `X_bar`",
        ),
        (
            item("<IDL_Type>int</IDL_Type>\n<Enumeration>A=one</Enumeration>\n"),
            "7: bad Enumeration entry `A=one` of item `foo` in topic `X_bar`",
        ),
        (topic("<item>\n</item>\n"), "4: an item of topic `X_bar` has no <EFDB_Name>"),
        ("<SALEventSet>\n<SALEvent/>\n</SALEventSet>".into(), "2: <SALEvent> has no <EFDB_Topic>"),
        ("<html></html>".into(), "1: <html> is no set of SAL commands, events or telemetry"),
        (String::new(), "1: there is no element in it"),
        ("<SALEventSet>\n<SALEvent>".into(), "2: the file ends inside an element"),
        (
            "<SALEventSet>\n<SALEvent>\n<EFDB_Topic>Y_bar</EFDB_Topic></SALEvent></SALEventSet>"
                .into(),
            "2: topic `Y_bar` is not named `X_…`",
        ),
        (item("<Units>&deg;</Units>\n"), "6: unknown entity `&deg;`"),
        (item("<Units><b>m</b></Units>\n"), "6: unexpected <b> inside <Units>"),
    ];
    for (xml, message) in cases {
        let found = read(&xml).map(|_| ()).unwrap_err();
        assert_eq!(found, format!("cannot read X/X_Events.xml:{message}"), "{xml}");
    }
}

#[test]
fn entity_bombs_and_external_files_are_refused() {
    let bomb = "<!DOCTYPE b [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>\n\
                <SALEventSet>&b;</SALEventSet>";
    let external = "<!DOCTYPE b SYSTEM \"http://127.0.0.1:9/x.dtd\">\n<SALEventSet/>";
    for xml in [bomb, external] {
        let found = read(xml).map(|_| ()).unwrap_err();
        let refused = "a document type (<!DOCTYPE>) is refused in interface files";
        assert_eq!(found, format!("cannot read X/X_Events.xml:1: {refused}"));
    }
}

#[test]
fn folders_without_interfaces_say_so() {
    let folder = TempDir::new().unwrap();
    let error = Interfaces::read(folder.path(), &[]).unwrap_err();
    assert_eq!(error.kind(), Kind::NotFound);
    let place = folder.path().display();
    assert_eq!(
        error.to_string(),
        format!("cannot find SAL interfaces in {place}: no `<Component>/<Component>_*.xml` there")
    );
    assert!(error.remedy().unwrap().contains("sal_interfaces"));
}

#[test]
fn names_of_enumerations_lose_their_values_but_the_schema_keeps_them() {
    let xml = item("<IDL_Type>int</IDL_Type>\n<Enumeration>A=1, B, C=0x10,</Enumeration>\n");
    let made = schemas(&read(&xml).unwrap(), &Options::of(Layout::Kafkaefd));
    let kind = &made[0].json()["fields"][7]["type"];
    assert_eq!(kind["symbols"], serde_json::json!(["A", "B", "C"]));
    assert_eq!(kind["sal_values"], serde_json::json!([1, 2, 16]));
}

#[test]
fn an_enumerated_array_is_one_enum_and_reported() {
    let xml = item("<IDL_Type>int</IDL_Type>\n<Enumeration>A,B</Enumeration>\n<Count>3</Count>\n");
    let made = schemas(&read(&xml).unwrap(), &Options::of(Layout::Kafkaefd));
    assert_eq!(made[0].json()["fields"][7]["type"]["type"], "enum");
    assert_eq!(made[0].notes, ["`foo` has Count 3 and an Enumeration: it becomes one enum"]);
}

#[test]
fn the_demo_interfaces_are_read_from_their_folder() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/demo/interfaces");
    let interfaces = Interfaces::read(&folder, &[]).unwrap();
    let made = schemas(&interfaces, &Options::of(Layout::Kafkaefd));
    assert_eq!(made.len(), 9);
    assert!(interfaces.components["Sensors"].subsystem.indexed);
}
