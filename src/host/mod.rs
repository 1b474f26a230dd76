//! The Rhai engine: how it is built and limited, and how scripts are found, read, run and reported.

pub mod bundle;
pub mod catalog;
mod caught;
mod check;
mod engine;
mod header;
mod library;
mod page;
mod report;
mod resolver;
mod run;
mod script;
mod test;
mod value;

pub use catalog::Catalog;
pub use check::{Checked, check};
pub use engine::{build, build_for, limit};
pub use header::{ArgSpec, ArgType, Header, title};
pub use library::{Command, Library, Origin};
pub use page::page;
pub use report::{Place, Report, of_error};
pub use resolver::locate;
pub use run::{compile, run};
pub use script::{Root, Script, without_shebang};
pub use test::{test, tests};
pub use value::ArgValue;
