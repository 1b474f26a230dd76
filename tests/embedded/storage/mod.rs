//! Tests of `embedded::storage`, and of what a stack finds again after a restart.

mod folder;
mod journal;
