//! The command line: one file a host command; any other word is a script.

mod args;
mod check;
mod dispatch;
mod doc;
mod eject;
mod fail;
mod globals;
mod help;
mod host;
mod listing;
mod locate;
mod logs;
mod pairs;
mod panics;
mod repl;
mod run;
mod session;
mod show;
mod signals;
mod size;
mod test;
mod up;
mod welcome;
mod words;

pub use dispatch::main;
