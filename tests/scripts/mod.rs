//! Tests of `scripts`.

mod admin;
mod aioload;
mod consume;
mod dead_letters;
mod demo;
mod helloavro;
mod helloworld;
mod merge;
mod pipe;
mod produce;
mod registry;
mod salmock;
mod salschema;
mod saltransform;
