//! Plain Python data, as it stands between two sandboxes: what there is of it, its strict encoding ([`codec`]), and Python's own comparison
//! ([`equality`]) and text ([`repr`]) of it. Nothing here runs Python.

mod closeness;
pub mod codec;
mod data;
pub mod equality;
mod number;
pub mod repr;
mod text;

pub use self::{
    closeness::allclose,
    data::{Handle, HandleKind, Std, Value},
    text::PyStr,
};
