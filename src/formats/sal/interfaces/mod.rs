//! SAL interfaces: components, topics and items as the XML files of an observatory define them.

mod enumeration;
mod files;
mod idl;
mod parse;
mod set;
mod subsystems;
mod topic;
mod xml;

pub use enumeration::{Enumeration, Symbol};
pub use files::{Files, SourceFile};
pub use idl::IdlType;
pub use set::{Component, Interfaces};
pub use subsystems::{Generics, Subsystem};
pub use topic::{Item, Kind, Topic};
