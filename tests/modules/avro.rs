//! `avro`: what scripts see of schemas and values.

use crate::support::Kafkaefd;

fn prints(script: &str, stdout: &str) {
    Kafkaefd::new()
        .file("t.rhai", script)
        .args(["run", "t.rhai"])
        .stdout(stdout)
        .stderr("")
        .success();
}

const READING: &str = r#"
let schema = avro::parse(`{"type": "record", "name": "Reading", "namespace": "org", "fields": [
    {"name": "sensor", "type": "string", "doc": "Its name"},
    {"name": "temps", "type": {"type": "array", "items": "double"}},
    {"name": "note", "type": ["null", "string"], "default": null},
    {"name": "sent", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}`);
"#;

#[test]
fn values_come_back_as_they_went() {
    prints(
        &format!(
            "{READING}
            let value = #{{ sensor: \"M1\", temps: [1, 2.5], note: \"ok\", sent: 1700000000000 }};
            print(avro::decode(schema, avro::encode(schema, value)));
            value.remove(\"note\");
            print(avro::decode(schema, avro::encode(schema, value)).note == ());"
        ),
        "#{\"note\": \"ok\", \"sensor\": \"M1\", \"sent\": 1700000000000, \"temps\": [1.0, 2.5]}\n\
         true\n",
    );
}

#[test]
fn an_error_names_the_field() {
    prints(
        &format!(
            "{READING}
            let value = #{{ sensor: \"M1\", temps: [1, \"x\"], sent: 0 }};
            try {{ avro::encode(schema, value) }} catch (err) {{ print(err.message); }}
            try {{ avro::decode(schema, blob(1, 4)) }} catch (err) {{ print(err.message); }}
            try {{ avro::unframe(blob(1, 4)) }} catch (err) {{ print(err.message); }}
            try {{ avro::frame(-1, blob()) }} catch (err) {{ print(err.message); }}
            try {{ avro::parse(7) }} catch (err) {{ print(err.message); }}"
        ),
        "cannot encode record org.Reading: field temps[1]: expected double, got string \"x\"\n\
         cannot decode record org.Reading: field sensor: the data ends: 2 bytes are needed, 0 are left\n\
         cannot unframe 1 bytes: they carry no header\n\
         cannot frame a body with id -1: ids are from 0 up\n\
         a schema is text, a map or a Schema, not i64\n",
    );
}

#[test]
fn a_bad_schema() {
    prints(
        r#"try { avro::parse(`{"type": "strnig"}`) }
        catch (err) { print(err.kind); print(err.message); }"#,
        "invalid\ncannot parse the Avro schema: Unknown primitive type: strnig\n",
    );
}

#[test]
fn a_schema_shows_its_fields() {
    prints(
        &format!(
            "{READING}
            for field in schema.fields {{ print(`${{field.name}} ${{field.type}} ${{field.doc}}`); }}
            print(schema.name);
            print(avro::parse(`\"long\"`).fields);"
        ),
        "sensor string Its name\n\
         temps #{\"items\": \"double\", \"type\": \"array\"} \n\
         note [\"null\", \"string\"] \n\
         sent #{\"logicalType\": \"timestamp-millis\", \"type\": \"long\"} \n\
         org.Reading\n[]\n",
    );
}

#[test]
fn a_file_that_holds_no_schema_is_named() {
    Kafkaefd::new()
        .file("bad.json", "{")
        .file(
            "t.rhai",
            "for path in [\"bad.json\", \"none.json\"] {
                try { avro::load(path) } catch (err) { print(`${err.kind}: ${err.message}`); }
            }",
        )
        .args(["run", "t.rhai"])
        .stdout(
            "invalid: cannot parse the Avro schema in `bad.json`: it is not JSON: \
             EOF while parsing an object at line 1 column 1\n\
             not_found: cannot read the Avro schema in `none.json`: there is no such file\n",
        )
        .success();
}
