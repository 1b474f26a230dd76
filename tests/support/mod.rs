//! What tests share.

mod kafkaefd;

pub use kafkaefd::Kafkaefd;
