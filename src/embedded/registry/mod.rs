//! A Schema Registry in this process, for development only: Confluent's API over HTTP.
//!
//! - `server`: the thread, the listener; `routes`: which handler answers what.
//! - `subjects`, `versions`, `schemas`, `config`, `mode`, `compatibility`: the handlers, one file a noun.
//! - `store`: what is registered; `query`: parameters; `problem`: errors as Confluent's API
//!   words them.

mod compatibility;
mod config;
mod mode;
mod problem;
mod query;
mod routes;
mod schema_text;
mod schemas;
mod server;
mod store;
mod subjects;
mod versions;

pub use server::RegistryServer;
