//! Files that are the message, and texts that are too long for the field.

use echo_core::payload::{LineEnding, Notation};

use super::*;
use crate::attachment::{Attachment, MAX_ATTACHMENT};
use crate::bounded_bytes::MAX_COPIED_BYTES;
use crate::composer::{
    ComposerNote, ExpectedHint, ExpectedView, FileError, HistoryStep, MAX_TEXT, MessageHint,
    SettingsScope, too_long_with,
};
use crate::expected_reply::ExpectedReplyKind;
use crate::modes::interactive::Interactive;
use crate::runs::RunsEvent;
use crate::runs::list::MAX_ATTACHMENTS;
use crate::runs::request::RequestError;
use crate::runs::requests::{FormError, RequestsEvent};
use crate::setup::{MAX_MESSAGE, TooLong};
use crate::transcript::Direction;

const FILE: &[u8] = b"\x89PNG\r\n\x1a\n";

fn compose(page: &mut Page, event: ComposerEvent) {
    page.on(Event::Composer(event));
}

fn typed(page: &Page) -> &str {
    page.model.composer.message().text()
}

fn attached(page: &Page) -> Option<(&str, &[u8])> {
    page.model.composer.attachment().map(|it| (it.name(), it.bytes()))
}

fn hint(page: &Page) -> MessageHint {
    page.model.message_view().hint
}

/// A page that is opened after this one was hidden.
fn reloaded(page: &mut Page) -> Page {
    page.on(Event::PageHidden);
    let [Command::Store { key: StorageKey::Draft, value, .. }] = &page.commands[..] else {
        panic!("{:?}", page.commands)
    };
    let mut reloaded = Page::with_bridge();
    if let Some(draft) = value {
        reloaded.on(Event::DraftFound(draft.clone()));
    }
    reloaded
}

#[test]
fn a_file_takes_the_place_of_what_is_typed_until_it_is_removed() {
    let mut page = Page::with_bridge();
    page.type_message("typed");
    page.attach("a.png", FILE);
    assert_eq!(page.commands, [dom(DomCommand::focus("message"))]);
    assert_eq!(attached(&page), Some(("a.png", FILE)));
    assert!(page.model.message_view().is_attached);
    let view = page.model.attachment_view().unwrap();
    assert_eq!((&*view.name, view.size, view.is_kept), ("a.png", 8, true));
    assert_eq!((&view.preview.bytes[..], view.preview.more), (FILE, 0));
    assert_eq!(page.model.message_len(), 8);
    page.attach("b.txt", b"b");
    assert_eq!((attached(&page), page.commands.len()), (Some(("b.txt", &b"b"[..])), 0));
    compose(&mut page, ComposerEvent::AttachmentRemoved);
    assert_eq!(page.commands, [dom(DomCommand::focus("message"))]);
    assert_eq!((attached(&page), typed(&page)), (None, "typed"));
}

#[test]
fn a_sample_a_link_or_a_request_takes_the_place_of_a_file() {
    use crate::composer::Sample;
    use crate::link::LinkEvent;
    let events: [fn() -> Event; 2] = [
        || Event::Composer(ComposerEvent::SamplePressed(Sample::Ping)),
        || Event::Link(LinkEvent::Opened("msg=PING".into())),
    ];
    for event in events {
        let mut page = Page::with_bridge();
        page.attach("a.png", FILE);
        page.on(event());
        assert_eq!((attached(&page), typed(&page)), (None, "PING"));
    }
}

#[test]
fn a_file_is_sent_as_it_is_whatever_is_set_for_what_is_typed() {
    let mut page = Page::with_bridge();
    compose(&mut page, ComposerEvent::EndingChosen(LineEnding::CrLf));
    compose(&mut page, ComposerEvent::NotationChosen(Notation::Hex));
    page.type_message("a mistake");
    page.attach("a.png", FILE);
    assert_eq!(hint(&page), MessageHint::None, "what is typed is not sent");
    assert_eq!(page.model.message_view().settings.scope, SettingsScope::Nothing);
    page.press_send();
    page.receive(ConnectionEvent::Opened);
    page.say(connected());
    assert!(page.commands.contains(&page.send(FILE)));
    page.wrote(FILE.len() as u64, 400);
    page.bytes(FILE);
    assert!(matches!(page.verdict(), Verdict::Same(_)));
    assert_eq!(attached(&page), Some(("a.png", FILE)), "it stays, as a text does");
}

#[test]
fn the_settings_hold_for_expected_bytes_alone() {
    let mut page = Page::with_bridge();
    page.on(Event::ExpectedReplyChosen(ExpectedReplyKind::Bytes));
    compose(&mut page, ComposerEvent::EndingChosen(LineEnding::Lf));
    compose(&mut page, ComposerEvent::ExpectedTyped("ok".into()));
    page.attach("a.png", FILE);
    assert_eq!(page.model.message_view().settings.scope, SettingsScope::Expected);
    page.press_send();
    page.receive(ConnectionEvent::Opened);
    page.say(connected());
    page.wrote(FILE.len() as u64, 400);
    page.bytes(b"ok\n");
    assert!(matches!(page.verdict(), Verdict::Same(_)));
}

#[test]
fn a_file_is_sent_on_an_interactive_connection_and_is_no_earlier_message() {
    let mut page = Page::with_bridge();
    page.choose(Mode::Interactive);
    page.type_message("typed");
    page.attach("a.png", FILE);
    page.press_send();
    let id = page.model.modes.interactive.as_ref().map(Interactive::id).unwrap();
    page.receive_on(id, ConnectionEvent::Opened);
    page.receive_on(id, ConnectionEvent::Message(connected()));
    page.press_send();
    let sent =
        page.model.modes.interactive.as_ref().unwrap().conversation.log.bytes(Direction::Sent);
    assert_eq!(sent.from_start(), FILE.repeat(2));
    compose(&mut page, ComposerEvent::AttachmentRemoved);
    assert!(!page.model.message_view().can_recall);
}

#[test]
fn the_largest_file_fits_into_what_waits_on_an_interactive_connection() {
    let mut page = Page::with_bridge();
    page.choose(Mode::Interactive);
    page.attach("large", &vec![7; MAX_ATTACHMENT]);
    page.press_send();
    assert!(!page.model.modes.interactive.as_ref().unwrap().conversation.is_full);
}

#[test]
fn a_file_is_sent_by_a_load_test() {
    let mut page = Page::with_bridge();
    page.choose(Mode::Load);
    page.attach("a.png", FILE);
    page.press_send();
    assert_eq!(page.model.modes.load.as_ref().unwrap().message, FILE);
}

#[test]
fn a_file_that_cannot_be_attached_is_told_and_changes_nothing() {
    for (bytes, why) in [
        (Err(FileError::Unreadable), FileError::Unreadable),
        (Err(FileError::TooBig(99_000_000)), FileError::TooBig(99_000_000)),
        (Ok(vec![]), FileError::Empty),
        (Ok(vec![7; MAX_ATTACHMENT + 1]), FileError::TooBig(MAX_ATTACHMENT as u64 + 1)),
    ] {
        let mut page = Page::with_bridge();
        page.attach("a.png", FILE);
        let name = "another".to_owned();
        compose(&mut page, ComposerEvent::FileRead { name: name.clone(), bytes });
        assert_eq!(hint(&page), MessageHint::Note(ComposerNote::NoFile { name, why }));
        assert_eq!(attached(&page), Some(("a.png", FILE)));
    }
}

#[test]
fn a_text_that_is_too_long_is_refused_and_can_be_attached() {
    let mut page = Page::with_bridge();
    let longest = "x".repeat(MAX_TEXT);
    page.type_message(&longest);
    assert_eq!((typed(&page).len(), hint(&page)), (MAX_TEXT, MessageHint::None));
    let longer = longest.clone() + "\n";
    page.type_message(&longer);
    assert_eq!(typed(&page), longest);
    let offer = Attachment::new("message.txt", longer.as_bytes());
    let note = ComposerNote::LongMessage { length: MAX_TEXT + 1, offer };
    assert_eq!(hint(&page), MessageHint::Note(note));
    compose(&mut page, ComposerEvent::Folded);
    compose(&mut page, ComposerEvent::AttachPressed);
    assert_eq!(page.commands, [dom(DomCommand::focus("message"))]);
    assert_eq!(attached(&page), Some(("message.txt", longer.as_bytes())));
    assert_eq!(hint(&page), MessageHint::None);
    compose(&mut page, ComposerEvent::AttachmentRemoved);
    assert_eq!(typed(&page), longest);
    compose(&mut page, ComposerEvent::AttachPressed);
    assert_eq!(attached(&page), None, "what is not offered is not attached");
}

#[test]
fn what_is_attached_is_what_the_field_would_have_sent() {
    let mut page = Page::with_bridge();
    compose(&mut page, ComposerEvent::EndingChosen(LineEnding::CrLf));
    page.type_message(&"ab\n".repeat(MAX_TEXT));
    compose(&mut page, ComposerEvent::AttachPressed);
    let sent = "ab\r\n".repeat(MAX_TEXT) + "\r\n";
    assert_eq!(attached(&page), Some(("message.txt", sent.as_bytes())));
    let mut page = Page::with_bridge();
    compose(&mut page, ComposerEvent::NotationChosen(Notation::Hex));
    page.type_message(&"ff ".repeat(MAX_TEXT));
    compose(&mut page, ComposerEvent::AttachPressed);
    assert_eq!(attached(&page), Some(("message.bin", &*vec![0xff; MAX_TEXT])));
}

#[test]
fn what_stands_for_no_bytes_or_for_too_many_is_not_offered() {
    let mut page = Page::with_bridge();
    let offers = |page: &Page| match hint(page) {
        MessageHint::Note(ComposerNote::LongMessage { offer, .. }) => offer.is_some(),
        other => panic!("{other:?}"),
    };
    page.type_message(&"x".repeat(MAX_ATTACHMENT));
    assert!(offers(&page));
    page.type_message(&"x".repeat(MAX_ATTACHMENT + 1));
    assert!(!offers(&page));
    compose(&mut page, ComposerEvent::NotationChosen(Notation::Hex));
    page.type_message(&"x".repeat(MAX_TEXT + 1));
    assert!(!offers(&page));
    compose(&mut page, ComposerEvent::AttachPressed);
    assert_eq!(attached(&page), None);
}

#[test]
fn expected_bytes_that_are_too_long_are_refused_under_their_field() {
    let mut page = Page::with_bridge();
    page.on(Event::ExpectedReplyChosen(ExpectedReplyKind::Bytes));
    compose(&mut page, ComposerEvent::ExpectedTyped("ok".into()));
    compose(&mut page, ComposerEvent::ExpectedTyped("x".repeat(MAX_TEXT + 1)));
    let view = page.model.message_view();
    assert_eq!(view.hint, MessageHint::None);
    let Some(ExpectedView::Bytes { hint, field }) = view.settings.choices.expected else {
        panic!("no field")
    };
    assert_eq!((hint, &**field.text.as_rc()), (ExpectedHint::TooLong, "ok"));
}

#[test]
fn a_notation_that_would_be_longer_than_the_field_takes_is_not_chosen() {
    let mut page = Page::with_bridge();
    page.type_message(&"x".repeat(MAX_TEXT));
    compose(&mut page, ComposerEvent::NotationChosen(Notation::Hex));
    assert_eq!(page.model.composer.notation(), Notation::Text);
    assert_eq!(hint(&page), MessageHint::Note(ComposerNote::LongNotation));
}

#[test]
fn a_text_that_escapes_made_too_long_can_be_shortened() {
    let mut page = Page::with_bridge();
    page.choose(Mode::Interactive);
    page.type_message(&"\n".repeat(MAX_TEXT));
    page.press_send();
    compose(&mut page, ComposerEvent::EndingChosen(LineEnding::CrLf));
    compose(&mut page, ComposerEvent::ExpectedTyped("ok".into()));
    page.type_message("another");
    compose(&mut page, ComposerEvent::Recalled(HistoryStep::Older));
    let text = typed(&page).to_owned();
    let shorter = text[2..].to_owned();
    page.type_message(&shorter);
    assert_eq!(typed(&page), shorter);
    page.type_message(&text);
    assert_eq!(typed(&page), shorter);
}

#[test]
fn a_paste_is_refused_only_if_the_text_would_be_too_long_with_it() {
    let text = "x".repeat(MAX_TEXT - 1);
    assert_eq!(too_long_with(&text, 0..0, "y"), None);
    assert_eq!(too_long_with(&text, 1..2, "yz"), None, "the selection makes room");
    assert_eq!(too_long_with(&text, 0..0, "\r\n"), None, "a line feed takes one byte");
    let text = format!("你😀{}", "x".repeat(MAX_TEXT - 7));
    let pasted = too_long_with(&text, 1..3, "a\r\nbcde").unwrap();
    assert!(pasted.starts_with("你a\nbcdex"), "{}", &pasted[..12]);
    assert_eq!(pasted.len(), MAX_TEXT + 2);
}

#[test]
fn a_small_file_is_kept_for_a_reload_and_what_was_typed_always() {
    let mut page = Page::with_bridge();
    page.on(Event::ToTyped("localhost:7".into()));
    page.type_message("two\nlines");
    page.attach("你好\t.bin", FILE);
    let mut again = reloaded(&mut page);
    assert_eq!(again.model.setup(), page.model.setup());
    assert_eq!(attached(&again), Some(("你好 .bin", FILE)));
    page.attach("large", &vec![7; MAX_TEXT + 1]);
    assert!(!page.model.attachment_view().unwrap().is_kept);
    again = reloaded(&mut page);
    assert_eq!((attached(&again), typed(&again)), (None, "two\nlines"));
}

#[test]
fn expected_bytes_that_are_too_long_for_a_draft_are_missed_after_a_reload() {
    let mut page = Page::with_bridge();
    page.on(Event::ExpectedReplyChosen(ExpectedReplyKind::Bytes));
    compose(&mut page, ComposerEvent::ExpectedTyped("x".repeat(4_000)));
    let mut again = reloaded(&mut page);
    assert_eq!(again.model.expected_of_target(), ExpectedReplyKind::Bytes);
    assert_eq!(&**again.model.composer.expected().text(), "");
    again.press_send();
    assert!(!again.model.is_running(), "nothing else is expected in their place");
}

#[test]
fn a_lesson_gives_back_the_file_that_was_there_before() {
    use crate::lesson::LessonEvent;
    let mut page = Page::with_bridge();
    page.attach("a.png", FILE);
    let before = page.model.setup();
    page.on(Event::Lesson(LessonEvent::Toggled));
    page.on(Event::Lesson(LessonEvent::Chosen(crate::lesson::Step::Bytes)));
    assert_eq!(attached(&page), None);
    page.on(Event::Lesson(LessonEvent::RestorePressed));
    assert_eq!(page.model.setup(), before);
}

#[test]
fn a_request_keeps_a_small_file_with_its_name_and_refuses_a_large_one() {
    let save = |page: &mut Page| {
        page.on(Event::Runs(RunsEvent::Requests(RequestsEvent::SavePressed)));
        let form = page.model.runs_view().unwrap().requests.form.unwrap();
        page.on(Event::Runs(RunsEvent::Requests(RequestsEvent::Submitted)));
        form.name
    };
    let mut page = Page::with_bridge();
    page.attach("a.png", FILE);
    assert_eq!(save(&mut page), "a.png");
    let mut again = Page::with_bridge();
    again.store = page.store.take();
    again.on(Event::Runs(RunsEvent::StoreFound));
    let opened = RequestsEvent::Opened("a.png".into());
    again.on(Event::Runs(RunsEvent::Requests(opened)));
    assert_eq!((attached(&again), typed(&again)), (Some(("a.png", FILE)), ""));
    page.attach("large", &[7; MAX_MESSAGE + 1]);
    save(&mut page);
    let form = page.model.runs_view().unwrap().requests.form.unwrap();
    let error = RequestError::TooLong(TooLong::Attachment);
    assert_eq!(form.error, Some(FormError::Invalid(error)));
}

impl Page {
    /// Runs the message once, until the echo server has returned it and the run is recorded.
    fn run_attached(&mut self, bytes: &[u8]) {
        self.press_send();
        self.press_stop();
        self.record(bytes.len() as u64);
    }

    /// Reports the date that was asked for.
    fn record(&mut self, date: u64) {
        let ask = self.for_runs.extract_if(.., |it| matches!(it, Command::ReadClock(_)));
        let replies: Vec<_> = ask
            .filter_map(|it| if let Command::ReadClock(reply) = it { Some(reply) } else { None })
            .collect();
        for reply in replies {
            #[allow(clippy::cast_precision_loss, reason = "dates of tests are small")]
            let date_ms = date as f64;
            self.on(reply(crate::command::WallClock { date_ms, clock_step_ms: 0.1 }));
        }
    }

    /// Whether each run can be run again, and the name and length of what is attached then.
    fn run_again(&mut self) -> Vec<Option<(String, usize)>> {
        let state = self.model.runs.part().unwrap().state();
        let ids: Vec<_> = state.list.iter().map(|run| run.id).collect();
        ids.into_iter()
            .map(|id| {
                self.on(Event::Runs(RunsEvent::RepeatPressed { id, at: now(self.at) }));
                let is_started = self.model.is_running();
                self.press_stop();
                let file = self.model.composer.attachment().filter(|_| is_started);
                file.map(|it| (it.name().to_owned(), it.bytes().len()))
            })
            .collect()
    }
}

#[test]
fn running_again_attaches_what_a_record_does_not_keep_of_the_latest_runs() {
    let mut page = Page::with_bridge();
    page.type_message(&"x".repeat(MAX_COPIED_BYTES + 1));
    page.run_attached(&[0; 1]);
    page.attach("a.png", FILE);
    page.run_attached(&[0; 2]);
    let large = vec![7; MAX_COPIED_BYTES + 2];
    page.attach("large", &large);
    page.run_attached(&[0; 3]);
    let file = |name: &str, length| Some((name.to_owned(), length));
    assert_eq!(
        page.run_again(),
        [
            file("large", large.len()),
            file("a.png", FILE.len()),
            file("message.txt", MAX_COPIED_BYTES + 1),
        ]
    );
    for length in 4..4 + MAX_ATTACHMENTS {
        page.attach("large", &vec![7; MAX_COPIED_BYTES + length]);
        page.run_attached(&vec![0; length]);
    }
    let attachments = page.run_again();
    assert!(attachments[..MAX_ATTACHMENTS].iter().all(Option::is_some));
    assert!(attachments[MAX_ATTACHMENTS..].iter().all(Option::is_none));
}

#[test]
fn an_earlier_message_leaves_the_expected_bytes_as_they_are() {
    let expected = |page: &mut Page| {
        page.choose(Mode::Once);
        let exchange = page.model.composer.exchange(ExpectedReplyKind::Bytes).unwrap();
        page.choose(Mode::Interactive);
        exchange.expected().to_vec()
    };
    for (notation, text) in [(Notation::Escapes, r"+PONG"), (Notation::Hex, "ff 00")] {
        let mut page = Page::with_bridge();
        page.choose(Mode::Interactive);
        page.type_message("earlier");
        page.press_send();
        compose(&mut page, ComposerEvent::EndingChosen(LineEnding::CrLf));
        compose(&mut page, ComposerEvent::NotationChosen(notation));
        compose(&mut page, ComposerEvent::ExpectedTyped(text.into()));
        page.type_message("41");
        let before = expected(&mut page);
        compose(&mut page, ComposerEvent::Recalled(HistoryStep::Older));
        assert_eq!(
            page.model.composer.exchange(ExpectedReplyKind::Same).unwrap().sent(),
            b"earlier"
        );
        assert_eq!(expected(&mut page), before);
        compose(&mut page, ComposerEvent::Recalled(HistoryStep::Newer));
        assert_eq!(expected(&mut page), before);
    }
}
