//! The experiment as a file.

use serde_json::Value;

use crate::support::on_each_stack;

const SCRIPT: &str = r#"
    import "part" as part;
    const ARGS = #{
        rate: #{ help: "Rate", type: "int", default_value: 100 },
        password: #{ help: "Secret", secret: true },
        file: #{ help: "Where to", required: true },
    };
    fn main(args) {
        kafka::create_topic("kept-######");
        let outcome = load::experiment(#{ max: 5, seed: 7, name: part::name() })
            .produce("kept-######", "x", args.rate)
            .consume("kept-######")
            .threshold("lost == 0")
            .run();
        outcome.manifest(args.file);
    }
"#;

on_each_stack! {
    /// Another one understands later what was run, and finds no secret.
    fn a_manifest_tells_the_whole_experiment(stack: &Stack) {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("run.json");
        let script = stack.tagged(SCRIPT);
        let call = stack.kafkaefd().file("t.rhai", &script);
        let call = call.file("part.rhai", "fn name() { \"night\" }");
        let call = call.args(["run", "t.rhai", "--", "--password", "hunter2", "--file"]).args([&path]);
        call.stderr("").success();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(!text.contains("hunter2"));
        let manifest: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(manifest["format"], "kafkaefd-run-1");
        assert_eq!(manifest["script"]["text"], script.as_str());
        assert_eq!(manifest["script"]["sha256"], manifest["outcome"]["parameters"]["script"]);
        assert_eq!(manifest["arguments"]["rate"], 100);
        assert_eq!(manifest["arguments"]["password"], "***");
        let imports = manifest["imports"].as_object().unwrap();
        assert_eq!(imports.keys().collect::<Vec<_>>(), ["part.rhai"]);
        assert_eq!(manifest["servers"]["broker"], stack.broker());
        assert_eq!(manifest["versions"]["kafkaefd"], env!("CARGO_PKG_VERSION"));
        assert_eq!(manifest["outcome"]["parameters"]["seed"], 7);
        let topic = stack.name("kept");
        let sent = &manifest["outcome"]["offsets"]["sent"][&topic]["0"];
        assert_eq!(sent, &serde_json::json!({ "first": 0, "next": 5 }));
        assert_eq!(manifest["outcome"]["histograms"]["end_to_end"]["count"], 5);
        assert_eq!(manifest["outcome"]["verdicts"][0]["passed"], true);
    }
}
