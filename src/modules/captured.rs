//! What a closure captured, copied.

use rhai::{Array, Dynamic, FnPtr, Map};

use crate::error::{Failure, Kind};

/// Captures within captures, deeper than anybody writes them.
const DEPTH: usize = 32;

/// The same closure with a copy of what it captured, down to what the closures and containers
/// among its captures hold.
///
/// Rhai shares a captured variable between the closure and its maker. Between threads that is a data
/// race, which it reports as an error, and a lost update where it does not notice. Handles stay the
/// same ones: a copy of a producer sends through that producer.
pub fn copied(function: &FnPtr) -> Result<FnPtr, Failure> {
    of_function(function, DEPTH)
}

fn of_function(function: &FnPtr, depth: usize) -> Result<FnPtr, Failure> {
    let Some(depth) = depth.checked_sub(1) else {
        let why = "cannot copy what a closure captured: it captures itself, or is nested too deep";
        return Err(Failure::new(Kind::Usage, why).with_remedy("make it a function: fn name(x)"));
    };
    let mut own = function.clone();
    let captured = function.iter_curry().map(|value| of_value(value, depth));
    own.set_curry(captured.collect::<Result<Vec<_>, _>>()?);
    Ok(own)
}

fn of_value(value: &Dynamic, depth: usize) -> Result<Dynamic, Failure> {
    let own = value.flatten_clone();
    if let Some(function) = own.read_lock::<FnPtr>() {
        return Ok(of_function(&function, depth)?.into());
    }
    if let Some(items) = own.read_lock::<Array>() {
        return Ok(items
            .iter()
            .map(|item| of_value(item, depth))
            .collect::<Result<Array, _>>()?
            .into());
    }
    if let Some(map) = own.read_lock::<Map>() {
        let entries = map.iter().map(|(key, item)| Ok((key.clone(), of_value(item, depth)?)));
        return Ok(entries.collect::<Result<Map, Failure>>()?.into());
    }
    Ok(own)
}
