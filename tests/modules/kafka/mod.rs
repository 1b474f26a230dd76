//! Tests of `kafka`.

mod consumer;
mod options;
mod producer;
