//! `admin topics`.

mod calls;
mod configs;
mod lifecycle;
mod partitions;
mod records;
mod show;
mod tools;
