//! Takes a component that was built before.

use std::{fs, path::Path};

/// The environment variable that names the component's file.
pub(crate) const VARIABLE: &str = "TRACEWRIGHT_GUEST";

/// The bytes of the component in `file`, which must have the digest in the file `digest`.
///
/// # Errors
///
/// A file that cannot be read, or is another component.
pub(crate) fn read(file: &Path, digest: &Path) -> Result<Vec<u8>, String> {
    let release = env!("CARGO_PKG_VERSION");
    let advice = format!(
        "Name the component of release {release} (tracewright-guest-{release}.wasm), or unset {VARIABLE} to build the guest from source."
    );
    if file.is_relative() {
        return Err(format!(
            "{VARIABLE}={} is a relative path, and cargo runs this build in another folder than yours.\n\
             Name the component by its whole path.",
            file.display()
        ));
    }
    let bytes = fs::read(file).map_err(|e| format!("{VARIABLE}: cannot read {}: {e}.\n{advice}", file.display()))?;
    let expected = fs::read_to_string(digest).map_err(|e| format!("cannot read {}: {e}", digest.display()))?;
    let (expected, found) = (expected.trim(), blake3::hash(&bytes).to_hex());
    if found.as_str() != expected {
        return Err(format!(
            "{VARIABLE}: {} is not the guest of this version.\n\
             Its BLAKE3 digest is       {found},\n\
             and guest/digest.txt wants {expected}.\n\
             {advice}",
            file.display()
        ));
    }
    Ok(bytes)
}
