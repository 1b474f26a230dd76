//! `aioload`.

mod produce;
mod topics;
