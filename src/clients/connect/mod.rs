//! Kafka Connect over its REST API.

mod answer;
mod change;
mod config;
mod connectors;
mod error;
mod file;
mod loggers;
mod offsets;
mod plugins;
mod secrets;
mod session;
mod state;
mod tasks;
mod topics;
mod validation;
mod worker;

pub use change::{Change, Outcome};
pub use config::{Config, config_of};
pub use connectors::{Info, Summary};
pub use error::ConnectError;
pub use file::{load_config, load_offsets, positions};
pub use loggers::{LEVELS, Logger};
pub use offsets::Position;
pub use plugins::{Definition, Plugin};
pub use secrets::{MASK, masked, shown};
pub use session::Connect;
pub use state::{Restart, State, Status, Target, TaskState};
pub use tasks::Task;
pub use validation::{Fault, Validation};
pub use worker::Worker;
