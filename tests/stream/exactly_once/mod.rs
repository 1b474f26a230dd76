//! Tests of `delivery: "exactly-once"`.

mod copy;
mod reader;
