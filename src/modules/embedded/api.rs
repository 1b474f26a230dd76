//! The page a script author reads.

use rhai::Map;
use rhai::plugin::*;

use super::types;
use crate::modules::call;
use crate::modules::error::RhaiResultOf;

/// Faults on demand: an embedded broker that refuses, delays, loses, stops, to try what a client
/// makes of it.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod embedded {
    /// The embedded broker of this run. APIs and errors go by their names in Kafka's protocol guide:
    /// `Produce`, `OffsetCommit`; `NOT_LEADER_OR_FOLLOWER`.
    pub type Broker = types::Broker;

    /// The embedded broker that this run has started for itself, to make it fail.
    ///
    /// Returns a `Broker`. An error of kind `unsupported` says that the run talks to a broker of
    /// another process or to real servers: with `--stack own` it has a broker of its own.
    ///
    /// ```rhai
    /// kafka::create_topic("orders");
    /// let broker = embedded::broker();
    /// broker.fail("Produce", "NOT_LEADER_OR_FOLLOWER");
    /// kafka::producer().deliver("orders", "sent again");
    /// broker.requests("Produce") // => 2
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn broker(context: NativeCallContext) -> RhaiResultOf<Broker> {
        Ok(Broker::of(&call::context(&context)?)?)
    }

    /// Refuses the next request of an API: the broker answers with an error and does nothing.
    ///
    /// `api` is the name of the API, `error` that of the error. The error stands where Kafka would
    /// put it: at the top of the answer, or with every topic, partition or group asked about. What
    /// waits for an API already happens first. A request whose answer has no place for the error (a
    /// producer that wants no answer, a question for brokers only) is answered as usual, and the
    /// next one refused.
    ///
    /// An error of kind `usage` says that there is no such API or error.
    ///
    /// ```rhai
    /// embedded::broker().fail("CreateTopics", "POLICY_VIOLATION");
    /// let kind = "";
    /// try { kafka::create_topic("orders"); } catch (err) { kind = err.kind; }
    /// kind // => "invalid"
    /// ```
    #[rhai_fn(global, pure, volatile, return_raw)]
    pub fn fail(broker: &mut Broker, api: &str, error: &str) -> RhaiResultOf<()> {
        Ok(broker.control.fail(api, error, 1)?)
    }

    /// Refuses the next `times` requests of an API, as `fail(api, error)` does the next one.
    ///
    /// `times` is 1 or more; any other is an error of kind `usage`.
    ///
    /// ```rhai
    /// kafka::create_topic("orders");
    /// let broker = embedded::broker();
    /// broker.fail("Produce", "NOT_ENOUGH_REPLICAS", 2);
    /// kafka::producer().deliver("orders", "third time");
    /// broker.requests("Produce") // => 3
    /// ```
    #[rhai_fn(name = "fail", global, pure, volatile, return_raw)]
    pub fn fail_times(broker: &mut Broker, api: &str, error: &str, times: i64) -> RhaiResultOf<()> {
        Ok(broker.control.fail(api, error, times)?)
    }

    /// Loses the answer to the next request of an API: the broker does what was asked for, and
    /// closes the connection in place of an answer.
    ///
    /// `api` is the name of the API. A producer that asks again then writes twice, unless it is
    /// idempotent. What waits for an API already happens first.
    ///
    /// An error of kind `usage` says that there is no such API.
    ///
    /// ```rhai
    /// kafka::create_topic("orders");
    /// embedded::broker().lose("Produce");
    /// kafka::producer(#{ acks: 1 }).deliver("orders", "twice");
    /// kafka::offsets("orders")[0].records // => 2
    /// ```
    #[rhai_fn(global, pure, volatile, return_raw)]
    pub fn lose(broker: &mut Broker, api: &str) -> RhaiResultOf<()> {
        Ok(broker.control.lose(api, 1)?)
    }

    /// Loses the answers to the next `times` requests of an API, as `lose(api)` does the next one.
    ///
    /// `times` is 1 or more; any other is an error of kind `usage`.
    ///
    /// ```rhai
    /// let broker = embedded::broker();
    /// broker.lose("Metadata", 2);
    /// kafka::topics() // => []
    /// ```
    #[rhai_fn(name = "lose", global, pure, volatile, return_raw)]
    pub fn lose_times(broker: &mut Broker, api: &str, times: i64) -> RhaiResultOf<()> {
        Ok(broker.control.lose(api, times)?)
    }

    /// Lets the answers of every API wait, until `clear`.
    ///
    /// `seconds` is an int or a float, 0 or more. What was asked for is done at once, only the answer
    /// comes late. APIs that have a delay of their own keep it.
    ///
    /// An error of kind `usage` says that `seconds` is negative or no number.
    ///
    /// ```rhai
    /// embedded::broker().delay(0.1);
    /// let watch = time::stopwatch();
    /// kafka::topics();
    /// watch.elapsed >= 0.1 // => true
    /// ```
    #[rhai_fn(global, pure, volatile, return_raw)]
    pub fn delay(broker: &mut Broker, seconds: Dynamic) -> RhaiResultOf<()> {
        Ok(broker.control.delay(None, types::duration(&seconds)?)?)
    }

    /// Lets the answers of one API wait, until `clear`.
    ///
    /// `api` is the name of the API, `seconds` an int or a float, 0 or more. What was asked for is
    /// done at once, only the answer comes late.
    ///
    /// An error of kind `usage` says that there is no such API, or that `seconds` is negative or no
    /// number.
    ///
    /// ```rhai
    /// kafka::create_topic("orders");
    /// embedded::broker().delay("Produce", 0.1);
    /// let watch = time::stopwatch();
    /// kafka::producer().deliver("orders", "late");
    /// watch.elapsed >= 0.1 // => true
    /// ```
    #[rhai_fn(name = "delay", global, pure, volatile, return_raw)]
    pub fn delay_of(broker: &mut Broker, api: &str, seconds: Dynamic) -> RhaiResultOf<()> {
        Ok(broker.control.delay(Some(api), types::duration(&seconds)?)?)
    }

    /// Ends all faults: answers that wait are sent, and requests are counted from 0 again.
    ///
    /// A stopped broker stays so until `start`.
    ///
    /// ```rhai
    /// let broker = embedded::broker();
    /// broker.delay(600);
    /// broker.clear();
    /// kafka::topics() // => []
    /// ```
    #[rhai_fn(global, pure, volatile)]
    pub fn clear(broker: &mut Broker) {
        broker.control.clear();
    }

    /// Closes the connections of all clients; they may come back at once.
    ///
    /// Returns how many connections there were. An error of kind `cancelled` says that the run was
    /// stopped meanwhile.
    ///
    /// ```rhai
    /// kafka::create_topic("orders");
    /// let producer = kafka::producer();
    /// producer.deliver("orders", "one");
    /// embedded::broker().disconnect() > 0 // => true
    /// ```
    #[rhai_fn(global, pure, volatile, return_raw)]
    pub fn disconnect(broker: &mut Broker) -> RhaiResultOf<i64> {
        let connected = broker.wait("close all connections", broker.control.disconnect())?;
        Ok(connected as i64)
    }

    /// Stops the broker: its port and all connections are closed, until `start`.
    ///
    /// It keeps what it knows: topics, records, groups, transactions and faults. Time goes on for it:
    /// a group loses members that cannot be heard, and a transaction its open work, when their
    /// timeouts are over. The registry goes on. Nothing happens to a broker that is stopped.
    ///
    /// An error of kind `cancelled` says that the run was stopped meanwhile.
    ///
    /// ```rhai
    /// let broker = embedded::broker();
    /// broker.stop();
    /// let kind = "";
    /// try { kafka::topics(#{ timeout: 5 }); } catch (err) { kind = err.kind; }
    /// broker.start();
    /// kind // => "unreachable"
    /// ```
    #[rhai_fn(global, pure, volatile, return_raw)]
    pub fn stop(broker: &mut Broker) -> RhaiResultOf<()> {
        broker.wait("stop the broker", broker.control.stop())?;
        Ok(())
    }

    /// Starts a stopped broker again, on the same port, with all that it knew.
    ///
    /// Nothing happens to a broker that runs. An error of kind `already_exists` says that another
    /// program took the port, one of kind `cancelled` that the run was stopped meanwhile.
    ///
    /// ```rhai
    /// kafka::create_topic("orders");
    /// let broker = embedded::broker();
    /// broker.stop();
    /// broker.start();
    /// kafka::topics().map(|row| row.name) // => ["orders"]
    /// ```
    #[rhai_fn(global, pure, volatile, return_raw)]
    pub fn start(broker: &mut Broker) -> RhaiResultOf<()> {
        Ok(broker.wait("start the broker", broker.control.start())?)
    }

    /// How many requests came since the start or the last `clear`, as a map from API to int; APIs
    /// that nobody asked are not in it.
    ///
    /// ```rhai
    /// kafka::create_topic("orders");
    /// embedded::broker().requests.CreateTopics // => 1
    /// ```
    #[rhai_fn(get = "requests", pure, volatile)]
    pub fn requests(broker: &mut Broker) -> Map {
        broker.requests()
    }

    /// How many requests of one API came since the start or the last `clear`.
    ///
    /// `api` is the name of the API. Requests that were refused, or whose answer was lost, count too.
    ///
    /// Returns an int. An error of kind `usage` says that there is no such API.
    ///
    /// ```rhai
    /// embedded::broker().requests("OffsetCommit") // => 0
    /// ```
    #[rhai_fn(name = "requests", global, pure, volatile, return_raw)]
    pub fn requests_of(broker: &mut Broker, api: &str) -> RhaiResultOf<i64> {
        Ok(broker.control.requests_of(api)? as i64)
    }
}
