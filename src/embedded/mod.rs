//! The zero-infrastructure stack: a broker and a registry in this process, for development only.

pub mod broker;
pub mod registry;
