//! Where interface files lie: in a folder, in an archive, in the binary.

mod archive;
mod folder;
mod limit;
mod names;
mod tar;
mod tree;
mod zip;

pub use archive::open_archive;
pub use names::component;
pub use tree::{Tree, open};
