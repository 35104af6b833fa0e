//! The conversion of Parquet to JSON lines: one object a row, the columns in the order of the file.

use std::{fs::File, io::Write};

use parquet::{
    file::reader::{FileReader, SerializedFileReader},
    record::{Field, Row},
};
use serde_json::{Map, Number, Value};

/// Appends the rows of `file` to `out`. An error says what is wrong with the file.
pub(super) fn convert(file: File, out: &mut dyn Write) -> Result<(), String> {
    let reader = SerializedFileReader::new(file).map_err(|error| error.to_string())?;
    let rows = reader.get_row_iter(None).map_err(|error| error.to_string())?;
    for (index, row) in rows.enumerate() {
        let row = row.map_err(|error| format!("row {}: {error}", index + 1))?;
        let object = object(&row).map_err(|why| format!("row {}, {why}", index + 1))?;
        writeln!(out, "{object}").map_err(|error| format!("the result cannot be written: {error}"))?;
    }
    Ok(())
}

fn object(row: &Row) -> Result<Value, String> {
    let fields = row.get_column_iter().map(|(name, field)| {
        let value = value(field).map_err(|why| format!("column {name}: {why}"))?;
        Ok((name.clone(), value))
    });
    Ok(Value::Object(fields.collect::<Result<Map<_, _>, String>>()?))
}

fn value(field: &Field) -> Result<Value, String> {
    Ok(match field {
        Field::Null => Value::Null,
        Field::Bool(value) => Value::Bool(*value),
        Field::Byte(value) => Value::from(*value),
        Field::Short(value) => Value::from(*value),
        Field::Int(value) => Value::from(*value),
        Field::Long(value) => Value::from(*value),
        Field::UByte(value) => Value::from(*value),
        Field::UShort(value) => Value::from(*value),
        Field::UInt(value) => Value::from(*value),
        Field::ULong(value) => Value::from(*value),
        // By its shortest decimal form: 0.1 stays 0.1.
        Field::Float(value) => number(value.to_string().parse().unwrap_or(f64::NAN))?,
        Field::Double(value) => number(*value)?,
        Field::Str(text) => Value::String(text.clone()),
        Field::Group(row) => object(row)?,
        Field::ListInternal(list) => Value::Array(list.elements().iter().map(value).collect::<Result<_, _>>()?),
        Field::MapInternal(map) => {
            let entries = map.entries().iter().map(|(key, entry)| match key {
                Field::Str(key) => Ok((key.clone(), value(entry)?)),
                _ => Err("a map whose keys are not text".to_owned()),
            });
            Value::Object(entries.collect::<Result<_, _>>()?)
        }
        other => return Err(format!("JSON has nothing for {other}")),
    })
}

fn number(value: f64) -> Result<Value, String> {
    Number::from_f64(value).map(Value::Number).ok_or_else(|| format!("JSON has no number {value}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_shortest_form_and_json_has_no_nan() {
        assert_eq!(value(&Field::Float(0.1)).map(|value| value.to_string()).as_deref(), Ok("0.1"));
        assert!(value(&Field::Double(f64::NAN)).is_err());
        assert!(value(&Field::Date(3)).is_err());
    }
}
