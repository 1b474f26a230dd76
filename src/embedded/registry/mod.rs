//! A Schema Registry in this process, for development only: Confluent's API over HTTP.
//!
//! - `server`: the thread, the listener; `routes`: which handler answers what.
//! - `subjects`, `versions`, `schemas`, `compatibility`: the handlers, one file a noun; `settings`:
//!   those of `level` and `mode`.
//! - `store`: what is registered; `schema_text`: schemas in requests, answers and, as `kept`, in the
//!   folder of a stack.
//! - `query`, `body`, `media`: what comes with a request; `problem`: errors as Confluent's API words
//!   them.

mod body;
mod compatibility;
mod kept;
mod level;
mod media;
mod mode;
mod problem;
mod query;
mod routes;
mod schema_text;
mod schemas;
mod server;
mod settings;
mod store;
mod subjects;
mod versions;

pub use server::RegistryServer;
