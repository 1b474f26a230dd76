//! Tests of `repl`.

mod incomplete;
mod lexer;
mod piped;
mod save;
mod terminal;
