//! `aioload`.

mod consume;
mod produce;
mod topics;
