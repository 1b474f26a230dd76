//! Experiments that send records.

mod pace;
mod records;
mod refusals;
