//! What registries have and others do not: languages, modes, contexts.

use serde_json::Value;

use crate::support::{Kafkaefd, Stack, on_each_registry};

const SHAPE: &str = r#"{"type": "object", "properties": {"temp": {"type": "number"}}}"#;
const PROTO: &str = "syntax = \"proto3\";\n\nmessage Reading {\n  string dome = 1;\n}\n";

fn registry(stack: &Stack, args: &[&str]) -> Kafkaefd {
    stack
        .kafkaefd()
        .file("shape.json", SHAPE)
        .file("reading.proto", PROTO)
        .file("text.json", "\"string\"")
        .file("number.json", "\"int\"")
        .args([&["registry"], args].concat())
}

/// Which registry it is: they differ in what they have.
fn is_embedded(stack: &Stack) -> bool {
    !stack.is_real()
}

fn is_apicurio(stack: &Stack) -> bool {
    stack.registry().contains("/apis/ccompat/")
}

/// What the registry refuses with the words "cannot {attempt} URL: {why}".
fn refused(stack: &Stack, args: &[&str], attempt: &str, why: &str, help: &str) {
    let url = stack.registry();
    registry(stack, args)
        .stdout("")
        .stderr(&format!("error: cannot {attempt} {url}: {why}\n{help}"))
        .code(1);
}

const REAL: &str = "help: use a real registry: --profile local, or --registry URL\n";

on_each_registry! {
    fn schemas_have_three_languages(stack: &Stack) {
        for (name, kind, file, text) in
            [("shape-######", "JSON", "shape.json", SHAPE), ("proto-######", "PROTOBUF", "reading.proto", PROTO)]
        {
            let line = ["upload", name, file, "--type", kind];
            if is_embedded(stack) {
                let attempt = format!("look up a schema under subject `{name}` at");
                let why = format!("the embedded registry holds Avro schemas only, not {kind}");
                refused(stack, &line, &attempt, &why, REAL);
                continue;
            }
            let output = registry(stack, &line).stderr("").success();
            let id = String::from_utf8(output.stdout).unwrap().trim().to_owned();
            let note = format!(" INFO version 1 of {name} has id {id}, type {kind}\n");
            let shown = registry(stack, &["show", name]).stderr(&note).success();
            let shown = String::from_utf8(shown.stdout).unwrap();
            let json = |text: &str| serde_json::from_str::<Value>(text).ok();
            if kind == "JSON" {
                assert_eq!(json(&shown), json(text));
            } else {
                assert_eq!(shown.trim(), text.trim());
            }
            registry(stack, &["test", name, file, "--type", kind])
                .stdout("Compatible: true\n")
                .success();
            registry(stack, &["lookup", name, file, "--type", kind])
                .stdout(&format!("version 1 of {name} has id {id}\n"))
                .success();
            // Values cannot be made of it.
            stack
                .script(&format!("registry::encode(\"{name}\", 1)"))
                .file("t.rhai", &format!(
                    "try {{ registry::encode(\"{name}\", 1) }} catch (err) {{ print(err.message); print(err.kind); }}"
                ))
                .stdout(&format!(
                    "cannot use version 1 of subject `{name}` for values: it is a {kind} schema, \
                     not Avro\ninvalid\n"
                ))
                .success();
        }
    }

    fn modes_are_set_where_there_are_any(stack: &Stack) {
        registry(stack, &["upload", "dome-######", "text.json"]).success();
        let line = ["mode", "--subject", "dome-######"];
        if is_apicurio(stack) {
            let attempt = "read the mode of subject `dome-######` at";
            refused(stack, &line, attempt, "this registry has no modes", "");
            let set = ["mode", "--subject", "dome-######", "--set", "READONLY"];
            let attempt = "set the mode of subject `dome-######` at";
            refused(stack, &set, attempt, "this registry has no modes", "");
            refused(stack, &["mode"], "read the mode of", "this registry has no modes", "");
            return;
        }
        registry(stack, &["mode"]).stdout("READWRITE\n").stderr("").success();
        registry(stack, &line).stdout("READWRITE\n").success();
        let with = |more: &[&str]| registry(stack, &[&line[..], more].concat());
        with(&["--set", "READONLY"]).stdout("READONLY\n").stderr("").success();
        // Franz only keeps the word.
        if is_embedded(stack) {
            let attempt = "register schema int under subject `dome-######` at";
            let line = ["upload", "dome-######", "number.json"];
            refused(stack, &line, attempt, "Subject dome-###### is in read-only mode", "");
        }
        with(&["--unset"]).stdout("READWRITE\n").success();
        with(&["--unset"]).stdout("READWRITE\n").success();
    }

    fn contexts_are_listed_where_there_are_any(stack: &Stack) {
        registry(stack, &["upload", ":.night-######:dome", "text.json"]).success();
        let output = registry(stack, &["contexts"]).stderr("").success();
        let text = String::from_utf8(output.stdout).unwrap();
        let named = stack.tagged(".night-######");
        assert!(text.starts_with("context\n.\n"), "{text}");
        // Apicurio takes such a subject for one of the only context that it has.
        assert_eq!(text.lines().any(|line| line == named), !is_apicurio(stack), "{text}");
        registry(stack, &["list", "--prefix", ":.night-######:"])
            .stdout("subject\n:.night-######:dome\n")
            .success();
        registry(stack, &["show", ":.night-######:dome"]).stdout("\"string\"\n").success();
    }
}
