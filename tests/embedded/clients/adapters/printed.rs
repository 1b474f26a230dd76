//! What Kafka's tools read and print.

use std::collections::BTreeMap;

use crate::embedded::clients::record::Record;

/// Stands for null, in a key, a value or a header.
const NULL: &str = "<null>";

/// Makes `ConsoleConsumer` print all parts of a record.
pub const FORMAT: [&str; 8] = [
    "print.timestamp=true",
    "print.partition=true",
    "print.offset=true",
    "print.headers=true",
    "print.key=true",
    "null.literal=<null>",
    "headers.separator=;",
    "key.separator=\t",
];

/// Makes `ConsoleProducer` read what [`line`] writes.
pub const PARSE: [&str; 5] = [
    "parse.key=true",
    "parse.headers=true",
    "null.marker=<null>",
    "headers.separator=;",
    "ignore.error=false",
];

fn or_null(text: Option<&String>) -> &str {
    text.map_or(NULL, String::as_str)
}

/// `record` as a line for `ConsoleProducer`.
pub fn line(record: &Record) -> String {
    let header =
        |(name, value): &(String, Option<String>)| format!("{name}:{}", or_null(value.as_ref()));
    let mut headers = record.headers.iter().map(header).collect::<Vec<_>>().join(";");
    if headers.is_empty() {
        NULL.clone_into(&mut headers);
    }
    format!("{headers}\t{}\t{}\n", or_null(record.key.as_ref()), or_null(record.value.as_ref()))
}

/// The records that `ConsoleConsumer` printed.
pub fn records(text: &str) -> Vec<Record> {
    text.lines().filter(|line| line.contains("\tPartition:")).map(record).collect()
}

fn record(line: &str) -> Record {
    let mut parts = line.split('\t');
    let mut next = || parts.next().unwrap();
    let maybe = |text: &str| (text != NULL).then(|| text.to_owned());
    Record {
        timestamp: next().split_once(':').unwrap().1.parse().ok(),
        partition: next().strip_prefix("Partition:").unwrap().parse().ok(),
        offset: next().strip_prefix("Offset:").unwrap().parse().unwrap(),
        headers: match next() {
            "NO_HEADERS" => Vec::new(),
            text => text
                .split(';')
                .map(|header| {
                    let (name, value) = header.split_once(':').unwrap();
                    (name.to_owned(), maybe(value))
                })
                .collect(),
        },
        key: maybe(next()),
        value: maybe(next()),
    }
}

/// What stands in `text` after `label`, up to the next blank.
pub fn after<'a>(text: &'a str, label: &str) -> &'a str {
    let rest = text.split_once(label).unwrap_or_else(|| panic!("no `{label}` in {text}")).1;
    rest.split_whitespace().next().unwrap()
}

/// The words of a row of the table about `group`, without its heading.
pub fn row<'a>(line: &'a str, group: &str) -> Option<Vec<&'a str>> {
    let words: Vec<&str> = line.split_whitespace().collect();
    (words.first() == Some(&group) && words.len() > 2).then_some(words)
}

/// The configs that `ConfigCommand` printed: `  NAME=VALUE sensitive=false synonyms={…}`.
pub fn configs(text: &str) -> BTreeMap<String, String> {
    let pair = |line: &str| {
        let (pair, _) = line.split_once(" sensitive=")?;
        let (name, value) = pair.trim().split_once('=')?;
        Some((name.to_owned(), value.to_owned()))
    };
    text.lines().filter_map(pair).collect()
}

/// Kafka's error code behind the exception that a tool names; 0 if it names none.
pub fn code(text: &str) -> i16 {
    let known = [
        ("UnknownTopicOrPartitionException", 3),
        ("RecordTooLargeException", 10),
        ("TopicExistsException", 36),
        ("InvalidPartitionsException", 37),
        ("InvalidReplicationFactorException", 38),
        ("InvalidConfigurationException", 40),
        ("InvalidTopicException", 17),
        ("OffsetOutOfRangeException", 1),
        // What the tools find wrong themselves.
        ("does not exist as expected", 3),
        ("ConfigException: Invalid value", 40),
        ("GroupNotEmptyException", 68),
        ("GroupIdNotFoundException", 69),
    ];
    known.iter().find(|(name, _)| text.contains(name)).map_or(0, |(_, code)| *code)
}
