//! The digests by which calls, objects and keys of mappings are known.

/// The digest of a call, an object or a mapping's key.
pub(super) type Key = [u8; 16];

/// Returns the digest of what was hashed.
pub(super) fn short(hasher: &blake3::Hasher) -> Key {
    let mut key = Key::default();
    key.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    key
}
