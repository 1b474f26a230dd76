//! `out`: whole texts of tables, JSON and YAML.

use kafkaefd::modules::out::{Table, render};
use kafkaefd::settings::Output;
use rhai::{Array, Dynamic, Map};

use crate::support::Kafkaefd;

fn prints(script: &str, stdout: &str) {
    Kafkaefd::new()
        .file("t.rhai", script)
        .args(["run", "t.rhai"])
        .stdout(stdout)
        .stderr("")
        .success();
}

fn topics() -> Dynamic {
    let row = |name: &str, partitions: i64| {
        Dynamic::from_map(Map::from([
            ("name".into(), name.into()),
            ("partitions".into(), partitions.into()),
            ("internal".into(), false.into()),
        ]))
    };
    let rows: Array = vec![row("mount", 12), row("dome", 3)];
    let columns: Array = vec!["name".into(), "partitions".into()];
    Dynamic::from(Table::new(rows, columns, "none".into()).unwrap())
}

#[test]
fn a_table_has_the_chosen_columns_and_numbers_stand_right() {
    let text = render(&topics(), Output::Table, None);
    assert_eq!(text, "name   partitions\nmount          12\ndome            3");
}

#[test]
fn json_and_yaml_keep_every_key_and_put_the_columns_first() {
    let yaml = render(&topics(), Output::Yaml, None);
    assert_eq!(
        yaml,
        "- name: mount\n  partitions: 12\n  internal: false\n- name: dome\n  partitions: 3\n  internal: false"
    );
    let json = render(&topics(), Output::Json, None);
    let read: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(read[1], serde_json::json!({"name": "dome", "partitions": 3, "internal": false}));
    assert!(
        json.starts_with("[\n  {\n    \"name\": \"mount\",\n    \"partitions\": 12,"),
        "{json}"
    );
}

#[test]
fn a_narrow_terminal_wraps_and_never_cuts_the_line_width() {
    let long = "word ".repeat(30);
    let map = Map::from([("text".into(), long.into()), ("n".into(), 1_i64.into())]);
    let text = render(&vec![Dynamic::from_map(map)].into(), Output::Table, Some(40));
    assert!(text.lines().count() > 3, "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 40), "{text}");
}

#[test]
fn scalars_are_themselves() {
    prints(
        "out::show(\"two\\nlines\"); out::show(1.0); out::show(0.1 + 0.2); out::show(true); \
         out::show(()); out::show([]); out::show(#{}); out::show([1, \"a\", 2.5, [3]]);",
        "two\nlines\n1.0\n0.3\ntrue\n[]\n#{}\n1\na\n2.5\n[3]\n",
    );
}

#[test]
fn a_map_is_a_line_a_key_and_nested_values_are_compact_json() {
    prints(
        "out::show(#{ name: \"dome\", nested: #{ a: [1, 2], b: () }, blob: blob(30, 255) });",
        "blob    0xffffffffffffffffffffffffffffffffffffffffffffffff… (30 bytes)\n\
         name    dome\nnested  {\"a\":[1,2],\"b\":null}\n",
    );
}

#[test]
fn control_characters_do_not_reach_the_terminal_from_a_cell() {
    prints("out::show([#{ key: \"a\\x1b[2Jb\" }]);", "key\na\\u{1b}[2Jb\n");
}

#[test]
fn an_empty_table_says_what_the_caller_wants() {
    prints("print(out::table([], [\"name\"], \"no topics\"));", "no topics\n");
}

#[test]
fn a_row_of_the_wrong_shape_is_named() {
    prints(
        "try { out::table([[1], [1, 2]], [\"a\"]) } catch (e) { print(e.kind); print(e.message); }\n\
         try { out::table([\"x\"], [\"a\"]) } catch (e) { print(e.message); }",
        "usage\ncannot make a table: row 1 has 2 values for 1 columns\n\
         cannot make a table: row 0 is of type string\n",
    );
}

#[test]
fn closures_share_variables_and_still_print() {
    prints("let x = 1; let f = || x += 1; f.call(); out::show([#{ x: x }]);", "x\n2\n");
}

#[test]
fn records_are_rows_and_keep_the_order_of_their_parts() {
    let script = "kafka::create_topic(\"shown\");\n\
         let p = kafka::producer();\n\
         for i in 0..2 { p.deliver(\"shown\", #{ value: `v${i}`, key: \"k\", timestamp: 1000 + i }); }\n\
         let records = [];\n\
         for record in kafka::consumer(\"shown\", #{ to: \"end\" }) { records.push(record); }\n\
         out::show(records);";
    let table = "topic  partition  offset  timestamp  key  value\n\
         shown          0       0       1000  k    v0\n\
         shown          0       1       1001  k    v1\n";
    Kafkaefd::new().file("t.rhai", script).args(["run", "t.rhai"]).stdout(table).success();
}

#[test]
fn every_row_of_a_table_has_the_same_keys_in_json() {
    let script = "let rows = [#{ name: \"dome\", id: 1 }, #{ name: \"mount\", note: \"x\" }];\n\
                  out::table(rows, [\"name\", \"lag\"])";
    Kafkaefd::new()
        .file("t.rhai", &format!("fn main() {{ {script} }}"))
        .args(["run", "--output", "yaml", "t.rhai"])
        .stdout(
            "- name: dome\n  lag: null\n  id: 1\n  note: null\n\
             - name: mount\n  lag: null\n  id: null\n  note: x\n",
        )
        .success();
}

#[test]
fn a_line_of_many_and_a_text_follow_the_output() {
    let script = "for i in 1..3 { out::line(#{ k: i }, `n is ${i}`); }\n\
                  out::show(#{ k: 3 }, \"done\");";
    let prints = |form: &str, stdout: &str| {
        let run = Kafkaefd::new().file("t.rhai", script).args(["run", "--output", form, "t.rhai"]);
        run.stdout(stdout).stderr("").success();
    };
    prints("table", "n is 1\nn is 2\ndone\n");
    prints("json", "{\"k\":1}\n{\"k\":2}\n{\n  \"k\": 3\n}\n");
    prints("yaml", "---\nk: 1\n---\nk: 2\nk: 3\n");
}
