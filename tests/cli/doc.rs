//! The reference as Markdown.

use crate::support::Kafkaefd;

fn printed(args: &[&str]) -> String {
    let output = Kafkaefd::new().args(args).stderr("").success();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_module_is_a_table_and_a_section_a_name() {
    let page = printed(&["doc", "env"]);
    assert!(page.starts_with(
        "# env\n\nEnvironment variables and the run itself.\n\n\
         | Function | What it does |\n|---|---|\n\
         | [`env::confirm(question: string) -> bool`](#envconfirm) | \
         Asks `question` and waits for y or n. |\n"
    ));
    assert_eq!(page.matches("\n## env::get\n").count(), 1, "overloads share a heading");
    assert!(page.contains(
        "\n```text\nenv::version() -> string\n```\n\n\
         The version of kafkaefd, for example `0.1.0`.\n\n\
         ```rhai\nenv::version().len > 0 // => true\n```\n"
    ));
}

#[test]
fn all_modules_are_written_into_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new/reference").display().to_string();
    Kafkaefd::new().args(["doc", "--write", &path]).stdout("").stderr("").success();
    let page = std::fs::read_to_string(format!("{path}/kafka.md")).unwrap();
    assert_eq!(page, printed(&["doc", "kafka"]));
    assert!(std::fs::exists(format!("{path}/registry.md")).unwrap());
}

#[test]
fn an_unknown_module_names_the_likely_one() {
    Kafkaefd::new()
        .args(["doc", "kafak"])
        .stderr(
            "error: cannot document `kafak`: no such module\n\
             help: did you mean `kafkaefd doc kafka`?\n",
        )
        .code(1);
}
