//! Independent clients on the embedded broker and on Kafka: one table of scenarios, which each
//! client plays, and another one witnesses.

mod adapters;
mod client;
mod copier;
mod driver;
mod page;
mod record;
mod scenarios;
mod scene;
mod table;
mod verifiable;
