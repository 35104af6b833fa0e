//! Plain Python data, as it stands between two sandboxes.

use num_bigint::BigInt;

use super::text::PyStr;

/// A Python value of exactly one of these types; nothing else crosses the sandbox wall.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `None`.
    None,
    /// `...`.
    Ellipsis,
    /// `bool`.
    Bool(bool),
    /// An `int` that fits 64 bits; always this variant when it does.
    Int(i64),
    /// An `int` that does not.
    BigInt(BigInt),
    /// `float`.
    Float(f64),
    /// `complex`: the real and the imaginary part.
    Complex(f64, f64),
    /// `str`.
    Str(PyStr),
    /// `bytes`.
    Bytes(Vec<u8>),
    /// `list`.
    List(Vec<Value>),
    /// `tuple`.
    Tuple(Vec<Value>),
    /// `set`, in the order of its elements' encodings.
    Set(Vec<Value>),
    /// `frozenset`, likewise.
    FrozenSet(Vec<Value>),
    /// `dict`, in insertion order.
    Dict(Vec<(Value, Value)>),
    /// Another type of the standard library.
    Std(Box<Std>),
    /// A value that stands elsewhere in its message too, with its number there. Only in values decoded as graphs.
    Shared(u32, Box<Value>),
    /// The shared value of that number, once more: after it, or inside.
    Again(u32),
}

/// Types of the standard library that are rebuilt as what they are.
#[derive(Debug, Clone, PartialEq)]
pub enum Std {
    /// `bytearray`.
    ByteArray(Vec<u8>),
    /// `memoryview`, flattened.
    MemoryView(Vec<u8>),
    /// `array.array`: the type code and the items.
    Array(char, Vec<Value>),
    /// `range`: start, stop, step (each an int, step not zero).
    Range(BigInt, BigInt, BigInt),
    /// `slice`: start, stop, step.
    Slice(Value, Value, Value),
    /// `collections.deque`: the items and the maximal length.
    Deque(Vec<Value>, Option<i64>),
    /// `collections.Counter`.
    Counter(Vec<(Value, Value)>),
    /// `collections.defaultdict`: its factory (the name of a builtin one; in conversations, else a token), and its items.
    DefaultDict(Option<Value>, Vec<(Value, Value)>),
    /// `collections.OrderedDict`.
    OrderedDict(Vec<(Value, Value)>),
    /// A `namedtuple`: the type name, the field names and the items.
    NamedTuple(String, Vec<String>, Vec<Value>),
    /// `fractions.Fraction`: the numerator and the denominator (positive).
    Fraction(BigInt, BigInt),
    /// `decimal.Decimal`, as its string.
    Decimal(String),
    /// `datetime.date`, ISO 8601.
    Date(String),
    /// `datetime.time`, ISO 8601.
    Time(String),
    /// `datetime.datetime`, ISO 8601.
    DateTime(String),
    /// `datetime.timedelta`: days, seconds, microseconds, normalised as Python does.
    TimeDelta(i64, i64, i64),
    /// `dict.keys()`.
    DictKeys(Vec<Value>),
    /// `dict.values()`.
    DictValues(Vec<Value>),
    /// `dict.items()`, as a list of pairs.
    DictItems(Vec<Value>),
    /// An iterator, drained: where the host compares, and asks for no item.
    Iterator(Vec<Value>),
    /// `collections.UserList`.
    UserList(Value),
    /// `collections.UserDict`.
    UserDict(Value),
    /// `collections.ChainMap`.
    ChainMap(Vec<Value>),
    /// `types.MappingProxyType`.
    MappingProxy(Value),
    /// `time.struct_time`: nine numbers.
    StructTime(Vec<Value>),
    /// `NotImplemented`.
    NotImplemented,
    /// A type of the interpreter's or the library's, by its name, after that of its module where that is not `builtins`.
    Type(String),
    /// A builtin exception: the type name and the arguments.
    Exception(String, Vec<Value>),
    /// `re.Pattern`: the pattern and the flags.
    Pattern(Value, i64),
    /// `re.Match`: the pattern, the flags, the string, the end position and the span; rebuilt by matching again.
    Match(Box<[Value; 6]>),
    /// Something of the sender's that stays where it is. Only in conversations, as are all that follow; see
    /// `guest/python/tracewright_guest/remote.py`.
    Handle(Handle),
    /// Something of the receiver's that comes home: its number, or a name of the candidate's program.
    Home(Value),
    /// A container that both sides hold while calls are under way, by its position among those.
    Held(i64),
    /// An object of a subclass of a plain type, with the value that its base class holds.
    Subclass(Handle, Value),
    /// An object where the reference gave data: the error that using it is.
    Opaque(Value),
    /// A namedtuple whose fields are not had by their names. Only on the way to a tester.
    Sealed(Value),
    /// A function of the test's with its code, or one of the library's by name. Only in a tester's requests, never in an answer.
    Function(Value),
}

/// Something that stays on its side of the sandbox wall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handle {
    /// The handle's number there.
    pub number: i64,
    /// The name of its type, or its own.
    pub name: String,
    /// The kind of thing behind the handle.
    pub kind: HandleKind,
}

/// The kind of thing behind a handle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandleKind {
    /// An object.
    Object,
    /// A callable, which is only called.
    Callable,
    /// A class.
    Class,
    /// An iterator of the library's, of which only items are asked.
    Iterator,
    /// A generator, likewise.
    Generator,
    /// An object that is an iterator too.
    IteratorObject,
    /// A coroutine, which is only awaited.
    Coroutine,
}

impl HandleKind {
    /// The kind's letter in the wire format.
    #[must_use]
    pub fn letter(self) -> &'static str {
        match self {
            Self::Object => "o",
            Self::Callable => "c",
            Self::Class => "t",
            Self::Iterator => "i",
            Self::Generator => "g",
            Self::IteratorObject => "x",
            Self::Coroutine => "a",
        }
    }

    /// Reads a letter of [`letter`](Self::letter).
    #[must_use]
    pub fn from_letter(letter: &str) -> Option<Self> {
        use HandleKind::{Callable, Class, Coroutine, Generator, Iterator, IteratorObject, Object};
        [Object, Callable, Class, Iterator, Generator, IteratorObject, Coroutine]
            .into_iter()
            .find(|kind| kind.letter() == letter)
    }
}

impl Value {
    /// A string.
    #[must_use]
    pub fn str(text: &str) -> Self {
        Self::Str(text.into())
    }

    /// An integer, in its only representation.
    #[must_use]
    pub fn int(value: BigInt) -> Self {
        i64::try_from(&value).map_or(Self::BigInt(value), Self::Int)
    }

    /// The integer, where this is one (not a bool).
    #[must_use]
    pub fn as_bigint(&self) -> Option<BigInt> {
        match self {
            Self::Int(value) => Some((*value).into()),
            Self::BigInt(value) => Some(value.clone()),
            _ => None,
        }
    }

    /// The items of a list or tuple.
    #[must_use]
    pub fn as_sequence(&self) -> Option<&[Self]> {
        match self {
            Self::List(items) | Self::Tuple(items) => Some(items),
            _ => None,
        }
    }

    /// The text of a string without surrogates.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Str(text) => text.as_str(),
            _ => None,
        }
    }

    /// Whether `test` holds for it or for a value in it.
    pub(crate) fn any(&self, test: &impl Fn(&Self) -> bool) -> bool {
        test(self) || self.children().into_iter().any(|child| child.any(test))
    }

    /// The values in it, one level down; of mappings keys and values in turn.
    pub(crate) fn children(&self) -> Vec<&Self> {
        match self {
            Self::List(items) | Self::Tuple(items) | Self::Set(items) | Self::FrozenSet(items) => {
                items.iter().collect()
            }
            Self::Dict(items) => items.iter().flat_map(|(key, value)| [key, value]).collect(),
            Self::Std(std) => std.children(),
            Self::Shared(_, value) => vec![value],
            _ => Vec::new(),
        }
    }

    /// The children, to change them.
    pub(crate) fn children_mut(&mut self) -> Vec<&mut Self> {
        match self {
            Self::List(items) | Self::Tuple(items) | Self::Set(items) | Self::FrozenSet(items) => {
                items.iter_mut().collect()
            }
            Self::Dict(items) => items.iter_mut().flat_map(|(key, value)| [key, value]).collect(),
            Self::Std(std) => std.children_mut(),
            Self::Shared(_, value) => vec![value],
            _ => Vec::new(),
        }
    }

    /// The name of its Python type.
    #[must_use]
    pub fn type_name(&self) -> &str {
        match self {
            Self::None => "NoneType",
            Self::Ellipsis => "ellipsis",
            Self::Bool(_) => "bool",
            Self::Int(_) | Self::BigInt(_) => "int",
            Self::Float(_) => "float",
            Self::Complex(..) => "complex",
            Self::Str(_) => "str",
            Self::Bytes(_) => "bytes",
            Self::List(_) => "list",
            Self::Tuple(_) => "tuple",
            Self::Set(_) => "set",
            Self::FrozenSet(_) => "frozenset",
            Self::Dict(_) => "dict",
            Self::Std(std) => std.type_name(),
            Self::Shared(_, value) => value.type_name(),
            Self::Again(_) => "object",
        }
    }
}

impl Std {
    fn children(&self) -> Vec<&Value> {
        match self {
            Self::Array(_, items)
            | Self::Deque(items, _)
            | Self::NamedTuple(_, _, items)
            | Self::DictKeys(items)
            | Self::DictValues(items)
            | Self::DictItems(items)
            | Self::Iterator(items)
            | Self::ChainMap(items)
            | Self::StructTime(items)
            | Self::Exception(_, items) => items.iter().collect(),
            Self::Counter(items) | Self::DefaultDict(_, items) | Self::OrderedDict(items) => {
                items.iter().flat_map(|(key, value)| [key, value]).collect()
            }
            Self::Slice(start, stop, step) => vec![start, stop, step],
            Self::Pattern(item, _)
            | Self::UserList(item)
            | Self::UserDict(item)
            | Self::MappingProxy(item)
            | Self::Home(item)
            | Self::Subclass(_, item)
            | Self::Opaque(item)
            | Self::Sealed(item)
            | Self::Function(item) => vec![item],
            Self::Match(parts) => parts.iter().collect(),
            _ => Vec::new(),
        }
    }

    fn children_mut(&mut self) -> Vec<&mut Value> {
        match self {
            Self::Array(_, items)
            | Self::Deque(items, _)
            | Self::NamedTuple(_, _, items)
            | Self::DictKeys(items)
            | Self::DictValues(items)
            | Self::DictItems(items)
            | Self::Iterator(items)
            | Self::ChainMap(items)
            | Self::StructTime(items)
            | Self::Exception(_, items) => items.iter_mut().collect(),
            Self::Counter(items) | Self::DefaultDict(_, items) | Self::OrderedDict(items) => {
                items.iter_mut().flat_map(|(key, value)| [key, value]).collect()
            }
            Self::Slice(start, stop, step) => vec![start, stop, step],
            Self::Pattern(item, _)
            | Self::UserList(item)
            | Self::UserDict(item)
            | Self::MappingProxy(item)
            | Self::Home(item)
            | Self::Subclass(_, item)
            | Self::Opaque(item)
            | Self::Sealed(item)
            | Self::Function(item) => vec![item],
            Self::Match(parts) => parts.iter_mut().collect(),
            _ => Vec::new(),
        }
    }

    /// Whether it only means something in a conversation.
    pub(crate) fn is_token(&self) -> bool {
        matches!(
            self,
            Self::Handle(_)
                | Self::Home(_)
                | Self::Held(_)
                | Self::Subclass(..)
                | Self::Opaque(_)
                | Self::Sealed(_)
                | Self::Function(_)
        )
    }

    pub(crate) fn type_name(&self) -> &str {
        match self {
            Self::ByteArray(_) => "bytearray",
            Self::MemoryView(_) => "memoryview",
            Self::Array(..) => "array",
            Self::Range(..) => "range",
            Self::Slice(..) => "slice",
            Self::Deque(..) => "deque",
            Self::Counter(_) => "Counter",
            Self::DefaultDict(..) => "defaultdict",
            Self::OrderedDict(_) => "OrderedDict",
            Self::Fraction(..) => "Fraction",
            Self::Decimal(_) => "Decimal",
            Self::Date(_) => "date",
            Self::Time(_) => "time",
            Self::DateTime(_) => "datetime",
            Self::TimeDelta(..) => "timedelta",
            Self::DictKeys(_) => "dict_keys",
            Self::DictValues(_) => "dict_values",
            Self::DictItems(_) => "dict_items",
            Self::Iterator(_) => "iterator",
            Self::UserList(_) => "UserList",
            Self::UserDict(_) => "UserDict",
            Self::ChainMap(_) => "ChainMap",
            Self::MappingProxy(_) => "mappingproxy",
            Self::StructTime(_) => "struct_time",
            Self::NotImplemented => "NotImplementedType",
            Self::Type(_) => "type",
            Self::Pattern(..) => "Pattern",
            Self::Match(_) => "Match",
            Self::Home(_) | Self::Held(_) | Self::Opaque(_) => "object",
            Self::Function(_) => "function",
            Self::Sealed(tuple) => tuple.type_name(),
            Self::Handle(handle) | Self::Subclass(handle, _) => &handle.name,
            Self::NamedTuple(name, ..) | Self::Exception(name, _) => name,
        }
    }
}
