//! What a registry keeps in a folder.

mod killed;
mod model;
mod restart;
