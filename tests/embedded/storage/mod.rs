//! Tests of `embedded::storage`, and of what a stack finds again after a restart.

mod damage;
mod fixture;
mod folder;
mod full;
mod journal;
mod kill;
mod members;
mod offsets;
mod records;
mod topics;
mod transactions;
