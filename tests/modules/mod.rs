//! Tests of `modules`.
