//! Tests of `scripts`.

mod admin;
mod consume;
mod demo;
mod helloavro;
mod helloworld;
mod pipe;
mod produce;
mod registry;
mod salschema;
mod saltransform;
