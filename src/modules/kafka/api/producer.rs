//! Writing records.

use rhai::Map;
use rhai::plugin::*;

use crate::clients::kafka as client;
use crate::modules::call;
use crate::modules::error::RhaiResultOf;
use crate::modules::kafka::types::{self, ProducerSettings};
use crate::modules::options::options;

/// Writing records.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod kafka {
    /// Writes records.
    pub type Producer = client::Producer;

    /// Makes a producer: acknowledged by all replicas, and idempotent.
    ///
    /// Returns a `Producer`. What it has queued is flushed when the script ends, at most 10 s long;
    /// call `flush` to learn of failures.
    ///
    /// ```rhai
    /// kafka::create_topic("greetings");
    /// let producer = kafka::producer();
    /// producer.send("greetings", "hello");
    /// producer.flush();
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn producer(context: NativeCallContext) -> RhaiResultOf<Producer> {
        producer_with(context, Map::new())
    }

    /// Makes a producer.
    ///
    /// `given` is a map with `acks`, who must have a record: "all", 1 or 0 (without "all" a retry
    /// may write twice); `compression`: "none", "gzip", "snappy", "lz4" or "zstd"; `linger`, the
    /// seconds that records wait for company (0.005); `client`, the client id that brokers log;
    /// `timeout`, the seconds that `deliver` and `flush` wait (30); and `config`, a map of further
    /// librdkafka properties, other than those of TLS, SASL and addresses.
    ///
    /// Returns a `Producer`. An error of kind `usage` names an option that is wrong, one of kind
    /// `denied` a property that a script may not set.
    ///
    /// ```rhai
    /// kafka::create_topic("packed");
    /// let producer = kafka::producer(#{ compression: "zstd", linger: 0.05 });
    /// producer.send("packed", "hello");
    /// producer.flush();
    /// kafka::offsets("packed")[0].records // => 1
    /// ```
    #[rhai_fn(name = "producer", volatile, return_raw)]
    pub fn producer_with(context: NativeCallContext, given: Map) -> RhaiResultOf<Producer> {
        let given: ProducerSettings = options("kafka::producer", given)?;
        Ok(client::Producer::new(&call::context(&context)?, &given.into())?)
    }

    /// Queues a record for `topic` and returns at once.
    ///
    /// `record` is the value (text, a blob, or `()` for a tombstone), or a map with `key` and
    /// `value` of these, `headers` (a map), `timestamp` (milliseconds since 1970, the time of
    /// sending) and `partition` (by default the key decides). A `Record` that was read is sent as it
    /// is, byte for byte; the key decides on its partition.
    ///
    /// It waits only while the queue is full. Whether the record arrives is told by `flush`. An
    /// error of kind `usage` says that a part is neither text nor bytes.
    ///
    /// ```rhai
    /// kafka::create_topic("queued");
    /// let producer = kafka::producer();
    /// producer.send("queued", #{ key: "M1", value: "hot", headers: #{ origin: "test" } });
    /// producer.flush();
    /// kafka::consumer("queued", #{ max: 1 }).read().headers.origin // => "test"
    /// ```
    #[rhai_fn(global, pure, volatile, return_raw)]
    pub fn send(
        context: NativeCallContext,
        producer: &mut Producer,
        topic: &str,
        record: Dynamic,
    ) -> RhaiResultOf<()> {
        let message = types::message("send", record)?;
        Ok(producer.send(&call::context(&context)?, topic, &message)?)
    }

    /// Writes a record to `topic` and waits until the brokers have it.
    ///
    /// `record` is that of `send`.
    ///
    /// Returns a map with `topic`, `partition`, `offset` and `timestamp` (milliseconds since 1970).
    /// An error says why the record is not known to be written within the producer's timeout.
    ///
    /// ```rhai
    /// kafka::create_topic("delivered");
    /// kafka::producer().deliver("delivered", "hello").offset // => 0
    /// ```
    #[rhai_fn(global, pure, volatile, return_raw)]
    pub fn deliver(
        context: NativeCallContext,
        producer: &mut Producer,
        topic: &str,
        record: Dynamic,
    ) -> RhaiResultOf<Map> {
        let message = types::message("deliver", record)?;
        let delivery = producer.deliver(&call::context(&context)?, topic, &message)?;
        Ok(types::delivery_map(delivery))
    }

    /// Sends lines as records, and waits until they are written.
    ///
    /// `given` is a map with
    /// - `values`: an array of text and blobs; or `file`: the path of a file, whose lines are the
    ///   values; else they are the lines of standard input;
    /// - `format`: what a value is: "raw", the bytes as they are; "text", which must be UTF-8;
    ///   "json", which must be JSON; "avro", JSON that is encoded by a schema; "envelope", a whole
    ///   record as `record.envelope` writes it. Empty lines are values of the first two formats, and
    ///   are passed over by the others;
    /// - `key`: the key of all records; or `key_separator`: each line starts with its key, which ends
    ///   before this text; `key_format`: as `format`, without "envelope";
    /// - `headers`: an array of pairs of a name and text, a blob or `()`;
    /// - `partition` (by default the key decides) and `timestamp`: milliseconds since 1970, or a
    ///   time as text (by default the time of sending);
    /// - `tombstone`: true sends one record with `key` and no value;
    /// - `subject`, `key_subject`: whose latest schema encodes Avro (`<topic>-value`,
    ///   `<topic>-key`); `schema`, `key_schema`: a schema to use instead, which is registered there;
    ///   `frame`: false leaves the wire header out, and registers nothing;
    /// - `keep_going`: true leaves out what cannot be sent, and says so on stderr; else the first
    ///   such line ends it.
    ///
    /// Returns a map with `records` and `failed` (how many), `partitions` (rows with `topic`,
    /// `partition`, `records`, and the `first` and `last` offset), `places` (where each of `values`
    /// went, else empty) and `error`: `()`, or an error to throw, which names the first line that was
    /// not sent and what is wrong with it. What befalls all lines is raised, as an error of kind
    /// `not_found` that there is no such topic, or no such subject in the registry.
    ///
    /// ```rhai
    /// kafka::create_topic("lines");
    /// let sent = kafka::producer().send_lines("lines", #{
    ///     values: [`{"temp":20.5}`, `{"temp":"hot"}`],
    ///     format: "avro",
    ///     schema: `{"type":"record","name":"t","fields":[{"name":"temp","type":"double"}]}`,
    /// });
    /// [sent.records, sent.error.message]
    /// // => [1, "cannot send value 2: it is no record t: field temp: expected double, got string \"hot\""]
    /// ```
    #[rhai_fn(global, pure, volatile, return_raw)]
    pub fn send_lines(
        context: NativeCallContext,
        producer: &mut Producer,
        topic: &str,
        given: Map,
    ) -> RhaiResultOf<Map> {
        types::send_lines(&context, producer, topic, given)
    }

    /// Waits until every queued record is written.
    ///
    /// An error says why the first one that was not written was not, or that some are not known to
    /// be within the producer's timeout.
    ///
    /// ```rhai
    /// kafka::create_topic("flushed");
    /// let producer = kafka::producer();
    /// for i in 0..100 { producer.send("flushed", `${i}`); }
    /// producer.flush();
    /// kafka::offsets("flushed")[0].records // => 100
    /// ```
    #[rhai_fn(global, pure, volatile, return_raw)]
    pub fn flush(context: NativeCallContext, producer: &mut Producer) -> RhaiResultOf<()> {
        Ok(producer.flush(&call::context(&context)?, None)?)
    }
}
