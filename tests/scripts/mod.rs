//! Tests of `scripts`.

mod admin;
mod helloavro;
mod helloworld;
mod registry;
mod salschema;
mod saltransform;
