//! Tests of `clients::kafka`.

mod requests;
mod rights;
mod security;
mod trouble;
mod trust;
