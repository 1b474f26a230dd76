//! `kafkaefd up`: the embedded stack for other shells.

mod definition;
mod greeting;
mod holder;
mod run;
mod status;
mod taken;
mod units;

pub use definition::definition;
pub use run::run;
