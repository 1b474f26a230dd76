//! kafka-python, through `drivers/kafka_python.py`.

use std::process::Command;
use std::sync::OnceLock;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::embedded::clients::client::{
    Answer, Client, Deed, Lag, Member, New, Place, Reading, Refusal, Topic, Writing,
};
use crate::embedded::clients::driver::Driver;
use crate::embedded::clients::record::Record;
use crate::support::{Bed, Stack};

const SCRIPT: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/embedded/clients/drivers/kafka_python.py");

pub struct KafkaPython<'a> {
    pub stack: &'a Stack,
    pub bed: &'a Bed,
}

impl KafkaPython<'_> {
    fn call<T: DeserializeOwned>(&self, deed: &str, mut given: Value) -> Answer<T> {
        static DRIVER: OnceLock<Driver> = OnceLock::new();
        let python = self.bed.get("PYTHON");
        let driver = DRIVER.get_or_init(|| Driver::start(Command::new(python).arg(SCRIPT)));
        given["do"] = deed.into();
        given["broker"] = self.stack.broker().into();
        let mut answer = driver.call(given);
        if let Some(error) = answer.get("error") {
            let code = answer["code"].as_i64().unwrap_or_default() as i16;
            return Err(Refusal { code, text: error.to_string() });
        }
        Ok(serde_json::from_value(answer["ok"].take()).unwrap())
    }
}

impl Client for KafkaPython<'_> {
    fn name(&self) -> &'static str {
        "kafka-python"
    }

    fn cannot(&self) -> &'static [(Deed, &'static str)] {
        &[]
    }

    fn create(&self, topic: &str, new: &New) -> Answer<()> {
        let config: serde_json::Map<String, Value> =
            new.config.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
        let given = json!({ "topic": topic, "partitions": new.partitions,
            "replication": new.replication, "config": config });
        self.call("create", given)
    }

    fn describe(&self, topic: &str) -> Answer<Topic> {
        self.call("describe", json!({ "topic": topic }))
    }

    fn configure(&self, topic: &str, name: &str, value: &str) -> Answer<()> {
        self.call("configure", json!({ "topic": topic, "name": name, "value": value }))
    }

    fn grow(&self, topic: &str, partitions: usize) -> Answer<()> {
        self.call("grow", json!({ "topic": topic, "partitions": partitions }))
    }

    fn delete(&self, topic: &str) -> Answer<()> {
        self.call("delete", json!({ "topic": topic }))
    }

    fn topics(&self) -> Answer<Vec<String>> {
        self.call("topics", json!({}))
    }

    fn trim(&self, topic: &str, before: i64) -> Answer<()> {
        self.call("trim", json!({ "topic": topic, "before": before }))
    }

    fn offset(&self, topic: &str, place: Place) -> Answer<i64> {
        let at = match place {
            Place::First => json!("first"),
            Place::Next => json!("next"),
            Place::Since(time) => json!(time),
        };
        self.call("offset", json!({ "topic": topic, "at": at }))
    }

    fn produce(&self, topic: &str, records: &[Record], how: &Writing) -> Answer<()> {
        self.call("produce", json!({ "topic": topic, "records": records, "codec": how.codec }))
    }

    fn consume(&self, topic: &str, which: &Reading) -> Answer<Vec<Record>> {
        let Reading { since, committed, .. } = which;
        self.call("consume", json!({ "topic": topic, "since": since, "committed": committed }))
    }

    fn follow(&self, topic: &str, group: &str, count: usize) -> Answer<Vec<Record>> {
        self.call("follow", json!({ "topic": topic, "group": group, "count": count }))
    }

    fn groups(&self) -> Answer<Vec<String>> {
        self.call("groups", json!({}))
    }

    fn lag(&self, group: &str) -> Answer<Vec<Lag>> {
        self.call("lag", json!({ "group": group }))
    }

    fn rewind(&self, group: &str, topic: &str) -> Answer<()> {
        self.call("rewind", json!({ "group": group, "topic": topic }))
    }

    fn forget(&self, group: &str) -> Answer<()> {
        self.call("forget", json!({ "group": group }))
    }

    fn transact(&self, topic: &str, values: &[&str], id: &str, commit: bool) -> Answer<()> {
        let record = |value: &&str| Record { value: Some((*value).into()), ..Record::default() };
        let records: Vec<Record> = values.iter().map(record).collect();
        let given = json!({ "topic": topic, "records": records, "codec": null,
            "transaction": id, "commit": commit });
        self.call("produce", given)
    }

    fn join(&self, topic: &str, group: &str, assignor: &str) -> Member {
        let mut command = Command::new(self.bed.get("PYTHON"));
        Member::start(command.args([SCRIPT, self.stack.broker(), group, topic, assignor]), "")
    }

    fn members(&self, group: &str) -> Answer<Vec<usize>> {
        let mut counts: Vec<usize> = self.call("members", json!({ "group": group }))?;
        counts.sort_unstable();
        Ok(counts)
    }
}
