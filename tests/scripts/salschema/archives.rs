//! `kafkaefd salschema convert --archive`: archives are read in memory, whatever is in them.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::support::Kafkaefd;
use crate::support::archive::{tar_gz, zip};

const EVENTS: &str = "<SALEventSet><SALEvent><EFDB_Topic>Good_logevent_a</EFDB_Topic><item>\
                      <EFDB_Name>foo</EFDB_Name><IDL_Type>int</IDL_Type></item></SALEvent>\
                      </SALEventSet>";

const TABLE: &str = "\
sal_topic        topic                     fields  subject
Good_logevent_a  lsst.sal.Good_logevent_a       8  lsst.sal.Good_logevent_a
";

/// The archive in both forms, each with the name of its file.
fn forms(files: &[(&str, &str)]) -> [(&'static str, Vec<u8>); 2] {
    [("set.tar.gz", tar_gz(files)), ("set.zip", zip(files))]
}

fn convert(name: &str, archive: &[u8]) -> Kafkaefd {
    let args = ["salschema", "convert", "--layout", "kafkaefd", "--archive", name];
    Kafkaefd::new().bytes(name, archive).args(args)
}

#[test]
fn interfaces_are_found_wherever_they_lie_in_an_archive() {
    let places = ["Good", "sal_interfaces/Good", "./a-1/python/x/data/sal_interfaces/Good"];
    for place in places {
        let events = format!("{place}/Good_Events.xml");
        let files = [("a-1/readme.md", "text"), (&events, EVENTS), ("z/Z/Z_Events.xml", "<html/>")];
        for (name, archive) in forms(&files) {
            convert(name, &archive).stdout(TABLE).stderr("").success();
        }
    }
}

#[test]
fn mistakes_name_the_archive_the_file_and_the_line() {
    let files = [
        ("r/sal_interfaces/Bad/Bad_Events.xml", "<SALEventSet>\n<SALEvent/></SALEventSet>"),
        ("r/sal_interfaces/Good/Good_Events.xml", EVENTS),
    ];
    for (name, archive) in forms(&files) {
        let output = convert(name, &archive).stdout(TABLE).code(1);
        let place = format!("{name}/r/sal_interfaces");
        let expected = format!(
            "ERROR cannot read {place}/Bad/Bad_Events.xml:2: <SALEvent> has no <EFDB_Topic>\n\
             error: cannot use all SAL interfaces in {place}: 1 file is wrong\n"
        );
        let found = String::from_utf8(output.stderr).unwrap();
        assert!(found.starts_with(&expected), "{found}");
    }
}

/// Names that lead out and links are never followed; nothing is written anywhere.
#[test]
fn what_leads_out_of_an_archive_is_left_out() {
    let files = [
        ("r/sal_interfaces/Good/Good_Events.xml", EVENTS),
        ("r/sal_interfaces/Link/Link_Events.xml", "-> /etc/hostname"),
        ("../../Up/Up_Events.xml", EVENTS),
        ("/tmp/Abs/Abs_Events.xml", EVENTS),
    ];
    for (name, archive) in forms(&files) {
        let output = convert(name, &archive).stdout(TABLE).code(1);
        let found = String::from_utf8(output.stderr).unwrap();
        let link = format!(
            "ERROR cannot read {name}/r/sal_interfaces/Link/Link_Events.xml: it is a link or no file\n"
        );
        assert!(found.contains(&link), "{found}");
        assert!(found.contains(": 1 file is wrong\n"), "{found}");
    }
}

#[test]
fn bombs_end_at_a_limit_that_is_told() {
    let bomb = format!("<SALEventSet>\n{}", " ".repeat(20 << 20));
    let files = [
        ("sal_interfaces/Bomb/Bomb_Events.xml", &*bomb),
        ("sal_interfaces/Good/Good_Events.xml", EVENTS),
    ];
    for (name, archive) in forms(&files) {
        assert!(archive.len() < 1 << 20);
        let output = convert(name, &archive).stdout(TABLE).code(1);
        let found = String::from_utf8(output.stderr).unwrap();
        let error = "Bomb_Events.xml:2: the file is longer than 8 MiB\n";
        assert!(found.contains(error), "{found}");
    }
    let part = format!("<SALEventSet>{}</SALEventSet>", " ".repeat(7 << 20));
    let names: Vec<String> =
        (0..5).map(|n| format!("sal_interfaces/B{n}/B{n}_Events.xml")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (&**name, &*part)).collect();
    for (name, archive) in forms(&files) {
        let output = convert(name, &archive).stdout("").code(1);
        let found = String::from_utf8(output.stderr).unwrap();
        let error =
            format!("error: cannot read {name}: its interface files have more than 32 MiB\n");
        assert!(found.starts_with(&error), "{found}");
    }
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::fast());
    gz.write_all(bytes).unwrap();
    gz.finish().unwrap()
}

/// What is no interface file counts too: it has to be unpacked to come to what follows it.
#[test]
fn an_archive_may_not_unpack_without_end() {
    let mut header = tar::Header::new_gnu();
    header.set_path("r/image.fits").unwrap();
    header.set_size(9 * (32 << 20));
    header.set_cksum();
    let part = gz(&vec![0; 32 << 20]);
    let rest = tar_gz(&[("r/sal_interfaces/Good/Good_Events.xml", EVENTS)]);
    let archive = [gz(header.as_bytes()), part.repeat(9), rest].concat();
    assert!(archive.len() < 4 << 20, "{}", archive.len());
    convert("set.tar.gz", &archive)
        .stdout("")
        .stderr(
            "error: cannot read set.tar.gz: it unpacks to more than 256 MiB\n\
             help: get the archive again; of what is in it only `sal_interfaces` is needed\n",
        )
        .code(1);
}

#[test]
fn archives_that_are_broken_say_so() {
    let files = [("sal_interfaces/Good/Good_Events.xml", EVENTS)];
    let [(gz, whole), (zip, zipped)] = forms(&files);
    let mut flipped = whole.clone();
    let end = flipped.len() - 8;
    flipped[end] ^= 1;
    let cases: [(&str, &[u8], &str); 5] = [
        (gz, &whole[..whole.len() / 2], "it is cut off"),
        (gz, &whole[..whole.len() - 3], "it is cut off"),
        (gz, &flipped, "it is broken: corrupt gzip stream does not have a matching checksum"),
        (zip, &zipped[..zipped.len() / 2], "it is broken or cut off: "),
        ("set.tar.gz", b"", "it is neither a .tar.gz nor a .zip"),
    ];
    for (name, archive, why) in cases {
        let output = convert(name, archive).stdout("").code(1);
        let found = String::from_utf8(output.stderr).unwrap();
        let error = format!("error: cannot read {name}: {why}");
        assert!(found.starts_with(&error), "{found}");
    }
}

#[test]
fn other_archives_say_what_to_do() {
    convert("set.rar", b"Rar!\x1a")
        .stdout("")
        .stderr(
            "error: cannot read set.rar: it is neither a .tar.gz nor a .zip\n\
             help: pack the folder as one of them, or unpack the file and name the folder\n",
        )
        .code(1);
}

#[test]
fn an_archive_without_interfaces_says_so() {
    for (name, archive) in forms(&[("readme.md", "text")]) {
        let output = convert(name, &archive).stdout("").code(1);
        let found = String::from_utf8(output.stderr).unwrap();
        let error = format!(
            "error: cannot find SAL interfaces in {name}: no `<Component>/<Component>_*.xml` there\n"
        );
        assert!(found.starts_with(&error), "{found}");
    }
}

#[test]
fn one_source_at_a_time() {
    let output = convert("set.zip", b"").args(["--xml-dir", "."]).stdout("").code(2);
    let found = String::from_utf8(output.stderr).unwrap();
    let error = "error: cannot read SAL interfaces: --xml-dir, --archive and --xml-repo are each a \
                 source of its own\n";
    assert!(found.starts_with(error), "{found}");
}
