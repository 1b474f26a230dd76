//! What a client may be able to do.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::record::Record;

/// A refusal, as the client tells it.
#[derive(Debug)]
pub struct Refusal {
    /// Kafka's error code; 0 where the client does not pass it on.
    pub code: i16,
    /// What the client says.
    #[allow(dead_code, reason = "shown where a test fails")]
    pub text: String,
}

pub type Answer<T> = Result<T, Refusal>;

/// One thing that clients do, a method of [`Client`] each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Create,
    Describe,
    Configure,
    Grow,
    Shrink,
    Delete,
    List,
    Trim,
    TrimNowhere,
    Offsets,
    Produce,
    Headers,
    Nulls,
    Timestamps,
    Consume,
    ReadNowhere,
    Follow,
    Groups,
    Lag,
    Rewind,
    Forget,
    Commit,
    Abort,
    JoinRange,
    JoinCooperative,
    Members,
}

/// A topic as it is described: what it sets itself.
#[derive(Debug, PartialEq, Eq, serde::Deserialize)]
pub struct Topic {
    pub partitions: usize,
    pub config: BTreeMap<String, String>,
}

/// How far a group is in a partition.
#[derive(Debug, PartialEq, Eq, serde::Deserialize)]
pub struct Lag {
    pub partition: i32,
    /// The offset that it reads next.
    pub committed: i64,
    pub end: i64,
}

/// Where in partition 0 of a topic.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    First,
    Next,
    /// The first record that is not older, in milliseconds since 1970.
    Since(i64),
}

/// How records are written.
#[derive(Default)]
pub struct Writing<'a> {
    /// None, or a codec: gzip, snappy, lz4, zstd.
    pub codec: Option<&'a str>,
}

/// Which records are read.
#[derive(Default)]
pub struct Reading {
    /// How many there must be; a client that cannot see the end of a topic reads as many.
    pub count: usize,
    /// From this time on (milliseconds since 1970), else from the first.
    pub since: Option<i64>,
    /// Only those of committed transactions.
    pub committed: bool,
}

/// An independent client of Kafka. What it cannot do, [`Client::cannot`] says; the methods of those
/// deeds are not called.
pub trait Client {
    /// Its name in the tables.
    fn name(&self) -> &'static str;

    /// What it cannot do, and why.
    fn cannot(&self) -> &'static [(Deed, &'static str)];

    fn create(&self, _topic: &str, _new: &New) -> Answer<()> {
        missing()
    }
    fn describe(&self, _topic: &str) -> Answer<Topic> {
        missing()
    }
    fn configure(&self, _topic: &str, _name: &str, _value: &str) -> Answer<()> {
        missing()
    }
    /// Sets how many partitions the topic has.
    fn grow(&self, _topic: &str, _partitions: usize) -> Answer<()> {
        missing()
    }
    fn delete(&self, _topic: &str) -> Answer<()> {
        missing()
    }
    /// All topics.
    fn topics(&self) -> Answer<Vec<String>>;
    /// Deletes the records of partition 0 before an offset.
    fn trim(&self, _topic: &str, _before: i64) -> Answer<()> {
        missing()
    }
    /// An offset of partition 0.
    fn offset(&self, topic: &str, place: Place) -> Answer<i64>;
    fn produce(&self, topic: &str, records: &[Record], how: &Writing) -> Answer<()>;
    fn consume(&self, topic: &str, which: &Reading) -> Answer<Vec<Record>>;
    /// Reads `count` records as the only member of a group, and commits them.
    fn follow(&self, topic: &str, group: &str, count: usize) -> Answer<Vec<Record>>;
    /// All groups.
    fn groups(&self) -> Answer<Vec<String>> {
        missing()
    }
    fn lag(&self, _group: &str) -> Answer<Vec<Lag>> {
        missing()
    }
    /// Makes a group read partition 0 of a topic from its first record on.
    fn rewind(&self, _group: &str, _topic: &str) -> Answer<()> {
        missing()
    }
    fn forget(&self, _group: &str) -> Answer<()> {
        missing()
    }
    /// Writes records without keys in a transaction, and commits or aborts it.
    fn transact(&self, _topic: &str, _values: &[&str], _id: &str, _commit: bool) -> Answer<()> {
        missing()
    }
    /// Starts a member of a group: the assignor is `range` or `cooperative-sticky`.
    fn join(&self, topic: &str, group: &str, assignor: &str) -> Member;
    /// How many partitions each member of a group has, least first.
    fn members(&self, _group: &str) -> Answer<Vec<usize>> {
        missing()
    }
}

fn missing<T>() -> Answer<T> {
    panic!("the client says that it can, but it does not know how")
}

/// A topic to be.
pub struct New<'a> {
    pub partitions: usize,
    pub replication: i16,
    pub config: &'a [(&'a str, &'a str)],
}

impl New<'_> {
    /// One with `partitions` partitions and nothing else.
    pub fn of(partitions: usize) -> New<'static> {
        New { partitions, replication: 1, config: &[] }
    }
}

/// A member of a group, in a process of its own.
pub struct Member(Child);

impl Member {
    /// Starts `command` with `input` on its standard input.
    pub fn start(command: &mut Command, input: &str) -> Member {
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        Member(child)
    }

    /// Makes it leave its group.
    pub fn leave(&mut self) {
        let pid = self.0.id().to_string();
        assert!(Command::new("kill").args(["-s", "TERM", &pid]).status().unwrap().success());
        let end = Instant::now() + Duration::from_secs(120);
        while self.0.try_wait().unwrap().is_none() {
            assert!(Instant::now() < end, "a member does not leave");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Member {
    fn drop(&mut self) {
        // It has left where the test went well.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
