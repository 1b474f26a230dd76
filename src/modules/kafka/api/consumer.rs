//! Reading records.

use rhai::plugin::*;
use rhai::{Array, Map};

use crate::clients::kafka::Producer;
use crate::modules::call;
use crate::modules::error::RhaiResultOf;
use crate::modules::kafka::types::{self, ConsumerSettings};
use crate::modules::options::options;

/// Reading records.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod kafka {
    /// Reads records, in a `for` loop or one by one.
    pub type Consumer = types::Consumer;

    /// Makes a consumer that reads `topics` from the earliest record on and then waits for more.
    ///
    /// `topics` is a name, a pattern that starts with `^`, or an array of these.
    ///
    /// Returns a `Consumer`, which a `for` loop reads until the script is stopped. An error of kind
    /// `not_found` says that a topic does not exist.
    ///
    /// ```rhai
    /// kafka::create_topic("followed");
    /// kafka::producer().deliver("followed", "hello");
    /// for record in kafka::consumer("followed") {
    ///     print(record.value);
    ///     break;
    /// }
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn consumer(context: NativeCallContext, topics: Dynamic) -> RhaiResultOf<Consumer> {
        consumer_with(context, topics, Map::new())
    }

    /// Makes a consumer of `topics`.
    ///
    /// `topics` is a name, a pattern that starts with `^`, or an array of these. `given` is a map
    /// with
    /// - `group`: the group whose offsets are followed and committed. A record is committed once the
    ///   loop has moved on from it: what a loop left with `break` or an error, the group reads
    ///   again. Without a group the consumer reads all partitions alone and leaves no trace;
    /// - `from`: "earliest", "latest", an offset, -n for the last n records of each partition, a
    ///   time as `"2026-01-31T20:15:00Z"` or `#{ time: MILLISECONDS }`, or a duration back from now
    ///   as `"-10m"`. With a group it says where to start what has no committed offset ("earliest",
    ///   "latest" or "committed");
    /// - `to`: "end", the records there are now; an offset, -n, a time or a duration as in `from`,
    ///   before which reading ends; else it goes on;
    /// - `partitions`: an array of the only partitions to read;
    /// - `timeout`: how many seconds without a record end the loop;
    /// - `max`: how many records at most;
    /// - `client`: the client id that brokers log;
    /// - `config`: a map of further librdkafka properties, other than those of TLS, SASL and
    ///   addresses.
    ///
    /// Returns a `Consumer`. An error of kind `not_found` says that a topic does not exist, one of
    /// kind `usage` that the options do not go together.
    ///
    /// ```rhai
    /// kafka::create_topic("counted");
    /// let producer = kafka::producer();
    /// for i in 0..5 { producer.send("counted", `${i}`); }
    /// producer.flush();
    /// let values = [];
    /// for record in kafka::consumer("counted", #{ from: 2, to: "end" }) {
    ///     values.push(record.value);
    /// }
    /// values // => ["2", "3", "4"]
    /// ```
    #[rhai_fn(name = "consumer", volatile, return_raw)]
    pub fn consumer_with(
        context: NativeCallContext,
        topics: Dynamic,
        given: Map,
    ) -> RhaiResultOf<Consumer> {
        let given: ConsumerSettings = options("kafka::consumer", given)?;
        let topics = types::topic_names(topics)?;
        Ok(types::Consumer::new(call::context(&context)?, &topics, given.try_into()?)?)
    }

    /// Reads the next record.
    ///
    /// Returns a `Record`, or `()` where a `for` loop would end. The record before it counts as
    /// processed. Errors are those of the loop: kind `unreachable` where the brokers are gone when
    /// the timeout ends, kind `cancelled` where the run was stopped.
    ///
    /// ```rhai
    /// kafka::create_topic("single");
    /// kafka::producer().deliver("single", "hello");
    /// let consumer = kafka::consumer("single", #{ to: "end" });
    /// let first = consumer.read().value;
    /// [first, consumer.read()] // => ["hello", ()]
    /// ```
    #[rhai_fn(global, pure, volatile, return_raw)]
    pub fn read(consumer: &mut Consumer) -> RhaiResultOf<Dynamic> {
        Ok(consumer.read()?.map_or(Dynamic::UNIT, Dynamic::from))
    }

    /// Reads all records to the end that `to`, `timeout` or `max` set.
    ///
    /// Returns an array of `Record`. Errors are those of `read`.
    ///
    /// ```rhai
    /// kafka::create_topic("gathered");
    /// let producer = kafka::producer();
    /// producer.deliver("gathered", "one");
    /// producer.deliver("gathered", "two");
    /// let records = kafka::consumer("gathered", #{ to: "end" }).read_all();
    /// records.map(|record| record.offset) // => [0, 1]
    /// ```
    #[rhai_fn(global, pure, volatile, return_raw)]
    pub fn read_all(consumer: &mut Consumer) -> RhaiResultOf<Array> {
        consumer.map(|record| record.map(Dynamic::from)).collect()
    }

    /// Prints all records as they come, to the end that `to`, `timeout` or `max` set.
    ///
    /// Returns how many there were. It prints what `show(consumer, given)` prints without options.
    ///
    /// ```rhai
    /// kafka::create_topic("shown");
    /// kafka::producer().deliver("shown", "hello");
    /// kafka::consumer("shown", #{ to: "end" }).show() // => 1
    /// ```
    #[rhai_fn(global, pure, volatile, return_raw)]
    pub fn show(context: NativeCallContext, consumer: &mut Consumer) -> RhaiResultOf<i64> {
        types::show(&context, consumer, Map::new())
    }

    /// Prints records as they come, to the end that `to`, `timeout` or `max` set.
    ///
    /// `given` is a map with
    /// - `format`: how the value is decoded: "auto" (Avro in the wire format by the registry's
    ///   schema, else text, else hexadecimal), "text" (without the registry), "json" or "avro"
    ///   (anything else is an error). A record is then a line, or what `--output` asks for: a line
    ///   of JSON or a document of YAML. Two formats are lines of their own: "raw" is the bytes of
    ///   the value, "envelope" is JSON that keeps every byte (see `record.envelope`);
    /// - `key_format`: the same for the key ("auto");
    /// - `where`: an expression over `record`, or a `Filter`; other records are passed over;
    /// - `max`: how many records to print at most;
    /// - `keep_going`: true says on stderr what cannot be decoded or filtered, and passes it over;
    ///   else it is an error.
    ///
    /// Returns how many records were printed. A consumer of a group commits them. Errors are those of
    /// `read`, and one of kind `invalid` that names the record that cannot be decoded.
    ///
    /// ```rhai
    /// kafka::create_topic("chosen");
    /// let producer = kafka::producer();
    /// for i in 0..10 { producer.send("chosen", `${i}`); }
    /// producer.flush();
    /// let consumer = kafka::consumer("chosen", #{ to: "end" });
    /// consumer.show(#{ format: "raw", where: "record.offset > 6" }) // => 3
    /// ```
    #[rhai_fn(name = "show", global, pure, volatile, return_raw)]
    pub fn show_with(
        context: NativeCallContext,
        consumer: &mut Consumer,
        given: Map,
    ) -> RhaiResultOf<i64> {
        types::show(&context, consumer, given)
    }

    /// Copies records to another topic, to the end that `to`, `timeout` or `max` set, or until
    /// Ctrl-C.
    ///
    /// Key, value, headers and timestamp stay as they are; the key decides on the partition. `given`
    /// is a map with
    /// - `where`: an expression over `record`, or a `Filter`; other records are passed over;
    /// - `max`: how many records to copy at most;
    /// - `keep_going`: true says on stderr for which record the expression fails, and passes it
    ///   over; else it is an error.
    ///
    /// Returns a map with `consumed`, `produced` and `skipped`, once all of them are written. An
    /// error of kind `not_found` says that `topic` does not exist, one of kind `usage` that the
    /// consumer is the member of a group: that is for `stream::from`.
    ///
    /// ```rhai
    /// kafka::create_topic("original");
    /// kafka::create_topic("copy");
    /// let producer = kafka::producer();
    /// producer.deliver("original", #{ key: "M1", value: "hot", timestamp: 1767225600000 });
    /// let consumer = kafka::consumer("original", #{ to: "end" });
    /// consumer.copy(producer, "copy", #{ where: "record.key == \"M1\"" });
    /// kafka::consumer("copy").read().timestamp // => 1767225600000
    /// ```
    #[rhai_fn(global, pure, volatile, return_raw)]
    pub fn copy(
        context: NativeCallContext,
        consumer: &mut Consumer,
        producer: Producer,
        topic: &str,
        given: Map,
    ) -> RhaiResultOf<Map> {
        types::copy(&context, consumer, (&producer, topic), given)
    }

    /// Commits every record handed out so far, the last one too, and waits until the group has it.
    ///
    /// Without a group there is nothing to commit. An error says why the group did not take it.
    ///
    /// ```rhai
    /// kafka::create_topic("committed");
    /// kafka::producer().deliver("committed", "hello");
    /// let consumer = kafka::consumer("committed", #{ group: "night-watch", timeout: 5 });
    /// consumer.read();
    /// consumer.commit();
    /// ```
    #[rhai_fn(global, pure, volatile, return_raw)]
    pub fn commit(consumer: &mut Consumer) -> RhaiResultOf<()> {
        Ok(consumer.commit()?)
    }
}
