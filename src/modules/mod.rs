//! What scripts see. In the folder of each module `mod.rs` registers it and `api` is the page a
//! script author reads; `types`, where it has any, holds its handles and conversions. A large `api`
//! or `types` is a folder with a file for each noun. Work that a module does itself, as drawing the
//! tables of `out`, has files of its own. The files in this folder are shared by the modules.

pub mod avro;
pub mod call;
pub mod captured;
pub mod connect;
pub mod embedded;
pub mod engines;
pub mod env;
pub mod error;
pub mod expression;
pub mod functions;
pub mod kafka;
pub mod load;
pub mod log;
pub mod made;
pub mod metrics;
pub mod mock;
pub mod moment;
pub mod name_filter;
pub mod options;
pub mod out;
pub mod payload;
pub mod placed;
pub mod registry;
pub mod sal;
pub mod schema;
pub mod stream;
pub mod text;
pub mod time;
pub mod type_word;
pub mod value;

use rhai::Engine;

/// Registers every native module with `engine` under its own name.
pub fn register(engine: &mut Engine) {
    engine.register_global_module(time::language().into());
    engine.register_static_module("avro", avro::module().into());
    engine.register_static_module("connect", connect::module().into());
    engine.register_static_module("embedded", embedded::module().into());
    engine.register_static_module("env", env::module().into());
    engine.register_static_module("kafka", kafka::module().into());
    engine.register_static_module("load", load::module().into());
    engine.register_static_module("log", log::module().into());
    engine.register_static_module("metrics", metrics::module().into());
    engine.register_static_module("out", out::module().into());
    engine.register_static_module("registry", registry::module().into());
    engine.register_static_module("sal", sal::module().into());
    engine.register_static_module("stream", stream::module().into());
    engine.register_static_module("time", time::module().into());
}
