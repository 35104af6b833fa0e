//! The JSON Schemas in `docs/schemas`, generated from the types in tests: each room has a test that names the files it writes or reads.

use std::{fs, path::Path};

use schemars::{
    JsonSchema,
    generate::{Contract, SchemaSettings},
};

/// Compares the schema of files that are written as `T` with `docs/schemas/NAME.schema.json`, or writes it under `UPDATE_SCHEMAS=1`.
pub(crate) fn written<T: JsonSchema>(name: &str) {
    check::<T>(name, Contract::Serialize);
}

/// Checks the schema of files that people write and `T` is read from: what has a default may be missing.
pub(crate) fn read<T: JsonSchema>(name: &str) {
    check::<T>(name, Contract::Deserialize);
}

fn check<T: JsonSchema>(name: &str, contract: Contract) {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.contract = contract);
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), name.into());
    let text = format!("{}\n", serde_json::to_string_pretty(&schema).expect("a schema is JSON"));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/schemas/{name}.schema.json"));
    if std::env::var_os("UPDATE_SCHEMAS").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("docs can be written");
        fs::write(&path, text).expect("docs can be written");
        return;
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == text,
        "docs/schemas/{name}.schema.json is not what the types say: run `UPDATE_SCHEMAS=1 cargo test --lib schema`, and look at the difference"
    );
}
