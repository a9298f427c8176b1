use super::*;

fn told(expected: &str, seen: &[u8], end: End) -> Option<Diagnosis> {
    diagnose(expected.as_bytes(), seen, end, expected.ends_with('\n'))
}

#[test]
fn what_came_back_unchanged_needs_no_explanation() {
    assert_eq!(told("Hello!", b"Hello!", End::Complete), None);
    assert_eq!(told("Hello!", b"Hello!!!!", End::Complete), None);
    assert_eq!(told("HTTP/1.1", b"HTTP/1.1", End::Complete), None);
}

#[test]
fn another_protocol_is_known_by_its_first_bytes() {
    for (seen, protocol) in [
        (&b"\x15\x03\x01\x00\x02\x02\x46"[..], Protocol::Tls),
        (b"HTTP/1.1 400 Bad Request\r\n", Protocol::Http),
        (b"SSH-2.0-OpenSSH_9.6\r\n", Protocol::Ssh),
    ] {
        for end in [End::Complete, End::Fin, End::Waited, End::Failed] {
            assert_eq!(told("Hello!", seen, end), Some(Diagnosis::Speaks(protocol)));
        }
    }
    assert_ne!(told("SSH-x", b"SSH-y", End::Complete), Some(Diagnosis::Speaks(Protocol::Ssh)));
}

#[test]
fn line_feeds_that_came_back_as_crlf_are_named() {
    let crlf = Some(Diagnosis::LineEnds(Ending::CrLf));
    assert_eq!(told("a\nb\n", b"a\r\nb", End::Complete), crlf);
    assert_eq!(told("a\nb\n", b"a\r\nb\r\n", End::Complete), crlf);
    assert_eq!(told("a\n", b"a\r", End::Complete), crlf);
}

#[test]
fn crlf_that_came_back_as_a_line_feed_is_named() {
    let lf = Some(Diagnosis::LineEnds(Ending::Lf));
    assert_eq!(told("PING\r\n", b"PING\n", End::Waited), lf);
    assert_eq!(told("PING\r\n", b"PING\n", End::Fin), lf);
}

#[test]
fn letters_in_another_case_are_named() {
    assert_eq!(told("Hello!", b"HELLO!", End::Complete), Some(Diagnosis::Letters(Case::Upper)));
    assert_eq!(told("Hello!", b"hello!", End::Complete), Some(Diagnosis::Letters(Case::Lower)));
    let upper = "TE 你".as_bytes();
    assert_eq!(told("te 你", upper, End::Complete), Some(Diagnosis::Letters(Case::Upper)));
}

#[test]
fn an_echo_after_a_greeting_is_named() {
    let seen = b"220 hi\r\nHello!";
    assert_eq!(told("Hello!", seen, End::Complete), Some(Diagnosis::Banner(8)));
    assert_eq!(told("Hello!", b"220 hi", End::Complete), None);
}

#[test]
fn a_reply_that_ends_inside_a_character_is_named() {
    let cut = |came: &[u8]| {
        let missing = 3 - came.len();
        Some(Diagnosis::CutInside { missing, character: '好', came: came.to_vec() })
    };
    let bytes = "你好".as_bytes();
    assert_eq!(told("你好", &bytes[..4], End::Fin), cut(&[0xe5]));
    assert_eq!(told("你好", &bytes[..5], End::Waited), cut(&[0xe5, 0xa5]));
    assert_eq!(told("你好", &bytes[..3], End::Fin), Some(Diagnosis::Short(3)));
}

#[test]
fn a_reply_that_ends_too_early_is_short_by_so_many_bytes() {
    assert_eq!(told("Hello!", b"Hel", End::Fin), Some(Diagnosis::Short(3)));
    assert_eq!(told("Hello!", b"Hel", End::Failed), None);
    assert_eq!(told("Hello!", b"Hel", End::Waited), None);
}

#[test]
fn nothing_at_all_is_told_by_how_it_ended() {
    assert_eq!(told("Hello!", b"", End::Fin), Some(Diagnosis::NoWord));
    assert_eq!(told("Hello!", b"", End::Failed), None);
    for (message, ends_line) in [("PING\r\n", true), ("PING", false)] {
        let silence = Diagnosis::Silence { ends_line };
        assert_eq!(told(message, b"", End::Waited), Some(silence));
    }
}

#[test]
fn bytes_that_are_simply_others_are_not_explained() {
    assert_eq!(told("Hello!", b"Hellx!", End::Complete), None);
    assert_eq!(told("Hello!", &[0xff; 6], End::Complete), None);
}

#[test]
fn a_long_reply_is_explained_by_its_beginning() {
    let (sent, seen) = ("a\n".repeat(500_000), "a\r\n".repeat(333_334));
    let told = told(&sent, &seen.as_bytes()[..sent.len()], End::Complete);
    assert_eq!(told, Some(Diagnosis::LineEnds(Ending::CrLf)));
}
