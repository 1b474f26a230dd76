//! SAL interfaces: components, topics and items as the XML files of an observatory define them.

mod enumeration;
mod files;
mod hand_written;
mod idl;
mod mistakes;
mod parse;
mod read;
mod set;
mod source;
mod subsystems;
mod topic;
mod xml;

pub use enumeration::{Enumeration, Symbol};
pub use hand_written::HandWritten;
pub use idl::IdlType;
pub use set::{Component, Interfaces};
pub use source::{Tree, open, open_archive};
pub use subsystems::{Generics, Subsystem};
pub use topic::{Item, Kind, Topic};
