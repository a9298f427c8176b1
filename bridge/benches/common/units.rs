//! Units of memory, and how they are shown.

/// The bytes of a MiB.
pub(crate) const MIB: u64 = 1024 * 1024;

/// So many bytes in whole MiB; a dash where they are not known.
pub(crate) fn mib(bytes: Option<u64>) -> String {
    bytes.map_or("-".into(), |bytes| (bytes / MIB).to_string())
}
