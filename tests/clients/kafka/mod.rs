//! Tests of `clients::kafka`.

mod security;
mod trouble;
mod trust;
