//! Experiments that send and read records.

mod consume;
mod manifest;
mod pace;
mod records;
mod refusals;
