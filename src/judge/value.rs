//! Plain Python data, as it stands between two sandboxes.

use num_bigint::BigInt;

/// A Python value of exactly one of these types; nothing else crosses the sandbox wall.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `None`.
    None,
    /// `...`.
    Ellipsis,
    /// `bool`.
    Bool(bool),
    /// `int` that fits 64 bits; always this variant when it does.
    Int(i64),
    /// `int` that does not.
    BigInt(BigInt),
    /// `float`.
    Float(f64),
    /// `complex`: real and imaginary part.
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
}

/// Types of the standard library that are rebuilt as what they are.
#[derive(Debug, Clone, PartialEq)]
pub enum Std {
    /// `bytearray`.
    ByteArray(Vec<u8>),
    /// `memoryview`, flattened.
    MemoryView(Vec<u8>),
    /// `array.array`: type code and items.
    Array(char, Vec<Value>),
    /// `range`: start, stop, step (each an int, step not zero).
    Range(BigInt, BigInt, BigInt),
    /// `slice`: start, stop, step.
    Slice(Value, Value, Value),
    /// `collections.deque`: items and maximal length.
    Deque(Vec<Value>, Option<i64>),
    /// `collections.Counter`.
    Counter(Vec<(Value, Value)>),
    /// `collections.defaultdict`: name of a builtin factory, and items.
    DefaultDict(Option<String>, Vec<(Value, Value)>),
    /// `collections.OrderedDict`.
    OrderedDict(Vec<(Value, Value)>),
    /// A `namedtuple`: type name, field names, items.
    NamedTuple(String, Vec<String>, Vec<Value>),
    /// `fractions.Fraction`: numerator, denominator (positive).
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
    /// An iterator or generator, drained.
    Iterator(Vec<Value>),
    /// A builtin type, by name.
    Type(String),
    /// A builtin exception: type name and arguments.
    Exception(String, Vec<Value>),
    /// `re.Pattern`: pattern and flags.
    Pattern(Value, i64),
    /// `re.Match`: pattern, flags, string, end position, span; rebuilt by matching again.
    Match(Box<[Value; 6]>),
    /// An object of a candidate's that stays where it is: its number there and its type's name. Only in calls by reference.
    Handle(i64, String),
    /// A container of the test's, by its position among those of the arguments. Only in calls by reference.
    Reference(i64),
    /// A function of the test's, by its number. Only in calls by reference.
    FunctionReference(i64),
    /// A function of the test's with its code, or one of the library's by name. Only in a tester's requests, never in an answer.
    Function(Value),
}

/// A Python string: Unicode code points, surrogates included, in UTF-8 extended to them (`surrogatepass`). The encoding is
/// unique, so equal strings have equal bytes.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PyStr(Vec<u8>);

impl PyStr {
    /// Checks and wraps bytes in UTF-8 extended to surrogates.
    #[must_use]
    pub fn from_wtf8(bytes: Vec<u8>) -> Option<Self> {
        (std::str::from_utf8(&bytes).is_ok() || is_surrogatepass(&bytes)).then_some(Self(bytes))
    }

    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The string, where it has no surrogates.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        std::str::from_utf8(&self.0).ok()
    }

    /// The string, with surrogates replaced.
    #[must_use]
    pub fn to_string_lossy(&self) -> String {
        String::from_utf8_lossy(&self.0).into_owned()
    }
}

impl std::fmt::Debug for PyStr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.to_string_lossy())
    }
}

impl From<&str> for PyStr {
    fn from(text: &str) -> Self {
        Self(text.as_bytes().to_vec())
    }
}

/// Whether `bytes` are UTF-8 once each encoded surrogate (`ED A0..BF xx`) is set aside.
fn is_surrogatepass(mut bytes: &[u8]) -> bool {
    loop {
        match std::str::from_utf8(bytes) {
            Ok(_) => return true,
            Err(error) => {
                bytes = &bytes[error.valid_up_to()..];
                match bytes {
                    [0xED, 0xA0..=0xBF, 0x80..=0xBF, rest @ ..] => bytes = rest,
                    _ => return false,
                }
            }
        }
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
    pub(super) fn any(&self, test: &impl Fn(&Self) -> bool) -> bool {
        test(self)
            || match self {
                Self::List(items) | Self::Tuple(items) | Self::Set(items) | Self::FrozenSet(items) => {
                    items.iter().any(|item| item.any(test))
                }
                Self::Dict(items) => items.iter().any(|(key, value)| key.any(test) || value.any(test)),
                Self::Std(std) => std.any(test),
                _ => false,
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
        }
    }
}

impl Std {
    fn any(&self, test: &impl Fn(&Value) -> bool) -> bool {
        match self {
            Self::Array(_, items)
            | Self::Deque(items, _)
            | Self::NamedTuple(_, _, items)
            | Self::DictKeys(items)
            | Self::DictValues(items)
            | Self::DictItems(items)
            | Self::Iterator(items)
            | Self::Exception(_, items) => items.iter().any(|item| item.any(test)),
            Self::Counter(items) | Self::DefaultDict(_, items) | Self::OrderedDict(items) => {
                items.iter().any(|(key, value)| key.any(test) || value.any(test))
            }
            Self::Slice(start, stop, step) => [start, stop, step].into_iter().any(|bound| bound.any(test)),
            Self::Pattern(pattern, _) => pattern.any(test),
            Self::Match(parts) => parts.iter().any(|part| part.any(test)),
            Self::Function(payload) => payload.any(test),
            _ => false,
        }
    }

    /// Whether it only means something in a call by reference.
    pub(super) fn is_by_reference(&self) -> bool {
        matches!(self, Self::Handle(..) | Self::Reference(_) | Self::FunctionReference(_) | Self::Function(_))
    }

    fn type_name(&self) -> &str {
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
            Self::Type(_) => "type",
            Self::Pattern(..) => "Pattern",
            Self::Match(_) => "Match",
            Self::Reference(_) => "reference",
            Self::Function(_) | Self::FunctionReference(_) => "function",
            Self::NamedTuple(name, ..) | Self::Exception(name, _) | Self::Handle(_, name) => name,
        }
    }
}
