//! The shapes of answers: where in an answer something stands that is more than inert data.
//!
//! Inert are values that do nothing but what the library's own types do. A shape says of each place whether something else stands there:
//! an object, something of the tester's own, a builtin type. Places are told apart as Python would: items of sequences by their index,
//! values of mappings by their key, fields of a namedtuple by its fields; items of sets not at all.

use std::collections::{BTreeMap, HashMap};

use super::key::{Key, short};
use crate::value::{Handle, HandleKind, Std, Value, codec};

/// The number of parts of shapes that are made for one message: what is shared in it counts each time that it stands somewhere.
const PARTS_BOUND: usize = 1_000_000;

/// The shape of a place: the kind of thing that stands there, and at the places in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Shape {
    /// Inert data. Iterators count as that: what they give is an answer in turn.
    #[default]
    Data,
    /// A function, or another thing of the program's that is there to be called.
    Function,
    /// The value that holds this place, once more.
    Back,
    /// Something of the tester's own, or one of its containers that hold some: what holds such things likewise may stand there.
    Home,
    /// A builtin type: its name, where it is an exception.
    Type(Option<String>),
    /// An object, a class, or a function of which more is asked than calls.
    Object,
    /// An object whose class is derived from that of a plain value, with the shape of that.
    Subclass(Box<Shape>),
    /// The items of something, and whether all are alike: then further ones are so too. Of a set, the shape of any of
    /// them, once.
    Items(Kind, Vec<Shape>, bool),
    /// The keys of a mapping, by the shape of any of them; its values by the digest of their key, by [`UNKEYED`] those whose key is no
    /// data; whether all are alike, as of items.
    Mapping(Box<Shape>, BTreeMap<Key, Shape>, bool),
}

/// A kind of value with items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A list, a tuple, a deque.
    Sequence,
    /// A set, whose items have no place.
    Set,
    /// A namedtuple with these fields.
    Fields(Vec<String>),
    /// Something else of the library's, by its name.
    Other(String),
}

/// The key of values whose key is no data.
const UNKEYED: Key = [0; 16];

/// The shape of places of which nothing else is known.
pub(super) static DATA: Shape = Shape::Data;

impl Kind {
    pub(super) fn of(value: &Value) -> Self {
        match value {
            Value::List(_) | Value::Tuple(_) => Self::Sequence,
            Value::Set(_) | Value::FrozenSet(_) => Self::Set,
            Value::Std(std) => match std.as_ref() {
                Std::Deque(..) | Std::DictValues(_) | Std::Iterator(_) => Self::Sequence,
                Std::DictKeys(_) | Std::DictItems(_) => Self::Set,
                Std::NamedTuple(_, fields, _) => Self::Fields(fields.clone()),
                std => Self::Other(std.type_name().to_owned()),
            },
            value => Self::Other(value.type_name().to_owned()),
        }
    }

    /// Whether items have the same places in both.
    fn is_like(&self, other: &Self) -> bool {
        let in_order = |kind: &Self| matches!(kind, Self::Sequence | Self::Fields(_));
        self == other || in_order(self) && in_order(other)
    }
}

impl Shape {
    /// The shape of the item at `index` of what is a `kind`, where this was given.
    pub(super) fn item(&self, kind: &Kind, index: usize) -> &Self {
        match self {
            Self::Items(own, items, _) if own.is_like(kind) => items.get(index).unwrap_or(self.further()),
            Self::Items(Kind::Set, ..) if *kind == Kind::Sequence => self.further(),
            Self::Items(Kind::Sequence, ..) if *kind == Kind::Set => self.further(),
            _ => &DATA,
        }
    }

    /// The shape of items and values beyond those that are known.
    fn further(&self) -> &Self {
        let first = match self {
            Self::Items(_, items, true) => items.first(),
            Self::Mapping(_, values, true) => values.values().next(),
            _ => None,
        };
        first.unwrap_or(&DATA)
    }

    /// Whether what stands there has items of its own, other than data.
    pub(super) fn has_items(&self) -> bool {
        matches!(self, Self::Home | Self::Items(..))
    }

    /// Returns the shape of an answer that holds items from `start` on, and how the iterator ended.
    pub(super) fn items_from(&self, start: usize) -> Self {
        match self {
            Self::Items(_, items, alike) => {
                // Of those that are alike one is enough.
                let items = if *alike { &items[..1] } else { items.get(start..).unwrap_or_default() };
                let items = Self::Items(Kind::Sequence, items.to_vec(), *alike);
                Self::Items(Kind::Sequence, vec![items, Self::Data], false)
            }
            Self::Home => Self::Items(Kind::Sequence, vec![Self::Home, Self::Data], false),
            _ => Self::Data,
        }
    }

    /// The shape of the keys of a mapping.
    pub(super) fn keys(&self) -> &Self {
        if let Self::Mapping(keys, ..) = self { keys } else { &DATA }
    }

    /// The shape of the value with the key of that digest.
    pub(super) fn value(&self, key: Key) -> &Self {
        match self {
            Self::Mapping(_, values, _) => values.get(&key).unwrap_or(self.further()),
            _ => &DATA,
        }
    }

    /// Whether something of the tester's own stands anywhere.
    pub(super) fn holds_home(&self) -> bool {
        match self {
            Self::Home => true,
            Self::Subclass(held) => held.holds_home(),
            Self::Items(_, items, _) => items.iter().any(Self::holds_home),
            Self::Mapping(keys, values, _) => keys.holds_home() || values.values().any(Self::holds_home),
            _ => false,
        }
    }

    /// Returns the shape of places where either may stand.
    fn either(&self, other: &Self) -> Self {
        match (self, other) {
            (a, b) if a == b => a.clone(),
            (Self::Data | Self::Back, shape) | (shape, Self::Data | Self::Back) => shape.clone(),
            (Self::Items(a, xs, _), Self::Items(b, ys, _)) if *a != Kind::Set && a.is_like(b) => {
                let longer = xs.len().max(ys.len());
                let items = (0..longer).map(|index| self.item(a, index).either(other.item(b, index))).collect();
                items_of(if a == b { a.clone() } else { Kind::Sequence }, items)
            }
            (Self::Type(_), Self::Type(_)) => Self::Type(None),
            (Self::Subclass(a), Self::Subclass(b)) => Self::Subclass(Box::new(a.either(b))),
            _ => Self::Object,
        }
    }

    /// Returns what two have in common.
    pub(super) fn common(&self, other: &Self) -> Self {
        match (self, other) {
            (a, b) if a == b => a.clone(),
            (Self::Items(Kind::Set, ..), Self::Items(Kind::Set, ..)) => {
                items_of(Kind::Set, vec![self.further().common(other.further())])
            }
            (Self::Items(a, xs, _), Self::Items(b, ys, _)) if a.is_like(b) => {
                let longer = xs.len().max(ys.len());
                let items = (0..longer).map(|index| self.item(a, index).common(other.item(b, index))).collect();
                items_of(if a == b { a.clone() } else { Kind::Sequence }, items)
            }
            (Self::Mapping(a, xs, _), Self::Mapping(b, ys, _)) => {
                let keys = xs.keys().chain(ys.keys());
                let values = keys.map(|key| (*key, self.value(*key).common(other.value(*key)))).collect();
                mapping_of(a.common(b), values)
            }
            (Self::Subclass(a), Self::Subclass(b)) => Self::Subclass(Box::new(a.common(b))),
            (Self::Object, Self::Subclass(held)) | (Self::Subclass(held), Self::Object) => Self::Subclass(held.clone()),
            (Self::Type(_), Self::Type(_)) => Self::Type(None),
            _ => Self::Data,
        }
    }

    pub(super) fn to_value(&self) -> Value {
        match self {
            Self::Data => Value::None,
            Self::Function => Value::Int(0),
            Self::Back => Value::Ellipsis,
            Self::Home => Value::Bool(false),
            Self::Type(name) => Value::str(name.as_deref().unwrap_or_default()),
            Self::Object => Value::Bool(true),
            Self::Subclass(held) => Value::Tuple(vec![held.to_value()]),
            Self::Items(kind, items, _) => {
                let kind = match kind {
                    Kind::Sequence => Value::None,
                    Kind::Set => Value::Ellipsis,
                    Kind::Fields(fields) => Value::Tuple(fields.iter().map(|field| Value::str(field)).collect()),
                    Kind::Other(name) => Value::str(name),
                };
                Value::List(std::iter::once(kind).chain(items.iter().map(Self::to_value)).collect())
            }
            Self::Mapping(keys, values, _) => {
                let values = values.iter().map(|(key, value)| (Value::Bytes(key.to_vec()), value.to_value()));
                Value::Dict(std::iter::once((Value::None, keys.to_value())).chain(values).collect())
            }
        }
    }

    pub(super) fn from_value(value: &Value) -> Option<Self> {
        Some(match value {
            Value::None => Self::Data,
            Value::Int(0) => Self::Function,
            Value::Ellipsis => Self::Back,
            Value::Bool(false) => Self::Home,
            Value::Str(name) => Self::Type(Some(name.as_str()?.to_owned()).filter(|name| !name.is_empty())),
            Value::Bool(true) => Self::Object,
            Value::Tuple(held) => match held.as_slice() {
                [held] => Self::Subclass(Box::new(Self::from_value(held)?)),
                _ => return None,
            },
            Value::List(parts) => {
                let (kind, items) = parts.split_first()?;
                let kind = match kind {
                    Value::None => Kind::Sequence,
                    Value::Ellipsis => Kind::Set,
                    Value::Tuple(fields) => Kind::Fields(
                        fields.iter().map(|field| field.as_str().map(str::to_owned)).collect::<Option<_>>()?,
                    ),
                    name => Kind::Other(name.as_str()?.to_owned()),
                };
                items_of(kind, items.iter().map(Self::from_value).collect::<Option<_>>()?)
            }
            Value::Dict(items) => {
                let ((Value::None, keys), values) = items.split_first()? else { return None };
                let value = |(key, value): &(Value, Value)| match key {
                    Value::Bytes(key) => Some((Key::try_from(key.as_slice()).ok()?, Self::from_value(value)?)),
                    _ => None,
                };
                mapping_of(Self::from_value(keys)?, values.iter().map(value).collect::<Option<_>>()?)
            }
            _ => return None,
        })
    }
}

/// The shape of items, which is that of data where all of them are.
pub(super) fn items_of(kind: Kind, items: Vec<Shape>) -> Shape {
    if items.iter().all(|item| matches!(item, Shape::Data | Shape::Back)) {
        return Shape::Data;
    }
    if kind == Kind::Set {
        let any = items.iter().skip(1).fold(items[0].clone(), |any, item| any.either(item));
        return Shape::Items(kind, vec![any], true);
    }
    let alike = are_alike(items.iter());
    Shape::Items(kind, items, alike)
}

fn mapping_of(keys: Shape, values: BTreeMap<Key, Shape>) -> Shape {
    if keys == Shape::Data && values.values().all(|value| *value == Shape::Data) {
        return Shape::Data;
    }
    let alike = are_alike(values.values());
    Shape::Mapping(Box::new(keys), values, alike)
}

/// Whether all have one shape. (A copy of it would double the whole at each level.)
fn are_alike<'a>(mut shapes: impl Iterator<Item = &'a Shape>) -> bool {
    shapes.next().is_some_and(|first| shapes.all(|shape| shape == first))
}

/// Whether a handle counts as an object: of iterators and generators a test gets items only, of coroutines what they return.
pub(super) fn is_object(handle: &Handle) -> bool {
    !matches!(handle.kind, HandleKind::Iterator | HandleKind::Generator | HandleKind::Coroutine)
}

/// The items of a mapping.
fn pairs(value: &Value) -> Option<&[(Value, Value)]> {
    match value {
        Value::Dict(items) => Some(items),
        Value::Std(std) => match std.as_ref() {
            Std::Counter(items) | Std::DefaultDict(_, items) | Std::OrderedDict(items) => Some(items),
            _ => None,
        },
        _ => None,
    }
}

/// Returns the digest by which a mapping's value is known: that of its key, where that is data.
pub(super) fn key_of(key: &Value) -> Key {
    let is_data = |value: &Value| match value {
        Value::Again(_) => false,
        Value::Std(std) => !std.is_token() && !matches!(std.as_ref(), Std::Type(_)),
        _ => true,
    };
    if key.any(&|value| !is_data(value)) {
        UNKEYED
    } else {
        short(blake3::Hasher::new().update(&codec::encode(&plain(key))))
    }
}

/// Returns a key as it is compared: a number is the same of whatever type, and whether it is shared does not matter.
fn plain(key: &Value) -> Value {
    match key {
        Value::Shared(_, value) => plain(value),
        Value::Bool(value) => Value::Int(i64::from(*value)),
        Value::Float(value) if value.fract() == 0.0 && value.abs() < 1e15 => {
            #[expect(clippy::cast_possible_truncation, reason = "it is whole, and small enough")]
            let whole = *value as i64;
            Value::Int(whole)
        }
        Value::Tuple(items) => Value::Tuple(items.iter().map(plain).collect()),
        Value::FrozenSet(items) => Value::FrozenSet(items.iter().map(plain).collect()),
        Value::Std(std) => match std.as_ref() {
            // Rarely keys, and equal to numbers of other types: all of them are one.
            Std::Fraction(..) | Std::Decimal(_) => Value::Ellipsis,
            _ => key.clone(),
        },
        Value::Complex(..) => Value::Ellipsis,
        key => key.clone(),
    }
}

/// A survey of one message, which makes the shapes of its parts.
pub(super) struct Survey {
    /// Whether objects count, or are taken for tokens that a test may ignore.
    objects: bool,
    /// Whether containers of the tester's hold things of its own.
    homes: bool,
    /// The shapes of what is shared, as far as it has been read.
    shared: HashMap<u32, (Shape, usize)>,
    /// The number of parts so far.
    parts: usize,
}

impl Survey {
    pub(super) fn new(objects: bool, homes: bool) -> Self {
        Self { objects, homes, shared: HashMap::new(), parts: 0 }
    }

    /// The shape of `value`, which follows in its message what was surveyed before.
    pub(super) fn shape(&mut self, value: &Value) -> Shape {
        self.parts += 1;
        match value {
            Value::Shared(number, value) => {
                let before = self.parts;
                let shape = self.shape(value);
                self.shared.insert(*number, (shape.clone(), self.parts - before));
                return shape;
            }
            Value::Again(number) => {
                return match self.shared.get(number) {
                    Some((Shape::Data, _)) => Shape::Data,
                    Some((shape, parts)) if self.parts + parts < PARTS_BOUND => {
                        self.parts += parts;
                        shape.clone()
                    }
                    _ => Shape::Back,
                };
            }
            Value::Std(std) => match std.as_ref() {
                Std::Handle(handle) if !is_object(handle) => return Shape::Data,
                Std::Handle(_) if self.objects => return Shape::Object,
                Std::Handle(handle) => {
                    let is_called = matches!(handle.kind, HandleKind::Callable | HandleKind::Class);
                    return if is_called { Shape::Function } else { Shape::Data };
                }
                Std::Subclass(_, held) => {
                    let held = self.shape(held);
                    return if self.objects { Shape::Subclass(Box::new(held)) } else { held };
                }
                Std::Home(_) => return Shape::Home,
                Std::Held(_) => return if self.homes { Shape::Home } else { Shape::Data },
                Std::Type(name) => return Shape::Type(is_exception(name).then(|| name.clone())),
                _ => {}
            },
            _ => {}
        }
        if let Some(pairs) = pairs(value) {
            let mut keys: Option<Shape> = None;
            let mut values: BTreeMap<Key, Shape> = BTreeMap::new();
            for (key, value) in pairs {
                let shape = self.shape(key);
                keys = Some(keys.map_or_else(|| shape.clone(), |keys| keys.either(&shape)));
                let (key, shape) = (key_of(key), self.shape(value));
                // Those that no key tells apart are as the items of a set.
                let shape = values.get(&key).map_or_else(|| shape.clone(), |known| known.either(&shape));
                values.insert(key, shape);
            }
            return mapping_of(keys.unwrap_or(Shape::Data), values);
        }
        let items: Vec<Shape> = value.children().into_iter().map(|item| self.shape(item)).collect();
        if items.is_empty() { Shape::Data } else { items_of(Kind::of(value), items) }
    }
}

/// Whether a builtin type is an exception: types are known by their names on both sides.
pub(super) fn is_exception(name: &str) -> bool {
    name.starts_with(char::is_uppercase) && !["NoneType", "NotImplementedType"].contains(&name)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shape() -> impl Strategy<Value = Shape> {
        let leaf = prop_oneof![
            Just(Shape::Data),
            Just(Shape::Back),
            Just(Shape::Home),
            Just(Shape::Object),
            Just(Shape::Function),
            Just(Shape::Type(None)),
            Just(Shape::Type(Some("ValueError".to_owned()))),
        ];
        let kind = prop_oneof![
            Just(Kind::Sequence),
            Just(Kind::Set),
            Just(Kind::Fields(vec!["a".to_owned(), "b".to_owned()])),
            Just(Kind::Other("Exception".to_owned())),
        ];
        leaf.prop_recursive(4, 24, 4, move |inner| {
            let items = prop::collection::vec(inner.clone(), 1..4);
            let values = prop::collection::btree_map(any::<Key>(), inner.clone(), 0..4);
            prop_oneof![
                (kind.clone(), items).prop_map(|(kind, items)| items_of(kind, items)),
                (inner.clone(), values).prop_map(|(keys, values)| mapping_of(keys, values)),
                inner.prop_map(|held| Shape::Subclass(Box::new(held))),
            ]
        })
    }

    proptest! {
        #[test]
        fn a_shape_is_read_as_it_was_written(shape in shape()) {
            prop_assert_eq!(Shape::from_value(&shape.to_value()), Some(shape));
        }

        #[test]
        fn what_two_have_in_common_is_the_same_both_ways(a in shape(), b in shape()) {
            prop_assert_eq!(a.common(&a), a.clone());
            prop_assert_eq!(a.common(&b), b.common(&a));
        }
    }

    #[test]
    fn parts_are_told_apart_by_key() {
        let node = Value::Std(Box::new(Std::Home(Value::Int(0))));
        let dict = Value::Dict(vec![(Value::str("n"), Value::Int(5)), (Value::str("node"), node)]);
        let shape = Survey::new(true, false).shape(&dict);
        assert_eq!(shape.value(key_of(&Value::str("node"))), &Shape::Home);
        assert_eq!(shape.value(key_of(&Value::str("n"))), &Shape::Data);
        assert_eq!(shape.value(key_of(&Value::str("other"))), &Shape::Data);
        assert_eq!(shape.item(&Kind::Sequence, 1), &Shape::Data);
    }
}
