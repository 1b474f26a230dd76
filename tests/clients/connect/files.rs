//! Configurations and offsets in files, and secrets.

use crate::support::Kafkaefd;

/// What `script` prints beside the file `f.json` with `text`.
fn prints(text: &str, script: &str) -> String {
    let call = Kafkaefd::new().file("f.json", text).file("t.rhai", script);
    let output = call.args(["run", "t.rhai"]).success();
    String::from_utf8(output.stdout).unwrap()
}

fn loads(text: &str) -> String {
    let script = "try { print(connect::load_config(\"f.json\")) }
                  catch (err) { print(`${err.kind}: ${err.message}`) }";
    prints(text, script)
}

#[test]
fn both_forms_of_a_configuration_are_read() {
    let flat = "#{\"name\": \"dome\", \"tasks.max\": \"2\", \"x\": \"true\"}\n";
    assert_eq!(loads(r#"{"name": "dome", "tasks.max": 2, "x": true, "y": null}"#), flat);
    assert_eq!(loads(r#"{"name": "dome", "config": {"tasks.max": "2", "x": "true"}}"#), flat);
}

#[test]
fn what_is_no_configuration_is_named() {
    let start = "cannot read the configuration in `f.json`:";
    assert_eq!(loads("[1]"), format!("invalid: {start} it is no JSON object\n"));
    assert_eq!(
        loads(r#"{"a": [1]}"#),
        format!("invalid: {start} option `a` is no text, number or bool\n")
    );
    assert_eq!(
        loads("{"),
        format!("invalid: {start} it is no JSON: EOF while parsing an object at line 1 column 1\n")
    );
}

#[test]
fn all_forms_of_offsets_are_read() {
    let script = "print(connect::load_offsets(\"f.json\"))";
    let sink = "[#{\"offset\": #{\"kafka_offset\": 7}, \
                \"partition\": #{\"kafka_partition\": 0, \"kafka_topic\": \"dome\"}}]\n";
    let entry = r#"{"topic": "dome", "partition": 0, "offset": 7}"#;
    assert_eq!(prints(&format!("[{entry}]"), script), sink);
    let entry = r#"{"partition": {"kafka_topic": "dome", "kafka_partition": 0},
                    "offset": {"kafka_offset": 7}}"#;
    assert_eq!(prints(&format!("{{\"offsets\": [{entry}]}}"), script), sink);
    let reset = r#"[{"partition": {"filename": "f"}, "offset": null}]"#;
    assert_eq!(
        prints(reset, script),
        "[#{\"offset\": (), \"partition\": #{\"filename\": \"f\"}}]\n"
    );
}

#[test]
fn secrets_are_masked_by_name_and_in_urls() {
    let script = r#"
        let config = #{
            "connect.influx.password": "p", "sasl.jaas.config": "p", "API_TOKEN": "p",
            "basic.auth.user.info": "u:p", "ssl.keystore.location": "l", "db.password": "${f:x}",
            "empty.password": "", "token.class": "c",
            "url": "http://u:p@h:1/x", "jdbc": "jdbc:pg://h/d?user=u&password=p&x=1",
            "bare": "http://h:1", "topics": "t",
        };
        for (value, index) in connect::mask_config(config).values() { print(value); }
        print(connect::mask_config(config).keys());
    "#;
    let masked = prints("", script);
    let lines: Vec<&str> = masked.lines().collect();
    let names = lines[12];
    let names: Vec<&str> = names.trim_matches(['[', ']']).split(", ").collect();
    let shown = |name: &str| {
        let at = names.iter().position(|n| n.trim_matches('"') == name).unwrap();
        lines[at]
    };
    for secret in
        ["connect.influx.password", "sasl.jaas.config", "API_TOKEN", "basic.auth.user.info"]
    {
        assert_eq!(shown(secret), "***", "{secret}");
    }
    assert_eq!(shown("ssl.keystore.location"), "l");
    assert_eq!(shown("db.password"), "${f:x}");
    assert_eq!(shown("empty.password"), "");
    assert_eq!(shown("token.class"), "c");
    assert_eq!(shown("url"), "http://u:***@h:1/x");
    assert_eq!(shown("jdbc"), "jdbc:pg://h/d?user=u&password=***&x=1");
    assert_eq!(shown("bare"), "http://h:1");
    assert_eq!(shown("topics"), "t");
}
