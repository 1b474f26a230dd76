//! Sending requests and awaiting their answers, many at once.

use rdkafka::bindings::{rd_kafka_admin_op_t, rd_kafka_queue_t, rd_kafka_t};
use rdkafka::client::{Client, ClientContext};

use super::Refusal;
use super::event::{Event, Queue};
use super::options::Options;
use crate::clients::kafka::KafkaError;
use crate::clients::kafka::wait::{SLICE, Wait};

/// One request of Kafka's administration, as plain values.
pub trait Request {
    /// What librdkafka calls it.
    const OP: rd_kafka_admin_op_t;
    /// What a broker lacks that does not know it, as in "the embedded broker has no ACLs", the
    /// error that `Probe::unsupported` makes of it.
    const LACK: &'static str;
    /// The answer, as plain values.
    type Answer;
    /// Whether librdkafka's event must not be freed where it holds an error of this request.
    const KEEPS_ERRORS: bool = false;

    /// Sets what differs from the default options.
    fn tune(&self, _options: &Options) -> Result<(), Refusal> {
        Ok(())
    }

    /// Hands the request over. librdkafka copies what it is given, and does not block.
    fn submit(&self, call: &Call<'_>) -> Result<(), Refusal>;

    /// Copies the answer out of `event`.
    fn read(&self, event: &Event) -> Result<Self::Answer, Refusal>;
}

/// What every submitting function of librdkafka wants besides the request.
pub struct Call<'a> {
    client: *mut rd_kafka_t,
    queue: &'a Queue,
    /// How the request is to be carried out.
    pub(super) options: &'a Options,
}

impl Call<'_> {
    /// The client; live for the length of the run.
    pub(super) fn client(&self) -> *mut rd_kafka_t {
        self.client
    }

    /// Where the answer shall arrive; live for the length of the run.
    pub(super) fn queue(&self) -> *mut rd_kafka_queue_t {
        self.queue.as_ptr()
    }
}

/// The answers to `requests`, in their order: all are sent before the first is awaited. `idle` is
/// called while there is none. A stop or the deadline of `wait` ends the run with an error, and
/// what is under way is left to librdkafka, which drops the late answers.
pub fn run<C: ClientContext, R: Request>(
    client: &Client<C>,
    requests: &[R],
    wait: &Wait<'_>,
    idle: impl Fn(),
) -> Result<Vec<Result<R::Answer, Refusal>>, KafkaError> {
    let queue = Queue::new(client).map_err(|refusal| wait.refusal(refusal))?;
    let mut answers: Vec<_> = requests.iter().map(|_| None).collect();
    let mut open = 0;
    for (index, (request, answer)) in requests.iter().zip(&mut answers).enumerate() {
        match send(client, &queue, (index, request), wait) {
            Ok(()) => open += 1,
            Err(refusal) => *answer = Some(Err(refusal)),
        }
    }
    while open > 0 {
        wait.check()?;
        let Some(event) = queue.poll(SLICE) else {
            idle();
            continue;
        };
        let index = event.index();
        if let (Some(request), Some(answer)) = (requests.get(index), answers.get_mut(index)) {
            *answer = Some(if R::KEEPS_ERRORS && event.failed() {
                Err(event.abandon())
            } else {
                event.refusal().map_or_else(|| request.read(&event), Err)
            });
            open -= 1;
        }
    }
    Ok(answers.into_iter().flatten().collect())
}

fn send<C: ClientContext, R: Request>(
    client: &Client<C>,
    queue: &Queue,
    (index, request): (usize, &R),
    wait: &Wait<'_>,
) -> Result<(), Refusal> {
    let options = Options::new(client, R::OP, (index, wait.remaining()))?;
    request.tune(&options)?;
    request.submit(&Call { client: client.native_ptr(), queue, options: &options })
}
