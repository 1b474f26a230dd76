//! Tests of `settings`.

mod auth;
mod embedded;
mod file;
mod precedence;
mod surroundings;
