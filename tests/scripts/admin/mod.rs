//! Tests of `admin`.

mod acls;
mod brokers;
mod connectors;
mod groups;
mod topics;
mod users;
