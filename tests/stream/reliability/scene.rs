//! Topics, schema and pipeline of one test, removed when it ends.

use std::io::Read;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::member::{Member, send};
use super::oracle::{self, Verdict};
use crate::support::Bed;

/// What a test wants of its source and its pipeline.
#[derive(Debug, Clone)]
pub struct Plan {
    /// How many records the source makes.
    pub count: usize,
    /// How many it makes a second.
    pub rate: usize,
    /// Characters of padding in each.
    pub size: usize,
    /// Of the topic that is read, and of the one that is written.
    pub partitions: usize,
    /// Copies of each partition.
    pub replication: usize,
    /// More options of the pipeline, as Rhai writes the inside of a map; `GROUP` stands for
    /// the group, `NUMBER` for the number of the member.
    pub options: &'static str,
    /// Properties of librdkafka, each a line of TOML.
    pub kafka: &'static [&'static str],
    /// What the oracle may see.
    pub isolation: &'static str,
}

impl Default for Plan {
    fn default() -> Plan {
        Plan {
            count: 10_000,
            rate: 2000,
            size: 200,
            partitions: 6,
            replication: 1,
            options: "",
            kafka: &[],
            isolation: "read_uncommitted",
        }
    }
}

/// A pipeline from SAL text to Avro that is about to be run by members of one group.
pub struct Scene {
    pub plan: Plan,
    pub home: TempDir,
    python: String,
    /// What the Python programs are told.
    told: Value,
}

impl Scene {
    /// A scene on the Kafka of `bed`.
    pub fn new(bed: &Bed, plan: Plan) -> Scene {
        Scene::at(bed, bed.get("KAFKA"), plan)
    }

    /// A scene on the Kafka at `broker`, with the registry of `bed`.
    pub fn at(bed: &Bed, broker: &str, plan: Plan) -> Scene {
        let subsystem = bed.name("Rel").replace('-', "");
        let sal_topic = format!("{subsystem}_reading");
        let told = json!({
            "broker": broker,
            "registry": bed.get("APICURIO"),
            "subsystem": subsystem,
            "input": format!("{subsystem}_telemetry"),
            "group": format!("{subsystem}_telemetry"),
            "output": format!("lsst.sal.{sal_topic}"),
            "sal_topic": sal_topic,
            "dead_letters": format!("{subsystem}.dead"),
            "partitions": plan.partitions,
            "replication": plan.replication,
            "size": plan.size,
            "count": plan.count,
            "rate": plan.rate,
            "isolation": plan.isolation,
        });
        let python = bed.get("PYTHON").to_owned();
        let scene = Scene { plan, home: TempDir::new().unwrap(), python, told };
        scene.write();
        scene.source("prepare", &scene.told);
        scene
    }

    /// The value of `name` among what the Python programs are told.
    pub fn get(&self, name: &str) -> &str {
        self.told[name].as_str().unwrap()
    }

    fn write(&self) {
        let [broker, registry] = ["broker", "registry"].map(|name| self.get(name));
        let settings = format!(
            "profile = \"test\"\n\n[profiles.test]\nbroker = \"{broker}\"\n\
             registry = \"{registry}\"\n\n[profiles.test.kafka]\n\
             {}",
            self.plan.kafka.join("\n")
        );
        std::fs::write(self.home.path().join("kafkaefd.toml"), settings).unwrap();
    }

    /// Member `number` of the group, which runs the pipeline as a script.
    pub fn member(&self, number: usize) -> Member {
        let options = self.plan.options.replace("GROUP", self.get("group"));
        let options = options.replace("NUMBER", &number.to_string());
        let script = format!(
            "stream::from(\"{}\", #{{ group: \"{}\", {} }})\n\
             \x20   .via(sal::text_to_avro())\n    .dead_letters(\"{}\")\n    .run();\n",
            self.get("input"),
            self.get("group"),
            options,
            self.get("dead_letters"),
        );
        let name = format!("pipeline-{number}.rhai");
        std::fs::write(self.home.path().join(&name), script).unwrap();
        Member::start(self.home.path(), &["run", &name])
    }

    /// One more member, which runs it as the bundled command.
    pub fn saltransform_member(&self) -> Member {
        Member::start(self.home.path(), &self.saltransform())
    }

    /// The arguments that run it as the bundled command.
    pub fn saltransform(&self) -> Vec<&str> {
        let start = ["--auto-offset-reset", "earliest", "--prometheus-port", "0"];
        [&["saltransform", "run", "--subsystem", self.get("subsystem")], &start[..]].concat()
    }

    /// Starts the source, which makes its records at their rate.
    pub fn produce(&self) -> Source {
        let mut command = self.python("source.py", &["produce", &self.told.to_string()]);
        Source(command.stdout(Stdio::piped()).spawn().unwrap())
    }

    /// What the oracle says of what was written, where the source made `count` records.
    pub fn verdict(&self, count: usize) -> Verdict {
        let mut told = self.told.clone();
        told["count"] = count.into();
        oracle::verdict(&mut self.python("oracle.py", &[&told.to_string()]))
    }

    /// Runs `poison.py` with `command`; returns what it printed.
    pub fn poison(&self, command: &str) -> String {
        let mut python = self.python("poison.py", &[command, &self.told.to_string()]);
        let output = python.stderr(Stdio::inherit()).output().unwrap();
        assert!(output.status.success(), "poison.py {command} failed");
        String::from_utf8(output.stdout).unwrap()
    }

    fn source(&self, command: &str, told: &Value) {
        let status = self.python("source.py", &[command, &told.to_string()]).status().unwrap();
        assert!(status.success(), "source.py {command} failed");
    }

    fn python(&self, program: &str, args: &[&str]) -> Command {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/stream/reliability");
        let mut command = Command::new(&self.python);
        // -B: nothing is written beside the programs.
        command.arg("-B").arg(folder.join(program)).args(args).stdin(Stdio::null());
        command
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        // The servers are shared; what cannot be removed is told by Python itself.
        let told = self.told.to_string();
        let _ = self.python("source.py", &["clean", &told]).status();
    }
}

/// The source at work; it is stopped if the test ends first.
pub struct Source(Child);

impl Source {
    /// Lets it make no more records; returns how many are in Kafka.
    pub fn stop(mut self) -> usize {
        send("TERM", self.0.id());
        let mut made = String::new();
        self.0.stdout.take().unwrap().read_to_string(&mut made).unwrap();
        assert!(self.0.wait().unwrap().success(), "the source failed");
        made.trim().parse().unwrap()
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
