//! A pipeline between two topics, with a proxy before the broker and one before the registry.

use std::fs;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::process::Process;
use crate::support::proxy::Proxy;
use crate::support::{Bed, Kafkaefd, Stack};

/// Writes messages and judges what became of them; its head says how it is called.
pub const ORACLE: &str = include_str!("oracle.py");

/// One telemetry topic, whose messages carry their number and a checksum.
const TOPIC: &str = "<?xml version=\"1.0\"?><SALTelemetrySet><SALTelemetry>
    <Subsystem>COMPONENT</Subsystem><EFDB_Topic>COMPONENT_probe</EFDB_Topic>
    <item><EFDB_Name>number</EFDB_Name><IDL_Type>long long</IDL_Type><Count>1</Count></item>
    <item><EFDB_Name>crc</EFDB_Name><IDL_Type>long long</IDL_Type><Count>1</Count></item>
    <item><EFDB_Name>note</EFDB_Name><IDL_Type>string</IDL_Type><Count>1</Count></item>
</SALTelemetry></SALTelemetrySet>";

const COPY: &str = r#"
fn main() {
    print(metrics::serve(0));
    stream::from("COMPONENT_telemetry", #{ group: "COMPONENT_telemetry"OPTIONS })
        .to("lsst.sal.COMPONENT_probe").dead_letters("COMPONENT.dead").metrics("copy").run();
}"#;

/// The servers of one test, what stands before them, and names of its own.
pub struct Scene<'a> {
    bed: &'a Bed,
    stack: &'a Stack,
    pub broker: Proxy,
    pub registry: Proxy,
    component: String,
    home: TempDir,
}

/// What became of the messages, as the oracle found it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub text: String,
    /// From the question to the answer; the oracle adds about a second.
    pub took: Duration,
}

impl Verdict {
    /// How many messages did not arrive.
    pub fn lost(&self) -> usize {
        let (_, rest) = self.text.split_once("lost=").unwrap();
        rest.split(' ').next().unwrap().parse().unwrap()
    }
}

impl Scene<'_> {
    /// Runs `test` with `stack` between proxies, if there is an oracle to judge it.
    pub fn play(stack: &Stack, test: impl FnOnce(&Scene<'_>)) {
        Bed::run(|bed| {
            let registry = stack.registry().strip_prefix("http://").unwrap();
            let registry = registry.split('/').next().unwrap();
            let scene = Scene {
                bed,
                stack,
                broker: Proxy::before_broker(stack.broker()),
                registry: Proxy::before(registry),
                component: stack.tagged("Fault######"),
                home: TempDir::new().unwrap(),
            };
            test(&scene);
        });
    }

    /// `text` with the name of the test's own component in place of `COMPONENT`.
    pub fn fill(&self, text: &str) -> String {
        text.replace("COMPONENT", &self.component)
    }

    /// Creates the topics and registers the schema, past the proxies.
    pub fn prepare(&self) {
        let folder = self.home.path().join(self.fill("xml/COMPONENT"));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join(self.fill("COMPONENT_Telemetry.xml"));
        fs::write(file, self.fill(TOPIC)).unwrap();
        let xml = self.home.path().join("xml");
        self.init(xml.to_str().unwrap()).success();
    }

    fn init(&self, xml: &str) -> Kafkaefd {
        self.stack.kafkaefd().args(["saltransform", "init", "--subsystem", &self.component]).args([
            "--xml-dir",
            xml,
            "--partitions",
            "2",
        ])
    }

    /// Writes the messages `from` to `to` - 1, each about `size` bytes long, past the proxies.
    pub fn feed(&self, from: usize, to: usize, size: usize) {
        let (from, to, pad) = (from.to_string(), to.to_string(), size.saturating_sub(130));
        let topic = self.fill("COMPONENT_telemetry");
        let pad = pad.to_string();
        self.bed.python(
            ORACLE,
            &["feed", self.stack.broker(), &topic, &self.component, &from, &to, &pad],
        );
    }

    /// Reads the output, past the proxies, until all of the first `count` messages are there, or the
    /// time is over.
    pub fn judge(&self, count: usize, within: Duration) -> Verdict {
        self.check("lsst.sal.COMPONENT_probe", count, within)
    }

    /// How many dead letters there are.
    pub fn dead_letters(&self) -> String {
        let found = self.check("COMPONENT.dead", 0, Duration::from_secs(1)).text;
        found.split_once("records=").unwrap().1.to_owned()
    }

    fn check(&self, topic: &str, count: usize, within: Duration) -> Verdict {
        let since = Instant::now();
        let topic = self.fill(topic);
        let (count, seconds) = (count.to_string(), within.as_secs_f64().to_string());
        let server = [self.stack.broker(), &topic, self.stack.registry()];
        let text =
            self.bed.python(ORACLE, &[&["check"], &server[..], &[&count, &seconds]].concat());
        Verdict { text: text.trim().to_owned(), took: since.elapsed() }
    }

    /// What the oracle says when each of `count` messages arrived once and in order.
    pub fn whole(count: usize) -> String {
        format!("corrupt=0 duplicates=0 lost=0 misordered=0 records={count}")
    }

    /// Starts a pipeline that copies, with more `options` of `stream::from`, and `properties` of
    /// librdkafka.
    pub fn copy(&self, options: &str, properties: &str) -> Process {
        let script = self.fill(COPY).replace("OPTIONS", options);
        fs::write(self.home.path().join("copy.rhai"), script).unwrap();
        self.start(properties, &["run", "copy.rhai"])
    }

    /// Starts the transformer.
    pub fn transform(&self, properties: &str) -> Process {
        let line = ["saltransform", "run", "--prometheus-port", "0"];
        let from = ["--auto-offset-reset", "earliest"];
        self.start(properties, &[&line[..], &from, &["--subsystem", &self.component]].concat())
    }

    /// The registry's URL, past the proxy's address.
    pub fn registry_url(&self) -> String {
        let (_, rest) = self.stack.registry().split_once("://").unwrap();
        let path = rest.find('/').map_or("", |at| &rest[at..]);
        format!("http://{}{path}", self.registry.address())
    }

    /// Starts the binary with a profile that knows the proxies.
    pub fn start(&self, properties: &str, args: &[&str]) -> Process {
        let settings = format!(
            "profile = 'faults'\n[profiles.faults]\nbroker = '{}'\nregistry = '{}'\n\
             [profiles.faults.kafka]\n{properties}",
            self.broker.address(),
            self.registry_url(),
        );
        let folder = self.home.path().join("kafkaefd");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("kafkaefd.toml"), settings).unwrap();
        Process::start(self.home.path(), args)
    }
}
