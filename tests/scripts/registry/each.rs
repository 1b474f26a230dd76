//! The commands with every registry: the embedded one, Apicurio and franz.

use crate::support::{Kafkaefd, Stack, on_each_registry};

const READING: &str = r#"{"type": "record", "name": "org.Reading", "fields": [
    {"name": "temp", "type": "float", "units": "deg_C"}]}"#;
const LATER: &str = r#"{"type": "record", "name": "org.Reading", "fields": [
    {"name": "temp", "type": "double", "units": "K"},
    {"name": "humidity", "type": ["null", "float"], "default": null}]}"#;
const OPTIONAL: &str = r#"["null", "org.Reading"]"#;

/// `kafkaefd registry …` in a folder with schemas.
fn registry(stack: &Stack, args: &[&str]) -> Kafkaefd {
    stack
        .kafkaefd()
        .file("reading.json", READING)
        .file("later.json", LATER)
        .file("optional.json", OPTIONAL)
        .args([&["registry"], args].concat())
}

/// Uploads and says nothing of the id, which is another on each registry.
fn upload(stack: &Stack, args: &[&str]) -> String {
    let output = registry(stack, &[&["upload"], args].concat()).stderr("").success();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

on_each_registry! {
    fn subjects_are_listed_with_their_versions(stack: &Stack) {
        let first = upload(stack, &["dome-######", "reading.json"]);
        assert_eq!(upload(stack, &["dome-######", "reading.json"]), first);
        assert_ne!(upload(stack, &["dome-######", "later.json"]), first);
        upload(stack, &["dust-######", "reading.json"]);
        registry(stack, &["list", "--filter", "d.*-######"])
            .stdout("subject\ndome-######\ndust-######\n")
            .stderr("")
            .success();
        registry(stack, &["list", "-v", "-f", "do.*-######"])
            .stdout("subject      versions\ndome-######  [1,2]\n")
            .success();
        registry(stack, &["list", "--prefix", "dust-######"])
            .stdout("subject\ndust-######\n")
            .success();
        registry(stack, &["delete", "dust-######", "--yes"]).success();
        registry(stack, &["list", "-f", "d.*-######", "--deleted"])
            .stdout("subject      deleted\ndome-######  false\ndust-######  true\n")
            .success();
    }

    fn a_schema_is_shown_as_it_was_uploaded(stack: &Stack) {
        let id = upload(stack, &["dome-######", "reading.json"]);
        let shown = "type: record\nname: org.Reading\nfields:\n\
                     - name: temp\n  type: float\n  units: deg_C\n";
        let note = format!(" INFO version 1 of dome-###### has id {id}\n");
        registry(stack, &["show", "dome-######", "--output", "yaml"])
            .stdout(shown)
            .stderr(&note)
            .success();
        registry(stack, &["show", "dome-######", "-v", "1", "--output", "yaml"])
            .stdout(shown)
            .success();
        registry(stack, &["show", "--id", &id, "--output", "yaml"]).stdout(shown).success();
        let raw = registry(stack, &["show", "dome-######", "--raw"]).stderr("").success();
        let raw: serde_json::Value = serde_json::from_slice(&raw.stdout).unwrap();
        assert_eq!(raw, serde_json::from_str::<serde_json::Value>(READING).unwrap());
    }

    fn what_is_missing_is_named(stack: &Stack) {
        upload(stack, &["dome-######", "reading.json"]);
        let url = stack.registry();
        registry(stack, &["show", "dome-######", "-v", "7"])
            .stdout("")
            .stderr(&format!(
                "error: cannot read version 7 of subject `dome-######` at {url}: no such version\n\
                 help: its only version is 1\n"
            ))
            .code(1);
        registry(stack, &["show", "dame-######"])
            .stdout("")
            .stderr(&format!(
                "error: cannot read the latest version of subject `dame-######` at {url}: \
                 no such subject\nhelp: did you mean `dome-######`?\n"
            ))
            .code(1);
        registry(stack, &["show", "--id", "987654321"])
            .stdout("")
            .stderr(&format!("error: cannot read schema 987654321 of {url}: no such schema\n"))
            .code(1);
        registry(stack, &["test", "dame-######", "reading.json"])
            .stdout("")
            .stderr(&format!(
                "error: cannot check a schema against subject `dame-######` at {url}: \
                 no such subject\nhelp: did you mean `dome-######`?\n"
            ))
            .code(1);
    }

    fn a_schema_uses_another(stack: &Stack) {
        upload(stack, &["dome-######", "reading.json"]);
        let uses = "org.Reading=dome-######:1";
        let id = upload(stack, &["maybe-######", "optional.json", "--reference", uses]);
        registry(stack, &["show", "maybe-######", "--output", "json"])
            .stdout("[\n  \"null\",\n  \"org.Reading\"\n]\n")
            .stderr(&format!(
                " INFO version 1 of maybe-###### has id {id}, \
                 uses version 1 of dome-###### as org.Reading\n"
            ))
            .success();
        // Values are written and read with it.
        stack
            .script(
                "let message = registry::encode(\"maybe-######\", #{ temp: 1.5 });
                print(registry::decode(message).temp);",
            )
            .stdout("1.5\n")
            .success();
        registry(stack, &["lookup", "maybe-######", "optional.json", "--reference", uses])
            .stdout(&format!("version 1 of maybe-###### has id {id}\n"))
            .success();
        let refused = registry(stack, &["delete", "dome-######", "-v", "1", "--yes"]).code(1);
        let words = String::from_utf8(refused.stderr).unwrap();
        let start = stack.tagged("error: cannot delete version 1 of subject `dome-######` at ");
        assert!(words.starts_with(&start) && words.contains("referenc"), "{words}");
    }

    fn a_schema_is_looked_up(stack: &Stack) {
        let id = upload(stack, &["dome-######", "reading.json"]);
        registry(stack, &["lookup", "dome-######", "reading.json"])
            .stdout(&format!("version 1 of dome-###### has id {id}\n"))
            .stderr("")
            .success();
        registry(stack, &["lookup", "dome-######", "later.json"])
            .stdout("")
            .stderr("error: subject dome-###### does not hold the schema in later.json\n")
            .code(1);
        registry(stack, &["lookup", "dome-######", "documented.json"])
            .file("documented.json", &READING.replace("deg_C", "K"))
            .stdout("")
            .stderr(
                "error: subject dome-###### does not hold the schema in documented.json\n\
                 help: version 1 differs in documentation and attributes only: \
                 kafkaefd registry diff dome-###### documented.json --from 1\n",
            )
            .code(1);
    }

    fn the_level_of_a_subject_comes_and_goes(stack: &Stack) {
        upload(stack, &["dome-######", "reading.json"]);
        let level = |args: &[&str]| {
            let line = [&["compat", "--subject", "dome-######"], args].concat();
            String::from_utf8(registry(stack, &line).success().stdout).unwrap()
        };
        let of_all = String::from_utf8(registry(stack, &["compat"]).success().stdout).unwrap();
        assert_eq!(level(&[]), of_all);
        for word in ["FULL", "FULL_TRANSITIVE", "FORWARD", "FORWARD_TRANSITIVE", "NONE",
            "BACKWARD", "BACKWARD_TRANSITIVE"]
        {
            assert_eq!(level(&["--set", word]), format!("{word}\n"));
            assert_eq!(level(&[]), format!("{word}\n"));
        }
        let listed = registry(stack, &["list", "-c", "-f", "dome-######"]);
        listed.stdout("subject      level\ndome-######  BACKWARD_TRANSITIVE\n").success();
        assert_eq!(level(&["--unset"]), of_all);
        assert_eq!(level(&["--unset"]), of_all);
    }

    fn versions_are_deleted_and_then_gone(stack: &Stack) {
        upload(stack, &["dome-######", "reading.json"]);
        upload(stack, &["dome-######", "later.json"]);
        registry(stack, &["delete", "dome-######", "-v", "1", "--yes"])
            .stdout("subject      version  result\ndome-######        1  deleted\n")
            .success();
        registry(stack, &["list", "-v", "-f", "dome-######"])
            .stdout("subject      versions\ndome-######  [2]\n")
            .success();
        registry(stack, &["show", "dome-######", "-v", "1", "--deleted", "--raw"]).success();
        registry(stack, &["delete", "dome-######", "--permanent", "--dry-run"])
            .stdout(
                "subject      version  result\n\
                 dome-######        1  would be deleted\n\
                 dome-######        2  would be deleted\n",
            )
            .success();
        registry(stack, &["delete", "dome-######", "--permanent", "--yes"])
            .stdout(
                "subject      version  result\n\
                 dome-######        1  deleted\n\
                 dome-######        2  deleted\n",
            )
            .success();
        registry(stack, &["list", "-f", "dome-######", "--deleted", "--output", "json"])
            .stdout("[]\n")
            .success();
    }

    fn two_versions_are_compared(stack: &Stack) {
        upload(stack, &["dome-######", "reading.json"]);
        upload(stack, &["dome-######", "later.json"]);
        registry(stack, &["diff", "dome-######"])
            .stdout(
                "dome-###### version 1 -> dome-###### version 2\n\n\
                 Added:\n\
                 - humidity: null or float, default null\n\
                 Changed:\n\
                 - temp: float -> double\n\
                 - temp: units \"deg_C\" -> \"K\"\n\
                 \n\
                 Compatible BACKWARD only: the old schema cannot read data of the new schema: \
                 field temp: the writer has double, the reader float.\n",
            )
            .stderr("")
            .success();
        registry(stack, &["diff", "dome-######", "later.json", "--output", "json"])
            .stdout("[]\n")
            .success();
    }
}
