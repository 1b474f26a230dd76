//! The command line: one file a host command; any other word is a script.

mod args;
mod dispatch;
mod fail;
mod globals;
mod listing;
mod locate;
mod repl;
mod run;
mod session;
mod signals;
mod up;
mod words;

pub use dispatch::main;
