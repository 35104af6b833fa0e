//! The meter of the guest's build: its own tests, which stand beside it.

#[path = "../build/link/meter/mod.rs"]
mod meter;

/// What the linker has beside the meter.
fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}
