//! The guest's mathematical functions (interface `libm` of its world): correctly rounded, so that they are the same on every
//! machine and agree with any C library where that one is right.

use wasmtime::{StoreContextMut, Trap, component::LinkerInstance};

use super::state::State;

/// The fuel that one call costs, about what the C library's own functions burn.
const FUEL: u64 = 100;

/// Functions of one and of two numbers, by the names that the C library has for them.
type OfOne = (&'static str, fn(f64) -> f64);
type OfTwo = (&'static str, fn(f64, f64) -> f64);

const OF_ONE: [OfOne; 22] = [
    ("acos", core_math::acos),
    ("acosh", core_math::acosh),
    ("asin", core_math::asin),
    ("asinh", core_math::asinh),
    ("atan", core_math::atan),
    ("atanh", core_math::atanh),
    ("cbrt", core_math::cbrt),
    ("cos", core_math::cos),
    ("cosh", core_math::cosh),
    ("erf", core_math::erf),
    ("erfc", core_math::erfc),
    ("exp", core_math::exp),
    ("exp2", core_math::exp2),
    ("expm1", core_math::expm1),
    ("log", core_math::log),
    ("log10", core_math::log10),
    ("log1p", core_math::log1p),
    ("log2", core_math::log2),
    ("sin", core_math::sin),
    ("sinh", core_math::sinh),
    ("tan", core_math::tan),
    ("tanh", core_math::tanh),
];

const OF_TWO: [OfTwo; 3] = [("atan2", core_math::atan2), ("hypot", core_math::hypot), ("pow", core_math::pow)];

/// Defines the functions in `libm`.
pub(super) fn link(libm: &mut LinkerInstance<'_, State>) -> wasmtime::Result<()> {
    for (name, function) in OF_ONE {
        libm.func_wrap(name, move |store: StoreContextMut<'_, State>, (x,): (f64,)| {
            charge(&store)?;
            Ok((canonical(function(x)),))
        })?;
    }
    for (name, function) in OF_TWO {
        libm.func_wrap(name, move |store: StoreContextMut<'_, State>, (x, y): (f64, f64)| {
            charge(&store)?;
            Ok((canonical(function(x, y)),))
        })?;
    }
    Ok(())
}

/// Takes the fuel of one call: what the host computes for a program must not be free.
fn charge(store: &StoreContextMut<'_, State>) -> wasmtime::Result<()> {
    store.data().charge(FUEL);
    if store.data().is_exhausted() { Err(Trap::OutOfFuel.into()) } else { Ok(()) }
}

/// The one NaN that the guest's own operators give.
fn canonical(value: f64) -> f64 {
    if value.is_nan() { f64::NAN } else { value }
}
