//! What a pipeline promises, tried against real servers with an oracle that is not its own.
//!
//! Each test has a short form, which every run of the suite takes, and a full one
//! (`docs/reliability.md`).

mod brokers;
mod endurance;
mod exactly_once;
mod group;
mod joins;
mod kills;
mod member;
mod nodes;
mod oracle;
mod poison;
mod scene;
mod signals;
