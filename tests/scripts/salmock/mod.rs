//! `salmock`.

mod consume;
mod produce;
mod topics;
