//! kcat as Debian ships it, with the librdkafka of 2022.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::embedded::clients::client::{
    Answer, Client, Deed, Member, Place, Reading, Refusal, Writing,
};
use crate::embedded::clients::record::Record;
use crate::support::Stack;

pub struct Kcat<'a> {
    pub stack: &'a Stack,
}

impl Kcat<'_> {
    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new("kcat");
        command.args(["-b", self.stack.broker(), "-m", "20"]).args(args);
        command
    }

    fn run(&self, args: &[&str], input: &str) -> Answer<String> {
        let mut command = self.command(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // One that has failed does not read it.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        let code = code(&text);
        if output.status.success() && code == 0 {
            return Ok(String::from_utf8(output.stdout).unwrap());
        }
        Err(Refusal { code, text: format!("{command:?}: {text}") })
    }

    fn records(&self, args: &[&str]) -> Answer<Vec<Record>> {
        Ok(self.run(args, "")?.lines().map(record).collect())
    }
}

/// The offset that a query printed.
fn offset(printed: &str) -> Option<i64> {
    printed.trim().rsplit(' ').next()?.parse().ok()
}

/// Kafka's error code behind what librdkafka says.
fn code(text: &str) -> i16 {
    let known = [
        ("Unknown topic or partition", 3),
        ("Message size too large", 10),
        ("Offset out of range", 1),
    ];
    known.iter().find(|(words, _)| text.contains(words)).map_or(0, |(_, code)| *code)
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn record(line: &str) -> Record {
    let read: Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{line}: {e}"));
    let none = Vec::new();
    let headers = read["headers"].as_array().unwrap_or(&none);
    Record {
        partition: read["partition"].as_i64().map(|number| number as i32),
        offset: read["offset"].as_i64().unwrap(),
        timestamp: read["ts"].as_i64(),
        key: text(&read["key"]),
        value: text(&read["payload"]),
        headers: headers.chunks(2).map(|pair| (text(&pair[0]).unwrap(), text(&pair[1]))).collect(),
    }
}

impl Client for Kcat<'_> {
    fn name(&self) -> &'static str {
        "kcat"
    }

    fn cannot(&self) -> &'static [(Deed, &'static str)] {
        const ADMIN: &str = "it has no commands that change topics";
        const GROUPS: &str = "it has no commands for groups";
        &[
            (Deed::Create, ADMIN),
            (Deed::Describe, "it shows no configs"),
            (Deed::Configure, ADMIN),
            (Deed::Grow, ADMIN),
            (Deed::Shrink, ADMIN),
            (Deed::Delete, ADMIN),
            (Deed::Trim, ADMIN),
            (Deed::TrimNowhere, ADMIN),
            (Deed::Timestamps, "it writes the time of sending only"),
            (Deed::Groups, GROUPS),
            (Deed::Lag, GROUPS),
            (Deed::Rewind, GROUPS),
            (Deed::Forget, GROUPS),
            (Deed::Members, GROUPS),
            (
                Deed::Abort,
                "interrupted it aborts, but by then it has sent whole blocks of its input",
            ),
        ]
    }

    fn topics(&self) -> Answer<Vec<String>> {
        let listed: Value = serde_json::from_str(&self.run(&["-L", "-J"], "")?).unwrap();
        let name = |topic: &Value| text(&topic["topic"]).unwrap();
        Ok(listed["topics"].as_array().unwrap().iter().map(name).collect())
    }

    fn offset(&self, topic: &str, place: Place) -> Answer<i64> {
        let time = match place {
            Place::First => -2,
            Place::Next => -1,
            Place::Since(time) => time,
        };
        let printed = self.run(&["-Q", "-t", &format!("{topic}:0:{time}")], "")?;
        offset(&printed).ok_or(Refusal { code: 0, text: printed })
    }

    fn produce(&self, topic: &str, records: &[Record], how: &Writing) -> Answer<()> {
        // Headers are those of all records of a call.
        for some in records.chunk_by(|one, next| one.headers == next.headers) {
            let header = |(name, value): &(String, Option<String>)| match value {
                Some(value) => format!("{name}={value}"),
                None => name.clone(),
            };
            let headers: Vec<String> = some[0].headers.iter().map(header).collect();
            let mut args = vec!["-P", "-t", topic, "-z", how.codec.unwrap_or("none"), "-Z"];
            args.extend(["-K", "\\t", "-X", "message.max.bytes=2097152"]);
            args.extend(["-X", "enable.idempotence=true"]);
            args.extend(["-X", "topic.metadata.propagation.max.ms=1000"]);
            args.extend(headers.iter().flat_map(|header| ["-H", header]));
            let part = |text: &Option<String>| text.clone().unwrap_or_default();
            let line =
                |record: &Record| format!("{}\t{}\n", part(&record.key), part(&record.value));
            self.run(&args, &some.iter().map(line).collect::<String>())?;
        }
        Ok(())
    }

    fn consume(&self, topic: &str, which: &Reading) -> Answer<Vec<Record>> {
        let level = if which.committed { "read_committed" } else { "read_uncommitted" };
        let isolation = format!("isolation.level={level}");
        let from = match which.since {
            None => "beginning".to_owned(),
            Some(time) => format!("s@{time}"),
        };
        self.records(&["-C", "-t", topic, "-o", &from, "-e", "-J", "-q", "-X", &isolation])
    }

    fn follow(&self, topic: &str, group: &str, count: usize) -> Answer<Vec<Record>> {
        let count = count.to_string();
        let reset = "auto.offset.reset=earliest";
        self.records(&["-q", "-J", "-c", &count, "-X", reset, "-G", group, topic])
    }

    fn transact(&self, topic: &str, values: &[&str], id: &str, _commit: bool) -> Answer<()> {
        let id = format!("transactional.id={id}");
        let args = ["-P", "-t", topic, "-X", &id];
        let lines = values.join("\n") + "\n";
        self.run(&args, &lines).map(drop)
    }

    fn join(&self, topic: &str, group: &str, assignor: &str) -> Member {
        let assignor = format!("partition.assignment.strategy={assignor}");
        let args = ["-q", "-X", &assignor, "-X", "heartbeat.interval.ms=200", "-G", group, topic];
        Member::start(&mut self.command(&args), "")
    }
}
