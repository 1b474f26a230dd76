//! Which embedded stacks of this user run on this machine, known to every shell.

mod entry;
mod error;
mod folder;
mod slot;

pub use entry::Entry;
pub use error::DirectoryError;
pub use folder::Directory;
pub use slot::Slot;
