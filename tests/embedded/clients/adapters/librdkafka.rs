//! librdkafka through kafkaefd; its transactions, which scripts do not have, through the library.

use std::fmt::Write as _;
use std::process::Command;
use std::time::Duration;

use rdkafka::ClientConfig;
use rdkafka::producer::{BaseRecord, DefaultProducerContext, Producer, ThreadedProducer};
use serde_json::{Value, json};

use crate::embedded::clients::client::{
    Answer, Client, Deed, Lag, Member, New, Place, Reading, Refusal, Topic, Writing,
};
use crate::embedded::clients::record::Record;
use crate::support::Stack;

pub struct Librdkafka<'a> {
    pub stack: &'a Stack,
}

impl Librdkafka<'_> {
    /// What the Rhai `expression` gives, in which `file` is the path of a file with `text`.
    fn eval(&self, expression: &str, text: &str) -> Answer<Value> {
        let script = format!(
            "fn main(args) {{\n\
                 let file = \"records\";\n\
                 try {{ return #{{ ok: {expression} }}; }}\n\
                 catch (problem) {{ return #{{ code: problem.code, message: problem.message }}; }}\n\
             }}"
        );
        let call = self.stack.script(&script).file("records", text).args(["--output", "json"]);
        let output = call.success().stdout;
        let mut answer: Value = serde_json::from_slice(&output).unwrap();
        if answer.get("ok").is_some() {
            return Ok(answer["ok"].take());
        }
        let code = answer["code"].as_i64().unwrap_or_default() as i16;
        Err(Refusal { code, text: answer["message"].to_string() })
    }

    fn records(&self, topic: &str, options: &str) -> Answer<Vec<Record>> {
        let read = format!("kafka::consumer(\"{topic}\", {options}).read_all()");
        let lines = self.eval(&format!("{read}.map(|record| record.envelope)"), "")?;
        let lines = lines.as_array().unwrap().iter().map(|line| line.as_str().unwrap());
        Ok(lines.map(|line| serde_json::from_str(line).unwrap()).collect())
    }

    fn names(&self, expression: &str) -> Answer<Vec<String>> {
        Ok(serde_json::from_value(self.eval(expression, "")?).unwrap())
    }
}

/// The map literal of `pairs`.
fn map(pairs: &[(&str, &str)]) -> String {
    let mut text = "#{".to_owned();
    for (name, value) in pairs {
        write!(text, "\"{name}\": \"{value}\",").unwrap();
    }
    text + "}"
}

impl Client for Librdkafka<'_> {
    fn name(&self) -> &'static str {
        "librdkafka"
    }

    fn cannot(&self) -> &'static [(Deed, &'static str)] {
        &[(Deed::Shrink, "kafkaefd refuses it before it asks Kafka")]
    }

    fn create(&self, topic: &str, new: &New) -> Answer<()> {
        let New { partitions, replication, config } = new;
        let given = format!(
            "#{{ partitions: {partitions}, replication: {replication}, config: {} }}",
            map(config)
        );
        self.eval(&format!("kafka::create_topic(\"{topic}\", {given})"), "").map(drop)
    }

    fn describe(&self, topic: &str) -> Answer<Topic> {
        let partitions =
            self.eval(&format!("kafka::describe_topic(\"{topic}\").partitions"), "")?;
        let own = "filter(|entry| entry.source == \"topic\")";
        let config = self.eval(&format!("kafka::topic_config(\"{topic}\").{own}"), "")?;
        let pair = |entry: &Value| {
            let text = |key: &str| entry[key].as_str().unwrap().to_owned();
            (text("name"), text("value"))
        };
        let config = config.as_array().unwrap().iter().map(pair).collect();
        Ok(Topic { partitions: partitions.as_array().unwrap().len(), config })
    }

    fn configure(&self, topic: &str, name: &str, value: &str) -> Answer<()> {
        let change = map(&[(name, value)]);
        self.eval(&format!("kafka::set_topic_config(\"{topic}\", {change})"), "").map(drop)
    }

    fn grow(&self, topic: &str, partitions: usize) -> Answer<()> {
        self.eval(&format!("kafka::grow_topic(\"{topic}\", {partitions})"), "").map(drop)
    }

    fn delete(&self, topic: &str) -> Answer<()> {
        self.eval(&format!("kafka::delete_topic(\"{topic}\")"), "").map(drop)
    }

    fn topics(&self) -> Answer<Vec<String>> {
        self.names("kafka::topics().map(|topic| topic.name)")
    }

    fn trim(&self, topic: &str, before: i64) -> Answer<()> {
        let given = format!("#{{ before: {before} }}");
        self.eval(&format!("kafka::delete_records(\"{topic}\", {given})"), "").map(drop)
    }

    fn offset(&self, topic: &str, place: Place) -> Answer<i64> {
        let expression = match place {
            Place::First => format!("kafka::offsets(\"{topic}\")[0].first"),
            Place::Next => format!("kafka::offsets(\"{topic}\")[0].next"),
            Place::Since(time) => format!("kafka::offsets(\"{topic}\", {time})[0].offset"),
        };
        Ok(self.eval(&expression, "")?.as_i64().unwrap())
    }

    fn produce(&self, topic: &str, records: &[Record], how: &Writing) -> Answer<()> {
        let codec = how.codec.unwrap_or("none");
        let lines: Vec<String> = records.iter().map(|record| json!(record).to_string()).collect();
        // What it refuses is thrown by the map itself.
        let expression = format!(
            "{{ let sent = kafka::producer(#{{ compression: \"{codec}\", config: #{{
                    \"topic.metadata.propagation.max.ms\": 1000 }} }})
                .send_lines(\"{topic}\", #{{ format: \"envelope\", file: file }});
             if sent.error != () {{ throw sent.error; }} }}"
        );
        self.eval(&expression, &lines.join("\n")).map(drop)
    }

    fn consume(&self, topic: &str, which: &Reading) -> Answer<Vec<Record>> {
        let isolation = if which.committed { "read_committed" } else { "read_uncommitted" };
        let from = match which.since {
            None => "\"earliest\"".to_owned(),
            Some(time) => format!("#{{ time: {time} }}"),
        };
        let config = map(&[("isolation.level", isolation)]);
        self.records(topic, &format!("#{{ from: {from}, to: \"end\", config: {config} }}"))
    }

    fn follow(&self, topic: &str, group: &str, count: usize) -> Answer<Vec<Record>> {
        self.records(topic, &format!("#{{ group: \"{group}\", max: {count}, timeout: 120 }}"))
    }

    fn groups(&self) -> Answer<Vec<String>> {
        self.names("kafka::groups().map(|group| group.group)")
    }

    fn lag(&self, group: &str) -> Answer<Vec<Lag>> {
        Ok(serde_json::from_value(self.eval(&format!("kafka::group_lag(\"{group}\")"), "")?)
            .unwrap())
    }

    fn rewind(&self, group: &str, topic: &str) -> Answer<()> {
        let given = format!("#{{ to: \"earliest\", topics: \"{topic}\" }}");
        self.eval(&format!("kafka::reset_group(\"{group}\", {given})"), "").map(drop)
    }

    fn forget(&self, group: &str) -> Answer<()> {
        self.eval(&format!("kafka::delete_group(\"{group}\")"), "").map(drop)
    }

    fn transact(&self, topic: &str, values: &[&str], id: &str, commit: bool) -> Answer<()> {
        let mut config = ClientConfig::new();
        config.set("bootstrap.servers", self.stack.broker()).set("transactional.id", id);
        let producer: ThreadedProducer<DefaultProducerContext> = config.create().unwrap();
        let soon = Duration::from_secs(120);
        producer.init_transactions(soon).unwrap();
        producer.begin_transaction().unwrap();
        for value in values {
            producer.send(BaseRecord::<str, str>::to(topic).payload(value)).unwrap();
        }
        producer.flush(soon).unwrap();
        if commit {
            producer.commit_transaction(soon).unwrap();
        } else {
            producer.abort_transaction(soon).unwrap();
        }
        Ok(())
    }

    fn join(&self, topic: &str, group: &str, assignor: &str) -> Member {
        let config = map(&[
            ("partition.assignment.strategy", assignor),
            ("heartbeat.interval.ms", "200"),
            ("auto.offset.reset", "earliest"),
        ]);
        let consumer =
            format!("kafka::consumer(\"{topic}\", #{{ group: \"{group}\", config: {config} }})");
        let mut command = Command::new(env!("CARGO_BIN_EXE_kafkaefd"));
        command.env_clear().env("BROKER", self.stack.broker()).args(["run", "-"]);
        Member::start(&mut command, &format!("{consumer}.show()"))
    }

    fn members(&self, group: &str) -> Answer<Vec<usize>> {
        let counts = "members.map(|member| member.partitions.len)";
        let counts = self.eval(&format!("kafka::describe_group(\"{group}\").{counts}"), "")?;
        let mut counts: Vec<usize> = serde_json::from_value(counts).unwrap();
        counts.sort_unstable();
        Ok(counts)
    }
}
