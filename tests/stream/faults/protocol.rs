//! The broker answers with errors: what may pass is tried again, what will not ends the run.

use std::path::Path;
use std::time::Duration;

use tempfile::TempDir;

use super::cluster::{Cluster, Mock};
use super::process::Process;
use super::scene::ORACLE;
use crate::support::form::{report, size};
use crate::support::{Bed, Stack};

const COUNT: usize = 30;

/// What an error of the protocol does to a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is over after a while: all records arrive, and the run ends well.
    Passes,
    /// The same, but what was on its way behind the refused records arrives before them, too.
    Again,
    /// The run ends with this code and these words, and the next run does the rest.
    Ends(i32, &'static str),
}

use Outcome::{Again, Ends, Passes};

/// API, error, what it does.
type Case = (&'static str, &'static str, Outcome);

const PRODUCE: &[Case] = &[
    ("Produce", "NOT_LEADER_OR_FOLLOWER", Passes),
    ("Produce", "LEADER_NOT_AVAILABLE", Passes),
    ("Produce", "UNKNOWN_TOPIC_OR_PARTITION", Passes),
    ("Produce", "REQUEST_TIMED_OUT", Passes),
    // librdkafka does not send again after these: the pipeline does.
    ("Produce", "NETWORK_EXCEPTION", Again),
    ("Produce", "UNKNOWN_SERVER_ERROR", Again),
    ("Produce", "NOT_ENOUGH_REPLICAS", Passes),
    ("Produce", "NOT_ENOUGH_REPLICAS_AFTER_APPEND", Passes),
    ("Produce", "KAFKA_STORAGE_ERROR", Passes),
    ("Produce", "TOPIC_AUTHORIZATION_FAILED", Ends(1, "not authorised for the topic")),
    ("Produce", "POLICY_VIOLATION", Ends(1, "")),
    ("Produce", "OUT_OF_ORDER_SEQUENCE_NUMBER", Ends(4, "")),
    ("InitProducerId", "COORDINATOR_LOAD_IN_PROGRESS", Passes),
    ("InitProducerId", "COORDINATOR_NOT_AVAILABLE", Passes),
    ("InitProducerId", "CLUSTER_AUTHORIZATION_FAILED", Ends(4, "Cluster authorization failed")),
];

const FETCH: &[Case] = &[
    ("Fetch", "NOT_LEADER_OR_FOLLOWER", Passes),
    ("Fetch", "LEADER_NOT_AVAILABLE", Passes),
    ("Fetch", "REPLICA_NOT_AVAILABLE", Passes),
    ("Fetch", "UNKNOWN_TOPIC_OR_PARTITION", Passes),
    ("Fetch", "KAFKA_STORAGE_ERROR", Passes),
    ("Fetch", "FENCED_LEADER_EPOCH", Passes),
    ("Fetch", "UNKNOWN_LEADER_EPOCH", Passes),
    ("Fetch", "OFFSET_OUT_OF_RANGE", Passes),
    ("Fetch", "UNKNOWN_SERVER_ERROR", Passes),
    ("Fetch", "TOPIC_AUTHORIZATION_FAILED", Ends(1, "not authorised for the topic")),
    ("ListOffsets", "NOT_LEADER_OR_FOLLOWER", Passes),
    ("ListOffsets", "LEADER_NOT_AVAILABLE", Passes),
    ("Metadata", "LEADER_NOT_AVAILABLE", Passes),
];

const GROUP: &[Case] = &[
    ("FindCoordinator", "COORDINATOR_NOT_AVAILABLE", Passes),
    ("FindCoordinator", "COORDINATOR_LOAD_IN_PROGRESS", Passes),
    ("JoinGroup", "COORDINATOR_LOAD_IN_PROGRESS", Passes),
    ("JoinGroup", "NOT_COORDINATOR", Passes),
    ("JoinGroup", "UNKNOWN_MEMBER_ID", Passes),
    ("JoinGroup", "GROUP_AUTHORIZATION_FAILED", Ends(1, "not authorised for the group")),
    ("SyncGroup", "REBALANCE_IN_PROGRESS", Passes),
    ("SyncGroup", "ILLEGAL_GENERATION", Passes),
    ("SyncGroup", "UNKNOWN_MEMBER_ID", Passes),
    ("SyncGroup", "NOT_COORDINATOR", Passes),
    ("Heartbeat", "REBALANCE_IN_PROGRESS", Passes),
    ("Heartbeat", "ILLEGAL_GENERATION", Passes),
    ("Heartbeat", "UNKNOWN_MEMBER_ID", Passes),
    ("Heartbeat", "NOT_COORDINATOR", Passes),
    ("Heartbeat", "COORDINATOR_NOT_AVAILABLE", Passes),
];

const OFFSETS: &[Case] = &[
    ("OffsetFetch", "COORDINATOR_LOAD_IN_PROGRESS", Passes),
    ("OffsetFetch", "NOT_COORDINATOR", Passes),
    ("OffsetFetch", "UNSTABLE_OFFSET_COMMIT", Passes),
    ("OffsetFetch", "GROUP_AUTHORIZATION_FAILED", Ends(1, "not authorised for the group")),
    ("OffsetCommit", "COORDINATOR_LOAD_IN_PROGRESS", Passes),
    ("OffsetCommit", "COORDINATOR_NOT_AVAILABLE", Passes),
    ("OffsetCommit", "NOT_COORDINATOR", Passes),
    ("OffsetCommit", "REQUEST_TIMED_OUT", Passes),
    ("OffsetCommit", "REBALANCE_IN_PROGRESS", Passes),
    ("OffsetCommit", "ILLEGAL_GENERATION", Passes),
    ("OffsetCommit", "UNKNOWN_MEMBER_ID", Passes),
];

/// One run after the other, each with an error of `cases`; then the oracle looks at the output of
/// all of them.
fn play(cases: &[Case], cluster: &dyn Cluster) {
    Bed::run(|bed| {
        let home = TempDir::new().unwrap();
        cluster.create("in");
        cluster.create("dead");
        let count = COUNT.to_string();
        bed.python(ORACLE, &["feed", cluster.broker(), "in", "Fault", "0", &count, "0"]);
        let mut wrong = Vec::new();
        let mut outputs = Vec::new();
        for (number, case) in cases.iter().enumerate() {
            let output = format!("out-{number}");
            cluster.create(&output);
            wrong.extend(one(home.path(), cluster, case, &output));
            outputs.push(output);
        }
        let mut line = vec!["each", cluster.broker(), &count, "240"];
        line.extend(outputs.iter().map(String::as_str));
        let found = bed.python(ORACLE, &line);
        for (case, verdict) in cases.iter().zip(found.lines()) {
            report(&format!("{case:?}: {verdict}"));
            let all = if case.2 == Again { " lost=0 " } else { " lost=0 misordered=0 " };
            let whole = verdict.starts_with("corrupt=0 ") && verdict.contains(all);
            wrong.extend((!whole).then(|| format!("{case:?}: {verdict}")));
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        let dead = bed.python(ORACLE, &["each", cluster.broker(), "0", "1", "dead"]);
        assert!(dead.trim().ends_with("records=0"), "{dead}");
    });
}

/// What went otherwise than `case` says.
fn one(home: &Path, cluster: &dyn Cluster, case: &Case, output: &str) -> Option<String> {
    let (api, error, outcome) = case;
    let passes = matches!(outcome, Passes | Again);
    let times = if passes { 2 } else { 20 };
    cluster.fail(api, error, times);
    let (code, said) = run(home, cluster, output);
    let least = if passes { times } else { 1 };
    let missed = cluster.asked(api).is_some_and(|asked| asked < least);
    cluster.clear(api);
    let wanted = match outcome {
        Passes | Again => (0, ""),
        Ends(code, words) => (*code, *words),
    };
    if (code, said.contains(wanted.1), missed) != (Some(wanted.0), true, false) {
        return Some(format!("{case:?} ended with {code:?}, missed: {missed}: {said}"));
    }
    if !passes {
        let (code, said) = run(home, cluster, output);
        return (code != Some(0)).then(|| format!("after {case:?}: {code:?}: {said}"));
    }
    None
}

/// Copies all records to `output`, slowly enough for heartbeats; how it ended.
fn run(home: &Path, cluster: &dyn Cluster, output: &str) -> (Option<i32>, String) {
    let script = format!(
        "fn main() {{ stream::from(\"in\", #{{ group: \"{output}\", to: \"end\" }})\n\
         .map(|record| {{ sleep(0.01); #{{}} }})\n\
         .to(\"{output}\").dead_letters(\"dead\").run(); }}"
    );
    let settings = format!(
        "profile = 'faults'\n[profiles.faults]\nbroker = '{}'\n[profiles.faults.kafka]\n\
         heartbeat.interval.ms = '100'\nsession.timeout.ms = '6000'\n",
        cluster.broker()
    );
    std::fs::create_dir_all(home.join("kafkaefd")).unwrap();
    std::fs::write(home.join("kafkaefd/kafkaefd.toml"), settings).unwrap();
    std::fs::write(home.join("copy.rhai"), script).unwrap();
    let mut copy = Process::start(home, &["run", "copy.rhai"]);
    // A busy machine takes its time; that it ends at all is what counts.
    let code = copy.ends(Duration::from_secs(240));
    (code, copy.stderr())
}

#[test]
fn errors_for_what_is_written() {
    play(PRODUCE, &Stack::new());
}

#[test]
fn errors_for_what_is_read() {
    play(FETCH, &Stack::new());
}

#[test]
fn errors_for_members() {
    play(GROUP, &Stack::new());
}

#[test]
fn errors_for_offsets() {
    play(OFFSETS, &Stack::new());
}

/// Refusals of the first batches of a producer that pass.
const FIRST: &[Case] = &[
    ("Produce", "NOT_LEADER_OR_FOLLOWER", Again),
    ("Produce", "NOT_ENOUGH_REPLICAS", Again),
    ("Produce", "KAFKA_STORAGE_ERROR", Again),
];

/// The mock cluster does not check the numbers of batches, nor does Kafka those of the first batch of
/// a producer that it sees. librdkafka believes what was refused before that to be written.
#[test]
fn what_nobody_acknowledged_is_sent_again() {
    play(FIRST, &Mock::new());
}

/// The errors that librdkafka's own mock cluster is asked to make, in librdkafka's reading of the
/// protocol; in the short form one of each API.
#[test]
fn errors_of_another_broker() {
    let mut cases = [FETCH, GROUP, OFFSETS].concat();
    if size(true, false) {
        cases.dedup_by_key(|(api, ..)| *api);
    }
    std::thread::scope(|scope| {
        for some in cases.chunks(cases.len().div_ceil(6)) {
            scope.spawn(|| play(some, &Mock::new()));
        }
    });
}
