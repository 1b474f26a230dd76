//! Records, sent with acks=all.

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rdkafka::ClientContext;
use rdkafka::message::{DeliveryResult, Message};
use rdkafka::producer::{
    BaseRecord, NoCustomPartitioner, Producer, ProducerContext, ThreadedProducer,
};

use super::client::{config, create, read};
use super::witness::Witness;

pub const PARTITIONS: u64 = 3;

/// Sends numbered records to a few partitions.
pub struct Records {
    broker: String,
    topic: &'static str,
    once: bool,
    producer: ThreadedProducer<Acknowledged>,
    next: AtomicU64,
}

/// The numbers at each partition and offset that were acknowledged; there is one each.
#[derive(Default)]
struct Acknowledged(Mutex<HashMap<(i32, i64), Vec<u64>>>);

impl ClientContext for Acknowledged {}

impl ProducerContext<NoCustomPartitioner> for Acknowledged {
    type DeliveryOpaque = Box<u64>;

    fn delivery(&self, result: &DeliveryResult<'_>, number: Box<u64>) {
        // What times out while the stack is down was not acknowledged.
        if let Ok(record) = result {
            let place = (record.partition(), record.offset());
            self.0.lock().unwrap().entry(place).or_default().push(*number);
        }
    }
}

impl Records {
    /// A producer whose records may come twice.
    pub fn plain(broker: String) -> Records {
        Records::new(broker, "plain", false)
    }

    /// A producer whose records come once, and in order.
    pub fn idempotent(broker: String) -> Records {
        Records::new(broker, "idempotent", true)
    }

    fn new(broker: String, topic: &'static str, once: bool) -> Records {
        let mut config = config(&broker);
        config.set("acks", "all").set("linger.ms", "1").set("compression.type", "lz4");
        config.set("enable.idempotence", if once { "true" } else { "false" });
        let context = Acknowledged::default();
        let producer = config.create_with_context(context).unwrap();
        create(&broker, topic, PARTITIONS as i32);
        Records { broker, topic, once, producer, next: AtomicU64::new(0) }
    }

    fn acknowledged(&self) -> HashMap<(i32, i64), Vec<u64>> {
        self.producer.context().0.lock().unwrap().clone()
    }
}

/// The value of record `number`: of any length, and unlike any other.
fn value(number: u64) -> String {
    format!("{number} {}", "x".repeat(number as usize * 7919 % 3000))
}

impl Witness for Records {
    fn ask(&self) {
        for _ in 0..10 {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let value = value(number);
            let record = BaseRecord::<str, str, _>::with_opaque_to(self.topic, Box::new(number));
            let record = record.payload(&value).partition((number % PARTITIONS) as i32);
            self.producer.send(record).map_err(|(error, _)| error).unwrap();
        }
        // Enough to be in the middle of some at any moment, not so many that all time goes into
        // reading them again.
        std::thread::sleep(Duration::from_millis(3));
        while self.producer.in_flight_count() > 60 {
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    fn check(&self) {
        let acknowledged = self.acknowledged();
        let found = read(&self.broker, self.topic, PARTITIONS as i32, false);
        let found: HashMap<_, _> = found.into_iter().map(|r| (r.place, r.value)).collect();
        for (place, numbers) in acknowledged {
            assert_eq!(numbers.len(), 1, "{numbers:?} at {place:?}");
            let there = found.get(&place).map_or("nothing", String::as_str);
            assert_eq!(there, value(numbers[0]), "{} at {place:?}", self.topic);
        }
        if self.once {
            let mut all: Vec<_> = found.into_iter().collect();
            all.sort_by_key(|(place, _)| *place);
            let number = |value: &String| value.split(' ').next().unwrap().parse::<u64>().unwrap();
            for pair in all.windows(2).filter(|pair| pair[0].0.0 == pair[1].0.0) {
                let expected = number(&pair[0].1) + PARTITIONS;
                assert_eq!(number(&pair[1].1), expected, "{} at {:?}", self.topic, pair[1].0);
            }
        }
    }

    fn acknowledged(&self) -> (usize, &'static str) {
        (self.producer.context().0.lock().unwrap().len(), self.topic)
    }
}
