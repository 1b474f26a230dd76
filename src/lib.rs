//! kafkaefd: a scripting host for Kafka experiments.
//!
//! One binary embeds the Rhai language. Scripts decide *what* happens; Rust does what happens *per
//! message*. The rooms, from the door to the foundation; arrows between them point only downward:
//!
//! - [`cli`]: the command line. Host commands, and scripts as commands.
//! - [`repl`]: the interactive session: editor, completion, help, value printing.
//! - [`host`]: the Rhai engine: limits, script headers, imports, catalog of functions, error report.
//! - [`modules`]: what scripts see: `kafka`, `registry`, `avro`, `sal`, `stream`, `metrics`, `out`, …
//! - [`stream`]: the consume-transform-produce engine and its delivery guarantee.
//! - [`load`]: made-up records of any schema, experiments that send and read them, what they measure.
//! - [`clients`]: the network: Kafka, Connect and the Schema Registry. Every write is authorised here.
//! - [`serve`]: the Prometheus endpoint.
//! - [`formats`]: pure bytes and text: Avro and SAL.
//! - [`embedded`]: a broker and a registry in this process, for development without servers.
//! - [`settings`], [`context`], [`error`]: what one run is configured with, carries and reports.
//! - [`nearest`]: the known word that a misspelt one was meant to be, for every room's messages.

pub mod cli;
pub mod clients;
pub mod context;
pub mod embedded;
pub mod error;
pub mod formats;
pub mod host;
pub mod load;
pub mod modules;
pub mod nearest;
pub mod repl;
pub mod serve;
pub mod settings;
pub mod stream;
