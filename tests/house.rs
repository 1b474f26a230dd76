//! The rules of the house: who may import whom, how long a file may be, what a module looks like.

mod arrows;
mod commands;
mod libraries;
mod modules;
mod sizes;
mod source;
mod words;
