//! The clients.

mod java;
mod kafka_python;
mod kcat;
mod librdkafka;
mod printed;

use super::client::Client;
use crate::support::{Bed, Stack};

/// All of them, on `stack`, with the programs of `bed`.
pub fn all<'a>(stack: &'a Stack, bed: &'a Bed) -> Vec<Box<dyn Client + 'a>> {
    vec![
        Box::new(librdkafka::Librdkafka { stack }),
        Box::new(kafka_python::KafkaPython { stack, bed }),
        Box::new(java::Java { stack, bed }),
        Box::new(kcat::Kcat { stack }),
    ]
}
