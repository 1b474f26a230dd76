//! Kafka's own tools in Java, through `drivers/Tools.java`; members are processes of their own.

use std::process::Command;
use std::sync::OnceLock;

use serde_json::json;

use super::printed::{self, row};
use crate::embedded::clients::client::{
    Answer, Client, Deed, Lag, Member, New, Place, Reading, Refusal, Topic, Writing,
};
use crate::embedded::clients::driver::Driver;
use crate::embedded::clients::record::Record;
use crate::support::{Bed, Stack};

const SOURCE: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/embedded/clients/drivers/Tools.java");
const TOPICS: &str = "org.apache.kafka.tools.TopicCommand";
const GROUPS: &str = "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand";
const PRODUCER: &str = "org.apache.kafka.tools.ConsoleProducer";
const CONSUMER: &str = "org.apache.kafka.tools.consumer.ConsoleConsumer";

pub struct Java<'a> {
    pub stack: &'a Stack,
    pub bed: &'a Bed,
}

/// What the tool `class` prints, given `args` and `input`, if it succeeds.
fn tool(bed: &Bed, class: &str, args: &[&str], input: &str) -> Answer<String> {
    static DRIVER: OnceLock<Driver> = OnceLock::new();
    let java = bed.get("JAVA_TOOL");
    let driver = DRIVER.get_or_init(|| Driver::start(Command::new(java).arg(SOURCE)));
    let call = json!({ "class": class, "args": args, "stdin": input });
    let answer = driver.call(call);
    let text = answer["out"].as_str().unwrap().to_owned();
    match answer["code"].as_i64() {
        Some(0) if printed::code(&text) == 0 => Ok(text),
        // Some tools say what is wrong and end as if nothing were.
        _ => Err(Refusal { code: printed::code(&text), text }),
    }
}

impl Java<'_> {
    fn run(&self, class: &str, args: &[&str], input: &str) -> Answer<String> {
        let all = [&["--bootstrap-server", self.stack.broker()], args].concat();
        tool(self.bed, class, &all, input)
    }

    fn done(&self, class: &str, args: &[&str]) -> Answer<()> {
        self.run(class, args, "").map(drop)
    }

    /// The offset of partition 0 at `time` as `GetOffsetShell` writes it.
    fn offset_at(&self, topic: &str, time: &str) -> Answer<i64> {
        let class = "org.apache.kafka.tools.GetOffsetShell";
        let args = ["--topic-partitions", &format!("{topic}:0"), "--time", time];
        let text = self.run(class, &args, "")?;
        let offset = text.trim().rsplit(':').next().and_then(|offset| offset.parse().ok());
        offset.ok_or(Refusal { code: 0, text })
    }

    /// What `ConsoleConsumer` prints of `count` records.
    fn read(&self, topic: &str, count: usize, args: &[&str]) -> Answer<Vec<Record>> {
        let count = count.to_string();
        let mut all = vec!["--topic", topic, "--max-messages", &count, "--timeout-ms", "120000"];
        all.extend(printed::FORMAT.iter().flat_map(|property| ["--property", *property]));
        all.extend(args);
        Ok(printed::records(&self.run(CONSUMER, &all, "")?))
    }
}

impl Client for Java<'_> {
    fn name(&self) -> &'static str {
        "Java tools"
    }

    fn cannot(&self) -> &'static [(Deed, &'static str)] {
        &[
            (Deed::Timestamps, "ConsoleProducer writes the time of sending only"),
            (Deed::ReadNowhere, "ConsoleConsumer waits until the topic comes"),
            (Deed::TrimNowhere, "DeleteRecordsCommand asks on until its time is over"),
            (Deed::Abort, "no tool aborts a transaction on demand"),
        ]
    }

    fn create(&self, topic: &str, new: &New) -> Answer<()> {
        let (partitions, copies) = (new.partitions.to_string(), new.replication.to_string());
        let mut args = vec!["--create", "--topic", topic, "--partitions", &partitions];
        args.extend(["--replication-factor", &copies]);
        let config: Vec<String> =
            new.config.iter().map(|(key, value)| format!("{key}={value}")).collect();
        args.extend(config.iter().flat_map(|pair| ["--config", pair]));
        self.done(TOPICS, &args)
    }

    fn describe(&self, topic: &str) -> Answer<Topic> {
        let text = self.run(TOPICS, &["--describe", "--topic", topic], "")?;
        let partitions = printed::after(&text, "PartitionCount: ").parse().unwrap();
        // Here the configs of the broker that are no defaults stand beside those of the topic.
        let args = ["--describe", "--entity-type", "topics", "--entity-name", topic];
        let text = self.run("kafka.admin.ConfigCommand", &args, "")?;
        Ok(Topic { partitions, config: printed::configs(&text) })
    }

    fn configure(&self, topic: &str, name: &str, value: &str) -> Answer<()> {
        let change = format!("{name}={value}");
        let args = ["--alter", "--entity-type", "topics", "--entity-name", topic, "--add-config"];
        self.done("kafka.admin.ConfigCommand", &[&args[..], &[&change]].concat())
    }

    fn grow(&self, topic: &str, partitions: usize) -> Answer<()> {
        self.done(TOPICS, &["--alter", "--topic", topic, "--partitions", &partitions.to_string()])
    }

    fn delete(&self, topic: &str) -> Answer<()> {
        self.done(TOPICS, &["--delete", "--topic", topic])
    }

    fn topics(&self) -> Answer<Vec<String>> {
        Ok(self.run(TOPICS, &["--list"], "")?.lines().map(str::to_owned).collect())
    }

    fn trim(&self, topic: &str, before: i64) -> Answer<()> {
        let what = json!({ "version": 1, "partitions":
            [{ "topic": topic, "partition": 0, "offset": before }] });
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), what.to_string()).unwrap();
        let class = "org.apache.kafka.tools.DeleteRecordsCommand";
        self.done(class, &["--offset-json-file", file.path().to_str().unwrap()])
    }

    fn offset(&self, topic: &str, place: Place) -> Answer<i64> {
        match place {
            Place::First => self.offset_at(topic, "earliest"),
            Place::Next => self.offset_at(topic, "latest"),
            Place::Since(time) => self.offset_at(topic, &time.to_string()),
        }
    }

    fn produce(&self, topic: &str, records: &[Record], how: &Writing) -> Answer<()> {
        let lines: Vec<String> = records.iter().map(printed::line).collect();
        let mut args = vec!["--topic", topic, "--compression-codec", how.codec.unwrap_or("none")];
        args.extend([
            "--timeout",
            "20",
            "--max-block-ms",
            "60000",
            "--request-timeout-ms",
            "30000",
        ]);
        args.extend(["--producer-property", "max.request.size=2097152"]);
        args.extend(printed::PARSE.iter().flat_map(|property| ["--property", *property]));
        self.run(PRODUCER, &args, &lines.concat()).map(drop)
    }

    fn consume(&self, topic: &str, which: &Reading) -> Answer<Vec<Record>> {
        let level = if which.committed { "read_committed" } else { "read_uncommitted" };
        let isolation = ["--isolation-level", level];
        let offset;
        let from = match which.since {
            None => vec!["--from-beginning"],
            Some(time) => {
                offset = self.offset_at(topic, &time.to_string())?.to_string();
                vec!["--partition", "0", "--offset", &offset]
            }
        };
        self.read(topic, which.count, &[&isolation[..], &from].concat())
    }

    fn follow(&self, topic: &str, group: &str, count: usize) -> Answer<Vec<Record>> {
        self.read(topic, count, &["--group", group, "--from-beginning"])
    }

    fn groups(&self) -> Answer<Vec<String>> {
        Ok(self.run(GROUPS, &["--list"], "")?.lines().map(str::to_owned).collect())
    }

    fn lag(&self, group: &str) -> Answer<Vec<Lag>> {
        let text = self.run(GROUPS, &["--describe", "--group", group], "")?;
        let lag = |words: Vec<&str>| {
            let number = |index: usize| words[index].parse::<i64>().unwrap();
            Lag { partition: number(2) as i32, committed: number(3), end: number(4) }
        };
        Ok(text.lines().filter_map(|line| row(line, group)).map(lag).collect())
    }

    fn rewind(&self, group: &str, topic: &str) -> Answer<()> {
        let args = ["--reset-offsets", "--group", group, "--topic", topic, "--to-earliest"];
        self.done(GROUPS, &[&args[..], &["--execute"]].concat())
    }

    fn forget(&self, group: &str) -> Answer<()> {
        self.done(GROUPS, &["--delete", "--group", group])
    }

    fn transact(&self, topic: &str, values: &[&str], id: &str, _commit: bool) -> Answer<()> {
        // It sends lines of the file by chance: one line a transaction is what is asked.
        for value in values {
            let file = tempfile::NamedTempFile::new().unwrap();
            std::fs::write(file.path(), value).unwrap();
            let server = format!("bootstrap.servers={}", self.stack.broker());
            let args = [
                "--topic",
                topic,
                "--num-records",
                "1",
                "--throughput",
                "-1",
                "--payload-file",
                file.path().to_str().unwrap(),
                "--transactional-id",
                id,
                "--producer-props",
                &server,
            ];
            tool(self.bed, "org.apache.kafka.tools.ProducerPerformance", &args, "")?;
        }
        Ok(())
    }

    fn join(&self, topic: &str, group: &str, assignor: &str) -> Member {
        let class = match assignor {
            "range" => "org.apache.kafka.clients.consumer.RangeAssignor",
            _ => "org.apache.kafka.clients.consumer.CooperativeStickyAssignor",
        };
        let mut command = Command::new(self.bed.get("JAVA_TOOL"));
        command.args(["org.apache.kafka.tools.VerifiableConsumer", "--topic", topic]);
        command.args(["--bootstrap-server", self.stack.broker(), "--group-id", group]);
        command.args(["--assignment-strategy", class, "--consumer.config", "/dev/stdin"]);
        Member::start(&mut command, "heartbeat.interval.ms=200\n")
    }

    fn members(&self, group: &str) -> Answer<Vec<usize>> {
        let text = self.run(GROUPS, &["--describe", "--members", "--group", group], "")?;
        let count = |words: Vec<&str>| words[4].parse().unwrap();
        let mut counts: Vec<usize> =
            text.lines().filter_map(|line| row(line, group)).map(count).collect();
        counts.sort_unstable();
        Ok(counts)
    }
}
