//! `salmock`.

mod produce;
mod topics;
