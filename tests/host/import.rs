//! Imports stay in the folder of the script that runs.

use crate::support::Kafkaefd;

fn refused(path: &str, why: &str) {
    let script = format!("import \"{path}\" as x;\n");
    let text = format!(
        "error: cannot import \"{path}\": {why}\n --> in/s.rhai:1:8\n  |\n1 | {script}  |        ^\n\
         help: import files from the folder of the script that runs, by their path below it\n"
    );
    Kafkaefd::new()
        .file("in/s.rhai", &script)
        .file("out.rhai", "print(\"outside\");")
        .args(["run", "in/s.rhai"])
        .stdout("")
        .stderr(&text)
        .code(1);
}

#[test]
fn paths_out_of_the_folder_are_refused() {
    refused("../out", "`.` and `..` are not allowed");
    refused("x/../../out", "`.` and `..` are not allowed");
    refused("/etc/passwd", "an absolute path is outside of the script's folder");
    refused("", "`.` and `..` are not allowed");
}

#[test]
fn a_missing_file_is_named() {
    refused("lib/none", "no file `in/lib/none.rhai`");
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_refused() {
    let outside = tempfile::TempDir::new().unwrap();
    std::fs::write(outside.path().join("out.rhai"), "print(\"outside\");").unwrap();
    let inside = tempfile::TempDir::new().unwrap();
    let script = inside.path().join("s.rhai");
    std::fs::write(&script, "import \"link\" as x;").unwrap();
    std::os::unix::fs::symlink(outside.path().join("out.rhai"), inside.path().join("link.rhai"))
        .unwrap();
    let output =
        Kafkaefd::new().args([std::ffi::OsStr::new("run"), script.as_os_str()]).stdout("").code(1);
    let text = String::from_utf8(output.stderr).unwrap();
    let why = "error: cannot import \"link\": a link leads out of the script's folder\n";
    assert!(text.starts_with(why), "{text}");
}

#[test]
fn a_circle_of_imports_is_an_error() {
    let output = Kafkaefd::new()
        .file("a.rhai", "import \"b\" as b;")
        .file("b.rhai", "import \"c\" as c;")
        .file("c.rhai", "import \"b\" as b;")
        .args(["run", "a.rhai"])
        .code(1);
    let text = String::from_utf8(output.stderr).unwrap();
    let start =
        "error: cannot import \"b\": it imports itself, by way of others\n --> c.rhai:1:8\n";
    assert!(text.starts_with(start), "{text}");
}

#[test]
fn a_module_is_loaded_once() {
    Kafkaefd::new()
        .file("a.rhai", "import \"b\" as b; import \"c\" as c; print(c::f());")
        .file("b.rhai", "print(\"loading\"); fn f() { 1 }")
        .file("c.rhai", "import \"b\" as b; fn f() { b::f() }")
        .args(["run", "a.rhai"])
        .stdout("loading\n1\n")
        .stderr("")
        .success();
}

/// The module is loaded only once two threads are at it.
#[test]
fn two_threads_may_import_a_module_at_once() {
    Kafkaefd::new()
        .file(
            "a.rhai",
            r#"
            let pipelines = ["a", "b"].map(|topic| {
                kafka::create_topic(topic);
                kafka::producer().deliver(topic, topic);
                stream::from(topic, #{ group: topic, to: "end" })
                    .map(|record| { import "slow" as slow; #{ value: slow::twice(record.value) } })
                    .to("out")
            });
            kafka::create_topic("out");
            print(stream::run_all(pipelines).map(|done| done.produced));
            "#,
        )
        .file(
            "slow.rhai",
            r#"
            metrics::counter("importers", "Threads at it").inc();
            while metrics::counter("importers", "Threads at it").value < 2 { time::sleep(0.01); }
            fn twice(text) { text + text }
            "#,
        )
        .args(["run", "a.rhai"])
        .stdout("[1, 1]\n")
        .success();
}

#[test]
fn the_hash_of_each_module_is_logged() {
    let output = Kafkaefd::new()
        .file("a.rhai", "import \"std/text\" as text;")
        .args(["run", "a.rhai", "--log-level", "debug"])
        .success();
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains("import module=\"bundled:std/text.rhai\" sha256=\""), "{text}");
}
