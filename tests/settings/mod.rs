//! Tests of `settings`.

mod auth;
mod docs;
mod embedded;
mod file;
mod precedence;
mod surroundings;
