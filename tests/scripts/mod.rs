//! Tests of `scripts`.
