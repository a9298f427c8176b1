use echo_core::payload::MistakeKind;

use super::*;

/// Returns a composer with the message `Hello!`, after these events.
fn after(events: impl IntoIterator<Item = ComposerEvent>) -> Composer {
    let mut composer = Composer::new("Hello!");
    for event in events {
        composer.update(event);
    }
    composer
}

fn bytes(composer: &Composer) -> Vec<u8> {
    payload::message(composer.notation(), composer.message().text(), composer.ending()).unwrap()
}

fn with_text(notation: Notation, text: &str) -> Composer {
    after([ComposerEvent::NotationChosen(notation), ComposerEvent::Typed(text.into())])
}

#[test]
fn bytes_follow_the_notation_and_the_line_ending() {
    for (notation, text, sent) in [
        (Notation::Text, "a\\n", &b"a\\n\r\n"[..]),
        (Notation::Escapes, "a\\n\\xff", b"a\n\xff\r\n"),
        (Notation::Hex, "48 0x69,ff", b"Hi\xff\r\n"),
    ] {
        let mut composer = with_text(notation, text);
        composer.update(ComposerEvent::EndingChosen(LineEnding::CrLf));
        assert_eq!(bytes(&composer), sent);
        assert_eq!(composer.message().count(), sent.len());
    }
}

#[test]
fn another_notation_keeps_the_bytes() {
    let mut composer = after([ComposerEvent::Typed("你好\n".into())]);
    for notation in [Notation::Escapes, Notation::Hex, Notation::Text] {
        composer.update(ComposerEvent::NotationChosen(notation));
        assert_eq!(
            (composer.notation(), bytes(&composer)),
            (notation, "你好\n".as_bytes().to_vec())
        );
    }
}

#[test]
fn bytes_that_text_cannot_express_keep_the_notation_and_set_a_note() {
    let mut composer = with_text(Notation::Hex, "ff 0d");
    composer.update(ComposerEvent::NotationChosen(Notation::Text));
    assert_eq!((composer.notation(), &**composer.message().text()), (Notation::Hex, "ff 0d"));
    assert_eq!(composer.note, Some(ComposerNote::NoText));
    composer.update(ComposerEvent::Typed("41".into()));
    assert_eq!(composer.note, None);
}

#[test]
fn a_text_that_stands_for_no_bytes_yet_is_kept_in_another_notation() {
    let mut composer = with_text(Notation::Hex, "PING\\r");
    composer.update(ComposerEvent::NotationChosen(Notation::Escapes));
    assert_eq!(bytes(&composer), b"PING\r");
}

#[test]
fn a_mistake_is_told_where_a_browser_finds_it() {
    let composer = with_text(Notation::Escapes, "你😀\\q!");
    let mistake = composer.message().byte_count().unwrap_err();
    assert_eq!((mistake.character, mistake.kind), (3, MistakeKind::UnknownEscape('q')));
    let wrong = composer.exchange(ExpectedReplyKind::Same).unwrap_err();
    assert_eq!(wrong, FieldError { field: Field::Message, selection: Some(3..5) });
}

#[test]
fn a_preview_is_there_where_it_says_more_than_the_text() {
    for (composer, bytes) in [
        (with_text(Notation::Text, "Hello!"), None),
        (with_text(Notation::Text, ""), None),
        (with_text(Notation::Escapes, "Hello!"), None),
        (with_text(Notation::Text, "你好"), Some("你好".as_bytes())),
        (with_text(Notation::Text, "a\tb"), Some(b"a\tb")),
        (with_text(Notation::Escapes, "a\\n"), Some(b"a\n")),
        (with_text(Notation::Hex, "41"), Some(b"A")),
        (after([ComposerEvent::EndingChosen(LineEnding::Lf)]), Some(b"Hello!\n")),
    ] {
        assert_eq!(composer.message().preview().map(|it| &it.bytes[..]), bytes, "{composer:?}");
    }
}

#[test]
fn a_preview_of_a_long_message_ends_at_a_character() {
    let composer = after([ComposerEvent::Typed("你".repeat(20_000))]);
    let preview = composer.message().preview().unwrap();
    assert_eq!((preview.bytes.len(), preview.units.len(), preview.more), (18, 6, 59_982));
    let composer = with_text(Notation::Text, &format!("12345678901234567{}", "你".repeat(9)));
    let preview = composer.message().preview().unwrap();
    assert_eq!((preview.bytes.len(), preview.more), (20, 24));
}

#[test]
fn a_sample_sets_what_its_bytes_need() {
    for (sample, sent) in [
        (Sample::Hello, &b"Hello!"[..]),
        (Sample::NiHao, "你好".as_bytes()),
        (Sample::Ping, b"PING\r\n"),
    ] {
        let mut composer = with_text(Notation::Hex, "zz");
        composer.update(ComposerEvent::EndingChosen(LineEnding::Lf));
        composer.update(ComposerEvent::SamplePressed(sample));
        assert_eq!((composer.notation(), bytes(&composer)), (Notation::Text, sent.to_vec()));
    }
}

#[test]
fn what_should_come_back_is_written_as_the_message_is() {
    let these = ComposerEvent::ExpectedTyped("+PONG".into());
    let mut composer = after([ComposerEvent::SamplePressed(Sample::Ping), these]);
    for notation in [Notation::Escapes, Notation::Hex, Notation::Text] {
        composer.update(ComposerEvent::NotationChosen(notation));
        let exchange = composer.exchange(ExpectedReplyKind::Bytes).unwrap();
        assert_eq!((exchange.sent(), exchange.expected()), (&b"PING\r\n"[..], &b"+PONG\r\n"[..]));
    }
}

#[test]
fn what_is_empty_or_mistaken_in_what_should_come_back_is_told_there() {
    let these = |text: &str| {
        after([
            ComposerEvent::NotationChosen(Notation::Hex),
            ComposerEvent::ExpectedTyped(text.into()),
        ])
    };
    let wrong = |selection| FieldError { field: Field::ExpectedReply, selection };
    assert_eq!(these("").exchange(ExpectedReplyKind::Bytes), Err(wrong(None)));
    assert_eq!(these("41 4").exchange(ExpectedReplyKind::Bytes), Err(wrong(Some(3..4))));
    assert!(these("41 4").exchange(ExpectedReplyKind::Same).is_ok());
}

#[test]
fn every_line_ends_as_was_chosen_and_stays_so_in_another_notation() {
    let typed = "GET / HTTP/1.1\nHost: a\n";
    let sent = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    let mut composer =
        after([ComposerEvent::Typed(typed.into()), ComposerEvent::EndingChosen(LineEnding::CrLf)]);
    for notation in [Notation::Text, Notation::Escapes, Notation::Hex, Notation::Text] {
        composer.update(ComposerEvent::NotationChosen(notation));
        assert_eq!((composer.notation(), &bytes(&composer)[..]), (notation, &sent[..]));
        assert_eq!(composer.message().count(), sent.len());
    }
    assert_eq!(&**composer.message().text(), typed);
}

#[test]
fn a_line_that_ends_otherwise_keeps_the_message_from_becoming_text() {
    let mut composer = after([
        ComposerEvent::NotationChosen(Notation::Escapes),
        ComposerEvent::EndingChosen(LineEnding::CrLf),
        ComposerEvent::Typed(r"a\nb".into()),
    ]);
    composer.update(ComposerEvent::NotationChosen(Notation::Text));
    assert_eq!(composer.notation(), Notation::Escapes);
    assert_eq!(composer.note, Some(ComposerNote::NoText));
}
