//! More engines like that of the run, for expressions on threads of their own.

use rhai::Engine;

use crate::context::Context;
use crate::error::{Failure, Kind};

/// How the host builds an engine.
struct Maker(fn(&Context) -> Engine);

/// Says how engines of the run `context` are built; the first call counts.
pub fn provide(context: &Context, make: fn(&Context) -> Engine) -> Result<(), Failure> {
    context.resource(|| Ok(Maker(make))).map(drop)
}

/// An engine with the modules and the limits of every engine of the run.
pub fn engine(context: &Context) -> Result<Engine, Failure> {
    let missing = || Failure::new(Kind::Failed, "this run was started without a host");
    let maker = context.resource(|| Err::<Maker, _>(missing()))?;
    Ok((maker.0)(context))
}
