//! `out`: Data on stdout as table, JSON or YAML.

mod api;
mod cell;
mod grid;
mod plain;
mod render;
mod types;
mod width;

pub use render::{render, show};
pub use types::Table;
pub use width::terminal_width;

use rhai::{Module, exported_module};

/// The module as the host registers it.
pub fn module() -> Module {
    exported_module!(api::out)
}
