//! Tests of `settings`.

mod auth;
mod commands;
mod docs;
mod embedded;
mod file;
mod precedence;
mod surroundings;
