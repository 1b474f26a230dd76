//! All tests, in one binary that mirrors `src/` and `scripts/`.
#![allow(clippy::unwrap_used, missing_docs)]

mod bed;
mod cli;
mod clients;
mod embedded;
mod formats;
mod host;
mod house;
mod load;
mod modules;
mod nearest;
mod readme;
mod repl;
mod scripts;
mod settings;
mod stream;
mod support;
