//! `kafkaefd up`: the embedded stack for other shells.

mod definition;
mod greeting;
mod run;
mod taken;

pub use definition::definition;
pub use run::run;
