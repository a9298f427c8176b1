mod mistakes;
mod round_trip;

use super::{Notation, parse, write};

fn escapes(text: &str) -> Vec<u8> {
    parse(Notation::Escapes, text).unwrap()
}

fn hex(text: &str) -> Vec<u8> {
    parse(Notation::Hex, text).unwrap()
}

#[test]
fn escapes_are_those_of_rusts_literals() {
    assert_eq!(escapes(r#"\r\n\t\0\\\'\"\x41\xfF"#), b"\r\n\t\0\\\'\"\x41\xff");
    assert_eq!(escapes(r"\u{4f60}\u{a}\u{10ffff}\u{00004F}"), "\u{4f60}\n\u{10ffff}O".as_bytes());
}

#[test]
fn whatever_is_no_escape_stands_for_itself() {
    assert_eq!(escapes("你 'a'\r\n\"b\""), "你 'a'\r\n\"b\"".as_bytes());
}

#[test]
fn an_escape_may_be_a_piece_of_a_character() {
    assert_eq!(escapes(r"\xe4\xbd\xa0"), "你".as_bytes());
}

#[test]
fn hex_is_read_however_it_was_copied() {
    let forms = [
        "48656c6c6f",
        "48 65 6C 6c 6F",
        " 48:65:6c:6c:6f\n",
        "48-65-6C-6C-6F",
        "0x48, 0x65, 0x6c, 0x6c, 0X6f",
        "0x48656c6c6f",
        r"\x48\x65\x6c\x6c\x6f",
        "4865\t6c6c;\r\n6f",
        "48，65：6c；6c\u{3000}6f",
    ];
    for form in forms {
        assert_eq!(hex(form), b"Hello", "{form}");
    }
}

#[test]
fn a_digit_alone_behind_a_prefix_is_a_byte() {
    assert_eq!(hex(r"0x5 0xa,\x1\x2 0x0"), [5, 10, 1, 2, 0]);
}

#[test]
fn written_escapes_keep_what_can_be_seen_and_show_what_cannot() {
    let shown = |bytes: &[u8]| write(Notation::Escapes, bytes).unwrap();
    assert_eq!(shown("你好, it's \"C:\\\"".as_bytes()), r#"你好, it's "C:\\""#);
    assert_eq!(shown(b"PING\r\n\t\0\x1b\x7f\xff"), r"PING\r\n\t\0\x1b\x7f\xff");
    assert_eq!(
        shown("\u{85}\u{202e}\u{200d}\u{feff}".as_bytes()),
        r"\u{85}\u{202e}\u{200d}\u{feff}"
    );
    assert_eq!(shown(&"好".as_bytes()[..2]), r"\xe5\xa5");
}

#[test]
fn written_hex_is_pairs_with_a_space_between() {
    assert_eq!(write(Notation::Hex, b"Hel\n\xff").unwrap(), "48 65 6c 0a ff");
    assert_eq!(write(Notation::Hex, b"").unwrap(), "");
}

#[test]
fn bytes_that_a_text_field_would_not_keep_have_no_text() {
    for bytes in [&b"\xff"[..], b"a\r\nb", b"\r", b"\0", b"\x1b[2J", "\u{85}".as_bytes()] {
        assert_eq!(write(Notation::Text, bytes), None, "{bytes:?}");
    }
    assert_eq!(write(Notation::Text, "你\t好\n".as_bytes()).unwrap(), "你\t好\n");
}
