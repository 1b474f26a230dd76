//! The running pipeline: one thread reads, transforms and sends; librdkafka's threads deliver.

mod ahead;
mod chain;
mod close;
mod dead_letter;
mod end;
mod gate;
mod guard;
mod ledger;
mod meter;
mod rewound;
mod run;
mod sink;
mod source;
mod storm;
pub mod tracker;
mod work;

pub use rewound::Rewound;
pub use run::run;
