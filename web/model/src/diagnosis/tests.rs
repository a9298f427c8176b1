use super::*;

fn diagnosis_of(expected: &str, received: &[u8], end: ReplyEnd) -> Option<Diagnosis> {
    diagnose(expected.as_bytes(), received, end, expected.ends_with('\n'))
}

#[test]
fn what_came_back_unchanged_needs_no_explanation() {
    assert_eq!(diagnosis_of("Hello!", b"Hello!", ReplyEnd::Complete), None);
    assert_eq!(diagnosis_of("Hello!", b"Hello!!!!", ReplyEnd::Complete), None);
    assert_eq!(diagnosis_of("HTTP/1.1", b"HTTP/1.1", ReplyEnd::Complete), None);
}

#[test]
fn another_protocol_is_known_by_its_first_bytes() {
    for (received, protocol) in [
        (&b"\x15\x03\x01\x00\x02\x02\x46"[..], Protocol::Tls),
        (b"HTTP/1.1 400 Bad Request\r\n", Protocol::Http),
        (b"SSH-2.0-OpenSSH_9.6\r\n", Protocol::Ssh),
    ] {
        for end in [ReplyEnd::Complete, ReplyEnd::Fin, ReplyEnd::WaitEnded, ReplyEnd::Failed] {
            assert_eq!(
                diagnosis_of("Hello!", received, end),
                Some(Diagnosis::OtherProtocol(protocol))
            );
        }
    }
    assert_ne!(
        diagnosis_of("SSH-x", b"SSH-y", ReplyEnd::Complete),
        Some(Diagnosis::OtherProtocol(Protocol::Ssh))
    );
}

#[test]
fn line_feeds_that_came_back_as_crlf_are_named() {
    let crlf = Some(Diagnosis::LineEndingsChanged(LineEnding::CrLf));
    assert_eq!(diagnosis_of("a\nb\n", b"a\r\nb", ReplyEnd::Complete), crlf);
    assert_eq!(diagnosis_of("a\nb\n", b"a\r\nb\r\n", ReplyEnd::Complete), crlf);
    assert_eq!(diagnosis_of("a\n", b"a\r", ReplyEnd::Complete), crlf);
}

#[test]
fn crlf_that_came_back_as_a_line_feed_is_named() {
    let lf = Some(Diagnosis::LineEndingsChanged(LineEnding::Lf));
    assert_eq!(diagnosis_of("PING\r\n", b"PING\n", ReplyEnd::WaitEnded), lf);
    assert_eq!(diagnosis_of("PING\r\n", b"PING\n", ReplyEnd::Fin), lf);
}

#[test]
fn letters_in_another_case_are_named() {
    assert_eq!(
        diagnosis_of("Hello!", b"HELLO!", ReplyEnd::Complete),
        Some(Diagnosis::CaseChanged(LetterCase::Upper))
    );
    assert_eq!(
        diagnosis_of("Hello!", b"hello!", ReplyEnd::Complete),
        Some(Diagnosis::CaseChanged(LetterCase::Lower))
    );
    let upper = "TE 你".as_bytes();
    assert_eq!(
        diagnosis_of("te 你", upper, ReplyEnd::Complete),
        Some(Diagnosis::CaseChanged(LetterCase::Upper))
    );
}

#[test]
fn an_echo_after_a_greeting_is_named() {
    let received = b"220 hi\r\nHello!";
    assert_eq!(diagnosis_of("Hello!", received, ReplyEnd::Complete), Some(Diagnosis::Banner(8)));
    assert_eq!(diagnosis_of("Hello!", b"220 hi", ReplyEnd::Complete), None);
}

#[test]
fn a_reply_that_ends_inside_a_character_is_named() {
    let cut = |came: &[u8]| {
        let missing = 3 - came.len();
        Some(Diagnosis::TruncatedCharacter { missing, character: '好', came: came.to_vec() })
    };
    let bytes = "你好".as_bytes();
    assert_eq!(diagnosis_of("你好", &bytes[..4], ReplyEnd::Fin), cut(&[0xe5]));
    assert_eq!(diagnosis_of("你好", &bytes[..5], ReplyEnd::WaitEnded), cut(&[0xe5, 0xa5]));
    assert_eq!(diagnosis_of("你好", &bytes[..3], ReplyEnd::Fin), Some(Diagnosis::Truncated(3)));
}

#[test]
fn a_reply_that_ends_too_early_is_short_by_so_many_bytes() {
    assert_eq!(diagnosis_of("Hello!", b"Hel", ReplyEnd::Fin), Some(Diagnosis::Truncated(3)));
    assert_eq!(diagnosis_of("Hello!", b"Hel", ReplyEnd::Failed), None);
    assert_eq!(diagnosis_of("Hello!", b"Hel", ReplyEnd::WaitEnded), None);
}

#[test]
fn nothing_at_all_is_told_by_how_it_ended() {
    assert_eq!(diagnosis_of("Hello!", b"", ReplyEnd::Fin), Some(Diagnosis::EmptyReply));
    assert_eq!(diagnosis_of("Hello!", b"", ReplyEnd::Failed), None);
    for (message, ends_line) in [("PING\r\n", true), ("PING", false)] {
        let silence = Diagnosis::NoReply { ends_line };
        assert_eq!(diagnosis_of(message, b"", ReplyEnd::WaitEnded), Some(silence));
    }
}

#[test]
fn bytes_that_are_simply_others_are_not_explained() {
    assert_eq!(diagnosis_of("Hello!", b"Hellx!", ReplyEnd::Complete), None);
    assert_eq!(diagnosis_of("Hello!", &[0xff; 6], ReplyEnd::Complete), None);
}

#[test]
fn a_long_reply_is_explained_by_its_beginning() {
    let (sent, received) = ("a\n".repeat(500_000), "a\r\n".repeat(333_334));
    let diagnosis = diagnosis_of(&sent, &received.as_bytes()[..sent.len()], ReplyEnd::Complete);
    assert_eq!(diagnosis, Some(Diagnosis::LineEndingsChanged(LineEnding::CrLf)));
}
