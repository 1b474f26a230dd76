//! `registry` on the embedded stack.

use kafkaefd::embedded::registry::RegistryServer;

use crate::support::Kafkaefd;

fn prints(script: &str, stdout: &str) {
    let server = RegistryServer::start(0).unwrap();
    let output = Kafkaefd::new()
        .file("t.rhai", script)
        .args(["--registry", &server.url(), "run", "t.rhai"])
        .stderr("")
        .success();
    let found = String::from_utf8(output.stdout).unwrap().replace(&server.url(), "URL");
    assert_eq!(found, stdout);
}

#[test]
fn schemas_are_registered_and_found() {
    prints(
        r#"
        print(registry::subjects());
        print(registry::register("s", #{ type: "string" }));
        print(registry::register("s", `"bytes"`));
        print(registry::versions("s"));
        print(registry::schema(2).name);
        let latest = registry::latest("s");
        print(`${latest.subject} ${latest.version} ${latest.id} ${latest.schema.name}`);
        print(registry::version("s", 1).schema.name);
        print(registry::lookup("s", `"bytes"`).version);
        print(registry::lookup("s", `"long"`) == ());
        print(registry::subjects("S|x"));"#,
        "[]\n1\n2\n[1, 2]\nbytes\ns 2 2 bytes\nstring\n2\ntrue\n[]\n",
    );
}

#[test]
fn messages_carry_the_id_of_their_schema() {
    prints(
        r#"
        let message = registry::encode("s", `"string"`, "dome");
        print(message);
        print(registry::decode(message));
        print(registry::decode(registry::encode("s", "mount")));
        print(registry::decode(blob(2, 0xff)));
        try { registry::encode("s", 5) } catch (err) { print(err.message); }
        try { registry::decode(avro::frame(9, blob())) } catch (err) { print(err.message); }"#,
        "[000000000108646f 6d65]\ndome\nmount\n[ffff]\n\
         cannot encode string: expected string, got int 5\n\
         cannot read schema 9 of URL: no such schema\n",
    );
}

#[test]
fn compatibility_is_checked_and_changed() {
    prints(
        r#"
        registry::register("s", `"int"`);
        print(registry::compatible("s", `"string"`));
        print(registry::check("s", `"string"`, 1).reasons);
        try { registry::register("s", `"string"`) } catch (err) { print(err.kind); print(err.message); }
        registry::set_level("s", "none");
        print(registry::level("s"));
        print(registry::level());
        print(registry::register("s", `"string"`));
        try { registry::set_level("SOME") } catch (err) { print(err.message); }"#,
        "false\n[\"the new schema cannot read data of version 1: \
         the writer has int, the reader string\"]\nconflict\n\
         cannot register schema string under subject `s` at URL: \
         it is incompatible at level BACKWARD: the new schema cannot read data of version 1: \
         the writer has int, the reader string\n\
         NONE\nBACKWARD\n2\n\
         `SOME` is no compatibility level; the levels are NONE, BACKWARD, BACKWARD_TRANSITIVE, \
         FORWARD, FORWARD_TRANSITIVE, FULL and FULL_TRANSITIVE\n",
    );
}

#[test]
fn subjects_and_versions_are_deleted() {
    prints(
        r#"
        registry::set_level("NONE");
        registry::register("s", `"int"`);
        registry::register("s", `"long"`);
        print(registry::delete("s", #{ version: 1 }));
        print(registry::delete("s"));
        print(registry::delete("s", #{ permanent: true }));
        try { registry::delete("s") } catch (err) { print(err.message); }
        print(registry::register("s", `"int"`));
        try { registry::version("s", 0) } catch (err) { print(err.message); }"#,
        "[1]\n[2]\n[1, 2]\ncannot delete subject `s` at URL: no such subject\n3\n\
         `0` is no version: give a number from 1 up, or \"latest\"\n",
    );
}

#[test]
fn other_languages_are_unsupported() {
    prints(
        r#"
        try { registry::register("s", "syntax = \"proto3\";", #{ type: "protobuf" }) } catch (err) {
            print(err.kind); print(err.message); print(err.remedy);
        }
        try { registry::register("s", "x", #{ type: "XML" }) } catch (err) { print(err.message); }
        try { registry::register("s", 5, #{ type: "JSON" }) } catch (err) { print(err.message); }
        try { registry::register("s", `"int"`, #{ refs: [] }) } catch (err) { print(err.message); }
        try { registry::load("none.proto") } catch (err) { print(err.message); }"#,
        "unsupported\n\
         cannot register PROTOBUF schema under subject `s` at URL: \
         the embedded registry holds Avro schemas only, not PROTOBUF\n\
         use a real registry: --profile local, or --registry URL\n\
         `XML` is no type of schema; the types are AVRO, JSON and PROTOBUF\n\
         a schema of type JSON is text, not i64\n\
         registry::register has no option `refs`\n\
         cannot read the schema in `none.proto`: there is no such file\n",
    );
}

#[test]
fn every_version_is_checked() {
    prints(
        r#"
        registry::set_level("s", "NONE");
        registry::register("s", `"int"`);
        registry::register("s", `"string"`);
        registry::set_level("s", "BACKWARD");
        for row in registry::check_each("s", `"long"`, #{}) { print(`${row.version} ${row.reasons}`); }
        print(registry::check("s", `"long"`, 1).compatible);
        print(registry::delete_level("s"));
        print(registry::delete_level("s"));
        try { registry::check_each("t", `"long"`, #{}) } catch (err) { print(err.remedy); }"#,
        "1 []\n2 [\"the new schema cannot read data of version 2: \
         the writer has string, the reader long\"]\ntrue\ntrue\nfalse\n\
         list the subjects with: kafkaefd registry list\n",
    );
}

#[test]
fn schemas_are_imported_with_their_numbers() {
    prints(
        r#"
        registry::set_mode("s", "import");
        print(registry::register("s", `"int"`, #{ id: 40, version: 3 }));
        let found = registry::describe_schema(40);
        print(`${found.schema.name} ${found.type} ${found.subjects}`);
        print(registry::own_mode("s"));
        print(registry::delete_mode("s"));
        try { registry::set_mode("WRITE") } catch (err) { print(err.message); }"#,
        "40\nint AVRO [#{\"subject\": \"s\", \"version\": 3}]\nIMPORT\ntrue\n\
         `WRITE` is no mode; the modes are READWRITE, READONLY and IMPORT\n",
    );
}
