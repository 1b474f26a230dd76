//! Tests of `cli`.

mod run;
