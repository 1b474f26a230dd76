//! Tests of `repl`.
