//! Tests of `clients::kafka`.

mod trouble;
mod trust;
