//! Tests of `delivery: "exactly-once"`. Kills are tried by `reliability::exactly_once`.

mod copy;
mod errors;
mod options;
mod reader;
mod slow;
