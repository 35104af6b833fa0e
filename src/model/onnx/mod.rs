//! Building ONNX graphs.

mod proto;

use std::collections::HashSet;

use prost::Message;

pub(super) use self::proto::Element;
use self::proto::{
    Attribute, AttributeKind, DataLocation, Dimension, Graph, Model, Node, OperatorSet, Shape, Size, Tensor,
    TensorType, Type, ValueInfo, entries,
};

/// `Attention`, `RMSNormalization` and `RotaryEmbedding` came with 23; 24 is what was measured.
const OPSET: i64 = 24;
/// The version of the format, of the opset's generation.
const IR_VERSION: i64 = 11;
/// ONNX Runtime's own operators.
const CONTRIB: &str = "com.microsoft";

/// A dimension of a graph's input or output.
pub(super) enum Axis {
    Fixed(usize),
    Named(&'static str),
}

/// The place of the bytes of an initializer.
pub(super) struct External<'a> {
    /// The path, relative to the folder that the session is told.
    pub(super) location: &'a str,
    pub(super) offset: u64,
    pub(super) length: u64,
}

/// An attribute of a node.
pub(super) enum Attr {
    Int(&'static str, i64),
    Float(&'static str, f32),
    Text(&'static str, &'static str),
}

/// A graph under construction. Values are referred to by name; a node's output is named after the node.
#[derive(Default)]
pub(super) struct Builder {
    graph: Graph,
    /// The names of constants and nodes.
    names: HashSet<String>,
}

impl Builder {
    /// Whether there is a constant or a node of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// Declares an input.
    pub(super) fn input(&mut self, name: &str, element: Element, shape: &[Axis]) {
        self.graph.inputs.push(value_info(name, element, shape));
    }

    /// Declares that the value `name` is an output.
    pub(super) fn output(&mut self, name: &str, element: Element, shape: &[Axis]) {
        self.graph.outputs.push(value_info(name, element, shape));
    }

    /// Adds a constant that lies in another file.
    pub(super) fn external(&mut self, name: &str, element: Element, shape: &[usize], data: &External<'_>) {
        self.names.insert(name.into());
        self.graph.initializers.push(Tensor {
            dimensions: shape.iter().map(|size| signed(*size)).collect(),
            element: element.into(),
            name: name.into(),
            raw: None,
            external: entries([
                ("location", data.location.to_owned()),
                ("offset", data.offset.to_string()),
                ("length", data.length.to_string()),
            ]),
            location: DataLocation::External.into(),
        });
    }

    /// Adds a small vector of integers: the shape of a reshape.
    pub(super) fn integers(&mut self, name: &str, values: &[i64]) {
        self.graph.initializers.push(Tensor {
            dimensions: vec![signed(values.len())],
            element: Element::Int64.into(),
            name: name.into(),
            raw: Some(values.iter().flat_map(|value| value.to_le_bytes()).collect()),
            external: vec![],
            location: DataLocation::Default.into(),
        });
    }

    /// Adds a number.
    pub(super) fn number(&mut self, name: &str, value: f32) {
        self.names.insert(name.into());
        self.graph.initializers.push(Tensor {
            dimensions: vec![],
            element: Element::Float.into(),
            name: name.into(),
            raw: Some(value.to_le_bytes().to_vec()),
            external: vec![],
            location: DataLocation::Default.into(),
        });
    }

    /// Adds a node of the standard operator set with one output, `name`. An input that is left out is an empty string.
    pub(super) fn node(&mut self, name: &str, operator: &str, inputs: &[&str], attributes: &[Attr]) -> String {
        self.add("", name, operator, inputs, attributes)
    }

    /// Adds a node of ONNX Runtime's own operators.
    pub(super) fn contrib(&mut self, name: &str, operator: &str, inputs: &[&str], attributes: &[Attr]) -> String {
        self.add(CONTRIB, name, operator, inputs, attributes)
    }

    fn add(&mut self, domain: &str, name: &str, operator: &str, inputs: &[&str], attributes: &[Attr]) -> String {
        let attribute = |attribute: &Attr| {
            let none = Attribute { name: String::new(), float: None, int: None, text: None, kind: 0 };
            match *attribute {
                Attr::Int(name, int) => {
                    Attribute { name: name.into(), int: Some(int), kind: AttributeKind::Int.into(), ..none }
                }
                Attr::Float(name, float) => {
                    Attribute { name: name.into(), float: Some(float), kind: AttributeKind::Float.into(), ..none }
                }
                Attr::Text(name, text) => {
                    Attribute { name: name.into(), text: Some(text.into()), kind: AttributeKind::Text.into(), ..none }
                }
            }
        };
        self.names.insert(name.into());
        self.graph.nodes.push(Node {
            inputs: inputs.iter().map(|&input| input.to_owned()).collect(),
            outputs: vec![name.to_owned()],
            name: name.into(),
            operator: operator.into(),
            attributes: attributes.iter().map(attribute).collect(),
            domain: domain.into(),
        });
        name.into()
    }

    /// Encodes the graph as a model.
    pub(super) fn encode(mut self, name: &str) -> Vec<u8> {
        self.graph.name = name.into();
        let set = |domain: &str, version| OperatorSet { domain: domain.into(), version };
        let model = Model {
            ir_version: IR_VERSION,
            producer: "tracewright".into(),
            graph: Some(self.graph),
            operator_sets: vec![set("", OPSET), set(CONTRIB, 1)],
        };
        model.encode_to_vec()
    }
}

fn value_info(name: &str, element: Element, shape: &[Axis]) -> ValueInfo {
    let dimension = |axis: &Axis| Dimension {
        size: Some(match axis {
            Axis::Fixed(size) => Size::Fixed(signed(*size)),
            Axis::Named(name) => Size::Named((*name).into()),
        }),
    };
    let shape = Shape { dimensions: shape.iter().map(dimension).collect() };
    let tensor = TensorType { element: element.into(), shape: Some(shape) };
    ValueInfo { name: name.into(), kind: Some(Type { tensor: Some(tensor) }) }
}

/// Sizes and indices as ONNX has them.
pub(super) fn signed(size: usize) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}
