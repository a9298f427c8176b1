//! The glyph that is shown for a character next to its bytes.

use echo_core::hexdump::Unit;
use echo_core::payload::{self, Notation, is_invisible};

/// Returns what is shown for a character next to its bytes: the character itself; the escape
/// sequence of CR, LF, tab and NUL, since fonts may lack control pictures; and a dot for other
/// invisible characters and for bytes that are not UTF-8.
#[must_use]
pub fn shown(unit: &Unit) -> String {
    match unit.character {
        Some(c) if !is_invisible(c) => c.into(),
        Some(c @ ('\r' | '\n' | '\t' | '\0')) => {
            payload::write(Notation::Escapes, &[c as u8]).unwrap_or_default()
        }
        _ => ".".into(),
    }
}

#[cfg(test)]
mod tests {
    use echo_core::hexdump::units;

    use super::shown;

    #[test]
    fn what_cannot_be_seen_has_a_stand_in() {
        let glyphs: Vec<_> =
            units("a\\你\r\n\t\0\u{1b}\u{200b}".as_bytes()).map(|it| shown(&it)).collect();
        assert_eq!(glyphs, ["a", "\\", "你", "\\r", "\\n", "\\t", "\\0", ".", "."]);
        assert_eq!(units(b"\xff").map(|it| shown(&it)).collect::<String>(), ".");
    }
}
