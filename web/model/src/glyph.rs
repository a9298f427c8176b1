//! What is shown for a character.

use echo_core::hexdump::Unit;
use echo_core::payload::{self, Notation, is_invisible};

/// What is shown for a character under its bytes: itself; for a control its escape, which a font
/// has where it may lack a picture of it; and a dot for what is invisible or no character.
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
