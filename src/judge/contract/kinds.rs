//! The kinds of values that the filter treats in ways of their own.

use super::shape::{Kind, Shape};
use crate::value::{Std, Value};

/// Whether it is a namedtuple that the reference did not give there and whose fields could pass for methods.
pub(super) fn is_disguise(shape: Option<&Shape>, value: &Value) -> bool {
    let Value::Std(std) = value else { return false };
    let Std::NamedTuple(_, fields, items) = std.as_ref() else { return false };
    let is_given = match shape {
        Some(Shape::Items(Kind::Fields(there), ..)) => there == fields,
        Some(Shape::Object) => true,
        _ => false,
    };
    !is_given && items.iter().any(may_be_called)
}

fn may_be_called(value: &Value) -> bool {
    match value {
        Value::Shared(_, value) => may_be_called(value),
        Value::Again(_) => true,
        Value::Std(std) => {
            std.is_token() && !matches!(std.as_ref(), Std::Held(_)) || matches!(std.as_ref(), Std::Type(_))
        }
        _ => false,
    }
}

pub(super) fn pairs_mut(value: &mut Value) -> Option<&mut [(Value, Value)]> {
    match value {
        Value::Dict(items) => Some(items),
        Value::Std(std) => match std.as_mut() {
            Std::Counter(items) | Std::DefaultDict(_, items) | Std::OrderedDict(items) => Some(items),
            _ => None,
        },
        _ => None,
    }
}

pub(super) fn is_container(value: &Value) -> bool {
    match value {
        Value::Shared(_, value) => is_container(value),
        Value::List(_) | Value::Dict(_) | Value::Set(_) => true,
        Value::Std(std) => matches!(
            std.as_ref(),
            Std::Deque(..)
                | Std::OrderedDict(_)
                | Std::DefaultDict(..)
                | Std::Counter(_)
                | Std::ByteArray(_)
                | Std::Array(..)
        ),
        _ => false,
    }
}

/// Whether it is what a container of the library's holds that is written in Python itself.
pub(super) fn is_written_in_python(value: &Value) -> bool {
    match value {
        Value::Shared(_, value) => is_written_in_python(value),
        Value::Std(std) => matches!(std.as_ref(), Std::UserList(_) | Std::UserDict(_) | Std::ChainMap(_)),
        _ => false,
    }
}
