//! The scenarios: each is played by each client that can, on the embedded broker and on Kafka.

use super::client::Deed::{self, *};
use super::scenarios::{codecs, configs, groups, records, refusals, sharing, topics, transactions};
use super::scene::{Scene, can};
use crate::support::{Bed, Stack};

/// A row of the table.
pub struct Scenario {
    pub title: &'static str,
    /// What its client must be able to do.
    pub needs: &'static [Deed],
}

/// Plays `scenario` with the client named `name`, unless that client cannot.
fn play(name: &str, scenario: &Scenario, run: fn(&Scene), stack: &Stack, bed: &Bed) {
    let scene = Scene::new(stack, bed, name);
    if scenario.needs.iter().all(|deed| can(scene.client(), *deed)) {
        run(&scene);
    }
}

/// Makes a row of the table and the tests `NAME::CLIENT_BROKER` of each line.
macro_rules! scenarios {
    ($($name:ident: $title:literal, [$($need:ident),*], $run:path;)+) => {
        pub const SCENARIOS: &[Scenario] = &[
            $(Scenario { title: $title, needs: &[$($need),*] },)+
        ];

        $(mod $name {
            use super::*;

            const SCENARIO: Scenario = Scenario { title: $title, needs: &[$($need),*] };

            fn embedded(client: &str) {
                Bed::run(|bed| play(client, &SCENARIO, $run, &Stack::new(), bed));
            }

            fn real(client: &str) {
                Bed::run(|bed| play(client, &SCENARIO, $run, &bed.stack(), bed));
            }

            #[test]
            fn librdkafka_embedded() {
                embedded("librdkafka");
            }

            #[test]
            fn librdkafka_real() {
                real("librdkafka");
            }

            #[test]
            fn kafka_python_embedded() {
                embedded("kafka-python");
            }

            #[test]
            fn kafka_python_real() {
                real("kafka-python");
            }

            #[test]
            fn java_embedded() {
                embedded("Java tools");
            }

            #[test]
            fn java_real() {
                real("Java tools");
            }

            #[test]
            fn kcat_embedded() {
                embedded("kcat");
            }

            #[test]
            fn kcat_real() {
                real("kcat");
            }
        })+
    };
}

scenarios! {
    creates_a_topic: "create a topic with configs", [Create], topics::create;
    describes_a_topic: "describe a topic", [Describe], topics::describe;
    lists_topics: "list topics", [List], topics::list;
    adds_partitions: "add partitions", [Grow], topics::grow;
    deletes_a_topic: "delete a topic", [Delete], topics::delete;
    changes_configs: "change configs of a topic", [Configure], configs::change;
    deletes_records: "delete records before an offset", [Trim], topics::trim;
    finds_offsets: "first, next and by-time offsets", [Offsets], topics::offsets;
    writes_records: "write records, idempotently", [Produce], records::write;
    spreads_keys: "spread keys over partitions", [Produce], records::spread;
    compresses_with_gzip: "gzip, both ways", [Produce, Consume], codecs::gzip;
    compresses_with_snappy: "snappy, both ways", [Produce, Consume], codecs::snappy;
    compresses_with_lz4: "lz4, both ways", [Produce, Consume], codecs::lz4;
    compresses_with_zstd: "zstd, both ways", [Produce, Consume], codecs::zstd;
    writes_odd_records: "write headers, nulls and UTF-8", [Headers, Nulls], records::write_odd;
    reads_all: "read all, with headers and nulls", [Consume], records::read;
    reads_since_a_time: "read from a time on", [Consume], records::read_since;
    carries_a_large_record: "a record of 1 MB, both ways", [Produce, Consume], records::large;
    resumes_in_a_group: "read in a group, commit, resume", [Follow], groups::resume;
    lists_groups: "list groups", [Groups], groups::list;
    tells_the_lag: "lag of a group", [Lag], groups::behind;
    resets_offsets: "reset offsets of a group", [Rewind], groups::rewind;
    deletes_a_group: "delete a group", [Forget], groups::forget;
    shares_by_range: "two members share, range", [JoinRange], sharing::range;
    shares_cooperatively: "two members share, cooperative-sticky", [JoinCooperative], sharing::cooperative;
    shares_with_another: "two members of different clients share", [JoinRange], sharing::mixed;
    commits_a_transaction: "commit a transaction", [Commit], transactions::commit;
    aborts_a_transaction: "abort a transaction", [Abort], transactions::abort;
    reads_committed_records: "read committed records only", [Consume], transactions::isolation;
    is_refused_topics: "refused topics: taken, bad name, copies, config", [Create], refusals::topics;
    is_refused_fewer_partitions: "refused: fewer partitions", [Shrink], refusals::shrink;
    is_refused_configs: "refused configs: unknown, bad value", [Configure], refusals::configs;
    is_refused_an_unknown_topic: "refused: unknown topic, read", [ReadNowhere], refusals::read_nowhere;
    is_refused_deletion_nowhere: "refused: unknown topic, delete records", [TrimNowhere], refusals::trim_nowhere;
    is_refused_an_unknown_group: "refused: unknown group", [Forget], refusals::unknown_group;
    is_refused_deletion_of_a_live_group: "refused: delete a group with members", [Forget], refusals::live_group;
    is_refused_a_record_too_large: "refused: record too large", [Produce], refusals::too_large;
}
