//! The headers by which a reader recognises the records of an experiment.

use std::io::Write as _;

/// The header with the identity of the producer, which no other run has.
pub const PRODUCER: &str = "kafkaefd-producer";
/// The header with the number of the record among those of its producer in its topic: 0, 1, …
pub const SEQUENCE: &str = "kafkaefd-sequence";
/// The header with the moment at which the record was due: microseconds since 1970, in decimal.
pub const SENT: &str = "kafkaefd-sent";

/// Writes the headers of one record after the other.
pub struct Stamp {
    producer: String,
    sequence: Vec<u8>,
    sent: Vec<u8>,
}

impl Stamp {
    /// The stamp of the producer with this identity.
    pub fn new(producer: String) -> Stamp {
        Stamp { producer, sequence: Vec::new(), sent: Vec::new() }
    }

    /// Makes it that of the record `number`, due at `due_us`.
    pub fn turn(&mut self, number: u64, due_us: i64) {
        self.sequence.clear();
        self.sent.clear();
        // Writing into memory does not fail.
        let _ = write!(self.sequence, "{number}");
        let _ = write!(self.sent, "{due_us}");
    }

    /// The headers.
    pub fn headers(&self) -> [(&str, &[u8]); 3] {
        [
            (PRODUCER, self.producer.as_bytes()),
            (SEQUENCE, self.sequence.as_slice()),
            (SENT, self.sent.as_slice()),
        ]
    }
}
