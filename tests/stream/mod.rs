//! Tests of `stream`.

mod tracker;
