//! Units of memory, and how they are shown.

/// The bytes of a KiB.
pub(crate) const KIB: u64 = 1024;
/// The bytes of a MiB.
pub(crate) const MIB: u64 = 1024 * KIB;

/// So many bytes in whole MiB; a dash where they are not known.
pub(crate) fn mib(bytes: Option<u64>) -> String {
    bytes.map_or("-".into(), |bytes| (bytes / MIB).to_string())
}
