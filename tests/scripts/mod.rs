//! Tests of `scripts`.

mod admin;
mod consume;
mod demo;
mod helloavro;
mod helloworld;
mod registry;
mod salschema;
mod saltransform;
