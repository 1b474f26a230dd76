//! Tests of `scripts`.

mod admin;
mod consume;
mod dead_letters;
mod demo;
mod helloavro;
mod helloworld;
mod pipe;
mod produce;
mod registry;
mod salschema;
mod saltransform;
