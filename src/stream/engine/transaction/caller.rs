//! The thread on which Kafka's transaction calls block.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, TryRecvError};
use std::thread;
use std::time::Duration;

use rdkafka::TopicPartitionList;
use rdkafka::consumer::ConsumerGroupMetadata;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};

use super::calls::{CallError, Calls};
use super::phase::With;

/// What the thread is to do.
pub enum Order {
    /// Take over the transactional id.
    Init,
    /// Commit what was sent, with the next offsets of the inputs, as this member of the group.
    Commit(TopicPartitionList, Arc<ConsumerGroupMetadata>),
    /// Take back what was sent, and go on with this producer.
    Abort(With),
}

/// Gives one order at a time and takes the answer. After each that succeeds a transaction is open.
pub struct Caller {
    orders: Sender<Order>,
    answers: Receiver<Result<(), CallError>>,
}

impl Caller {
    /// Starts the thread; it ends when the caller is dropped and the last call has returned.
    pub fn start(calls: Calls) -> std::io::Result<Caller> {
        let (orders, taken) = mpsc::channel();
        let (answer, answers) = mpsc::channel();
        thread::Builder::new().name("kafka transactions".into()).spawn(move || {
            for order in taken {
                let done = match order {
                    Order::Init => calls.init(),
                    Order::Commit(offsets, group) => calls.commit(&offsets, &group),
                    Order::Abort(With::SameProducer) => calls.abort(),
                    Order::Abort(With::NewProducer) => calls.renew(),
                };
                if answer.send(done).is_err() {
                    break;
                }
            }
        })?;
        Ok(Caller { orders, answers })
    }

    /// Has `order` carried out.
    pub fn order(&self, order: Order) {
        // Without the thread the answer says so.
        let _ = self.orders.send(order);
    }

    /// The answer to the last order, awaited at most `wait`.
    pub fn answer(&self, wait: Duration) -> Option<Result<(), CallError>> {
        let answer = if wait.is_zero() {
            self.answers.try_recv().map_err(|error| error == TryRecvError::Empty)
        } else {
            let answer = self.answers.recv_timeout(wait);
            answer.map_err(|error| error == RecvTimeoutError::Timeout)
        };
        match answer {
            Ok(done) => Some(done),
            Err(true) => None,
            Err(false) => {
                let error = KafkaError::MessageProduction(RDKafkaErrorCode::Fail);
                Some(Err(CallError::Fatal("reach the thread of transactions", error)))
            }
        }
    }
}
