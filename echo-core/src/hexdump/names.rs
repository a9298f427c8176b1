//! What the bytes that cannot be seen are called.

/// The names of the bytes 00 to 20, as RFC 20 gives them.
const NAMES: [&str; 33] = [
    "null",
    "start of heading",
    "start of text",
    "end of text",
    "end of transmission",
    "enquiry",
    "acknowledge",
    "bell",
    "backspace",
    "horizontal tabulation",
    "line feed",
    "vertical tabulation",
    "form feed",
    "carriage return",
    "shift out",
    "shift in",
    "data link escape",
    "device control 1",
    "device control 2",
    "device control 3",
    "device control 4",
    "negative acknowledge",
    "synchronous idle",
    "end of transmission block",
    "cancel",
    "end of medium",
    "substitute",
    "escape",
    "file separator",
    "group separator",
    "record separator",
    "unit separator",
    "space",
];

/// The English name of an ASCII byte that leaves no mark: a control character or the space.
/// `None` for every other byte.
#[must_use]
pub fn name(byte: u8) -> Option<&'static str> {
    match byte {
        0x7f => Some("delete"),
        _ => NAMES.get(usize::from(byte)).copied(),
    }
}
