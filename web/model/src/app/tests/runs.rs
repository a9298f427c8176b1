//! Runs that are over: kept, opened again, compared, repeated.

use super::*;
use crate::bounded_bytes::MAX_COPIED_BYTES;
use crate::cause::Cause;
use crate::command::WallClock;
use crate::inspector::view::Panel;
use crate::inspector::{InspectorEvent, Tab};
use crate::loadable::LoadError;
use crate::modes::interactive::SCRIPT_PAUSE_MS;
use crate::modes::load::settings::{AmountUnit, LoadSetting};
use crate::packets::snapshot::CaptureSnapshot;
use crate::runs::document::Document;
use crate::runs::list::{ListedRun, ListedRunId, MAX_RUNS};
use crate::runs::record::{Exchanges, LogLine, RunOutcome, RunRecord};
use crate::runs::request::Request;
use crate::runs::requests::RequestsEvent;
use crate::runs::{FinishedRuns, RunSelection, Runs, RunsEvent, RunsNotice, StorageStatus, file};

impl Page {
    /// What the shell does when a run is over, at this date.
    fn date(&mut self, date_ms: f64) {
        let Some(Command::ReadClock(reply)) = self.for_runs.pop() else { panic!("no run is over") };
        self.on(reply(WallClock { date_ms, clock_step_ms: 0.1 }));
    }

    /// A whole run whose reply is `reply`.
    fn run_once(&mut self, reply: &[u8], date_ms: f64) {
        self.press_send();
        self.receive(ConnectionEvent::Opened);
        self.say(BridgeMessage::Connected {
            local: "127.0.0.1:51234".parse().unwrap(),
            peer: "127.0.0.1:8888".parse().unwrap(),
            resolve_us: 31,
            connect_us: 85,
        });
        self.wrote(6, 400);
        self.say(BridgeMessage::Read { bytes: reply.len() as u64, at_us: 496 });
        self.bytes(reply);
        self.elapse(RunEvent::Quiet);
        self.date(date_ms);
    }

    /// What the browser stores.
    fn stored(&self) -> Option<Document> {
        self.store.as_deref().map(|text| file::read(text).expect("it can be read"))
    }

    fn state(&self) -> &FinishedRuns {
        self.model.runs.part().expect("the runs are loaded").state()
    }

    fn kept(&self) -> Vec<&ListedRun> {
        self.state().list.iter().collect()
    }

    fn newest(&self) -> &RunRecord {
        &self.kept()[0].record
    }

    fn ids(&self) -> Vec<ListedRunId> {
        self.kept().iter().map(|entry| entry.id).collect()
    }

    fn runs(&mut self, event: RunsEvent) {
        self.on(Event::Runs(event));
    }

    fn requests(&mut self, event: RequestsEvent) {
        self.runs(RunsEvent::Requests(event));
    }

    /// Finds this document in the browser's storage, and reads it.
    pub(super) fn load_runs(&mut self, document: &str) {
        self.store = Some(document.into());
        self.runs(RunsEvent::StoreFound);
    }
}

fn page_with_runs(count: usize) -> Page {
    let mut page = Page::with_bridge();
    let mut date_ms = 1_000.0;
    for _ in 0..count {
        page.run_once(b"Hello!", date_ms);
        date_ms += 1.0;
    }
    page
}

#[test]
fn a_run_is_kept_once_with_all_that_was_shown_of_it() {
    let mut page = page_with_runs(1);
    assert!(page.stored().is_some());
    page.on(Event::DrawDue);
    assert!(page.for_runs.is_empty());
    let run = page.newest();
    assert_eq!((run.finished_ms, run.target.as_str()), (1_000, "localhost:8888"));
    assert_eq!(
        (run.message.complete(), run.reply.complete()),
        (Some(&b"Hello!"[..]), Some(&b"Hello!"[..]))
    );
    assert_eq!((run.outcome, run.tcp_us, run.clock_us), (RunOutcome::Same, Some(96), 100));
    assert_eq!(run.sentence(), "Reply is ok!");
    assert_eq!(run.lines.len(), 4);
}

#[test]
fn what_came_after_the_verdict_is_kept_too() {
    let mut page = Page::with_bridge();
    page.run_once(b"Hello!!!!", 1_000.0);
    assert_eq!(page.newest().extra.complete(), Some(&b"!!!"[..]));
}

#[test]
fn a_run_that_is_read_on_is_kept_when_the_next_one_takes_its_place() {
    let mut page = Page::connected("Hello!");
    page.wrote(6, 400);
    page.bytes(b"Hello!");
    assert!(page.for_runs.is_empty());
    page.press_send();
    page.date(1_000.0);
    assert_eq!(page.newest().outcome, RunOutcome::Same);
}

#[test]
fn a_run_without_a_connection_is_kept_with_its_message_and_cause() {
    let mut page = Page::with_bridge();
    page.press_send();
    page.receive(ConnectionEvent::Opened);
    page.fail(Stage::Connect, Kind::Refused, "Connection refused (os error 111)");
    page.date(1_000.0);
    let run = page.newest();
    assert_eq!(run.message.complete(), Some(&b"Hello!"[..]));
    assert_eq!(run.outcome, RunOutcome::NotConnected);
    assert_eq!(run.cause, Some(Cause::Failed(Stage::Connect, Kind::Refused)));
    assert_eq!(run.sentence(), "Failed to connect: Connection refused (os error 111)");
}

#[test]
fn the_oldest_run_makes_room_for_the_newest() {
    let page = page_with_runs(MAX_RUNS + 1);
    assert_eq!(page.kept().len(), MAX_RUNS);
    assert_eq!(page.newest().finished_ms, 1_000 + MAX_RUNS as u64);
}

#[test]
fn an_earlier_run_is_shown_until_the_latest_is_wanted_or_a_new_one_starts() {
    let mut page = page_with_runs(2);
    let [_, first] = page.ids()[..] else { panic!() };
    page.runs(RunsEvent::Chosen(first));
    assert_eq!(page.state().selection, RunSelection::Earlier(first));
    page.runs(RunsEvent::LatestPressed);
    assert_eq!(page.state().selection, RunSelection::Latest);
    page.runs(RunsEvent::Chosen(first));
    page.press_send();
    assert_eq!(page.state().selection, RunSelection::Latest);
}

#[test]
fn a_run_is_compared_with_the_next_that_is_chosen() {
    let mut page = page_with_runs(2);
    let [second, first] = page.ids()[..] else { panic!() };
    page.runs(RunsEvent::ComparePressed(first));
    page.runs(RunsEvent::Chosen(second));
    assert_eq!(page.state().selection, RunSelection::Compared(first, second));
    page.runs(RunsEvent::Chosen(second));
    assert_eq!(page.state().selection, RunSelection::Earlier(second));
}

#[test]
fn a_repeated_run_sets_to_and_message_and_presses_send() {
    let mut page = page_with_runs(1);
    page.on(Event::ToTyped("localhost:7".into()));
    page.type_message("another");
    let id = page.ids()[0];
    page.runs(RunsEvent::RepeatPressed { id, at: now(9.0) });
    assert_eq!(
        (page.model.target(), &**page.model.composer.message().text()),
        ("localhost:8888", "Hello!")
    );
    assert!(page.model.is_running());
    assert_eq!(page.commands[0], open(page.run(), "echo"));
}

#[test]
fn a_message_that_was_too_long_to_keep_is_not_repeated_after_a_reload() {
    let mut page = Page::with_bridge();
    page.type_message(&"x".repeat(5_000));
    page.press_send();
    page.press_stop();
    page.date(1_000.0);
    let mut reloaded = Page::with_bridge();
    reloaded.load_runs(&page.store.clone().unwrap());
    let id = reloaded.ids()[0];
    reloaded.runs(RunsEvent::RepeatPressed { id, at: now(9.0) });
    assert!(reloaded.commands.is_empty());
}

#[test]
fn runs_come_back_after_a_reload() {
    let mut page = page_with_runs(2);
    let stored = page.store.clone().unwrap();
    let mut reloaded = Page::with_bridge();
    reloaded.load_runs(&stored);
    let dates =
        |page: &Page| page.kept().iter().map(|it| it.record.finished_ms).collect::<Vec<_>>();
    assert_eq!(dates(&reloaded), [1_001, 1_000]);
    // Another tab tells of runs that are here already: they stay the same to whoever looks at them.
    let ids = page.ids();
    page.load_runs(&stored);
    assert_eq!(page.ids(), ids);
}

#[test]
fn what_two_tabs_store_at_the_same_time_is_all_stored() {
    let (mut page, mut other) = (page_with_runs(1), Page::with_bridge());
    let request = |page: &mut Page, name: &str| {
        page.requests(RequestsEvent::SavePressed);
        page.requests(RequestsEvent::NameTyped(name.into()));
        page.requests(RequestsEvent::Submitted);
    };
    // The other tab has not heard yet of what this one stored.
    other.store = page.store.take();
    other.run_once(b"HELLO!", 2_000.0);
    request(&mut other, "theirs");
    page.store = other.store.take();
    page.run_once(b"Hello!", 3_000.0);
    request(&mut page, "ours");
    let Document { requests, runs } = page.stored().unwrap();
    assert_eq!(requests.iter().map(Request::name).collect::<Vec<_>>(), ["theirs", "ours"]);
    let dates: Vec<_> = runs.iter().map(|run| run.finished_ms).collect();
    assert_eq!(dates, [3_000, 2_000, 1_000]);
    assert_eq!(page.kept().len(), 3, "and this tab shows them");
}

#[test]
fn what_another_tab_removed_does_not_come_back() {
    let mut page = page_with_runs(2);
    let mut other = Page::with_bridge();
    other.load_runs(&page.store.clone().unwrap());
    let id = other.ids()[0];
    other.runs(RunsEvent::DeletePressed(id));
    page.load_runs(&other.store.clone().unwrap());
    page.run_once(b"Hello!", 2_000.0);
    let dates: Vec<_> = page.stored().unwrap().runs.iter().map(|run| run.finished_ms).collect();
    assert_eq!(dates, [2_000, 1_000]);
}

/// A page whose code for the runs is not loaded yet.
fn unloaded() -> Page {
    let mut page = Page::with_bridge();
    page.model.runs = Runs::default();
    page
}

fn load(page: &mut Page) {
    page.on(Event::RunsLoaded(Ok(Box::new(FinishedRuns::default()))));
}

#[test]
fn the_code_of_the_runs_is_loaded_while_the_first_one_goes_on_and_knows_of_it_then() {
    let mut page = unloaded();
    assert!(!page.commands.contains(&Command::LoadRuns));
    page.press_send();
    assert!(page.commands.contains(&Command::LoadRuns));
    page.press_stop();
    page.date(1_000.0);
    page.press_send();
    page.press_stop();
    page.date(2_000.0);
    assert!(!page.commands.contains(&Command::LoadRuns), "it is being loaded");
    load(&mut page);
    assert_eq!((page.kept().len(), page.stored().unwrap().runs.len()), (2, 2));
}

#[test]
fn after_the_code_could_not_be_loaded_another_try_reads_what_is_stored() {
    let mut page = unloaded();
    page.store = page_with_runs(2).store;
    let before = page.store.clone();
    page.runs(RunsEvent::StoreFound);
    page.on(Event::RunsLoaded(Err(LoadError)));
    assert!(page.model.has_run_list(), "to say that it could not be loaded");
    page.press_send();
    page.press_stop();
    page.date(3_000.0);
    assert_eq!(page.store, before);
    page.on(Event::RunsRetryPressed);
    assert!(page.commands.contains(&Command::LoadRuns));
    load(&mut page);
    assert_eq!((page.kept().len(), page.stored().unwrap().runs.len()), (3, 3));
}

#[test]
fn what_could_not_be_read_is_not_written_over_before_clear() {
    let mut page = Page::with_bridge();
    page.load_runs("{}");
    page.run_once(b"Hello!", 1_000.0);
    assert_eq!(page.store.as_deref(), Some("{}"));
    assert_eq!(page.state().storage, StorageStatus::Unread(file::ImportError::NotRuns));
    page.runs(RunsEvent::ClearPressed);
    assert_eq!(page.store, None);
    page.run_once(b"Hello!", 1_001.0);
    assert!(page.stored().is_some());
}

#[test]
fn runs_of_a_time_when_nothing_could_be_read_are_stored_once_another_tab_has_cleared_that() {
    let mut page = Page::with_bridge();
    page.load_runs("{}");
    page.run_once(b"Hello!", 2_000.0);
    page.load_runs(&page_with_runs(1).store.unwrap());
    assert_eq!(page.state().storage, StorageStatus::Works);
    let dates: Vec<_> = page.stored().unwrap().runs.iter().map(|run| run.finished_ms).collect();
    assert_eq!((dates, page.kept().len()), (vec![2_000, 1_000], 2));
}

#[test]
fn what_was_refused_stays_in_the_list_while_less_than_all_of_it_could_be_stored() {
    let mut page = page_with_runs(1);
    page.store_limit = page.store.as_ref().unwrap().len() + 100;
    page.run_once(&[b'x'; 2_000], 2_000.0);
    assert_eq!((&page.state().storage, page.kept().len()), (&StorageStatus::Refused, 2));
    // The short one alone would still find room in the place of the first.
    page.store = None;
    page.run_once(b"Hello!", 3_000.0);
    assert_eq!((&page.state().storage, page.kept().len()), (&StorageStatus::Refused, 3));
    page.store_limit = usize::MAX;
    page.run_once(b"HELLO!", 4_000.0);
    assert_eq!((&page.state().storage, page.kept().len()), (&StorageStatus::Works, 4));
    assert_eq!(page.stored().unwrap().runs.len(), 4);
}

#[test]
fn a_browser_that_keeps_nothing_is_told_until_it_does_and_then_stores_all() {
    let mut page = Page::with_bridge();
    page.store_limit = 0;
    page.run_once(b"Hello!", 1_000.0);
    assert_eq!((&page.state().storage, page.kept().len()), (&StorageStatus::Refused, 1));
    page.store_limit = usize::MAX;
    page.run_once(b"Hello!", 2_000.0);
    assert_eq!(page.state().storage, StorageStatus::Works);
    assert_eq!((page.kept().len(), page.stored().unwrap().runs.len()), (2, 2));
}

#[test]
fn one_run_is_removed_and_can_be_had_again() {
    let mut page = page_with_runs(3);
    let ids = page.ids();
    page.runs(RunsEvent::Chosen(ids[1]));
    page.runs(RunsEvent::DeletePressed(ids[1]));
    assert_eq!(page.ids(), [ids[0], ids[2]]);
    assert_eq!(page.state().selection, RunSelection::Latest);
    assert_eq!(page.stored().unwrap().runs.len(), 2);
    page.runs(RunsEvent::UndoPressed);
    assert_eq!((page.kept().len(), page.stored().unwrap().runs.len()), (3, 3));
}

#[test]
fn what_clear_removed_can_be_had_again_even_after_another_run() {
    let mut page = page_with_runs(2);
    page.runs(RunsEvent::ClearPressed);
    assert!(page.kept().is_empty());
    page.runs(RunsEvent::ClearPressed);
    page.run_once(b"Hello!", 2_000.0);
    page.runs(RunsEvent::UndoPressed);
    assert_eq!((page.kept().len(), page.stored().unwrap().runs.len()), (3, 3));
}

#[test]
fn an_import_adds_what_is_new_and_pushes_nothing_out() {
    let mut page = page_with_runs(MAX_RUNS - 1);
    let mut other = page_with_runs(MAX_RUNS + 2);
    other.runs(RunsEvent::ExportPressed);
    let Some(Command::SaveFile { contents, .. }) = other.for_runs.pop() else { panic!() };
    let text = String::from_utf8(contents).unwrap();
    let before: Vec<_> = page.kept().into_iter().cloned().collect();
    page.runs(RunsEvent::FileRead(file::read(&text)));
    assert!(before.iter().all(|entry| page.kept().contains(&entry)));
    assert_eq!(page.kept().len(), MAX_RUNS);
    let Some(RunsNotice::Imported(taken)) = &page.state().notice else { panic!() };
    assert_eq!((taken.new, taken.known, taken.left_out), (1, MAX_RUNS - 3, 2));
}

#[test]
fn a_file_that_is_refused_changes_nothing() {
    let mut page = page_with_runs(2);
    let before = page.ids();
    page.runs(RunsEvent::FileRead(file::read("not a file")));
    assert_eq!(
        page.state().notice,
        Some(RunsNotice::Refused(file::ImportError::NotJson { line: 1 }))
    );
    page.runs(RunsEvent::FileRead(Err(file::ImportError::Unreadable)));
    assert_eq!((page.ids(), page.for_runs.len()), (before, 0));
}

impl Page {
    /// What somebody does to how one exchanges.
    fn modes(&mut self, event: impl FnOnce(PageTime) -> ModesEvent) {
        self.on(Event::Modes(event(now(self.at))));
    }

    /// What happens on the connection that stays.
    fn on_stay(&mut self, event: ConnectionEvent) {
        let id = self.model.modes.interactive.as_ref().unwrap().id();
        self.receive_on(id, event);
    }

    /// What was kept of the connection that stayed, which one more event does not change.
    fn stayed(&mut self) -> &RunRecord {
        self.date(1_000.0);
        self.on(Event::DrawDue);
        assert!(self.for_runs.is_empty());
        assert_eq!(self.kept().len(), 1);
        self.newest()
    }
}

/// A connection that stays, on which "Hello!" was said and "Hi" was heard.
fn stays() -> Page {
    let mut page = Page::with_bridge();
    page.choose(Mode::Interactive);
    page.press_send();
    page.on_stay(ConnectionEvent::Opened);
    page.on_stay(ConnectionEvent::Message(connected()));
    page.on_stay(ConnectionEvent::Bytes(b"Hi".to_vec()));
    assert!(page.for_runs.is_empty());
    page
}

fn normal_close() -> ConnectionEvent {
    ConnectionEvent::Closed { code: 1000, reason: String::new() }
}

fn moved(lines: &[LogLine]) -> Vec<(&str, Option<u64>, Option<u64>)> {
    lines.iter().map(|line| (line.text.as_str(), line.sent, line.received)).collect()
}

#[test]
fn a_connection_that_both_sides_finished_is_kept_with_what_moved() {
    let mut page = stays();
    page.modes(|at| ModesEvent::FinishPressed { at });
    page.on_stay(ConnectionEvent::Message(BridgeMessage::Finished { at_us: 900 }));
    assert!(page.for_runs.is_empty());
    page.on_stay(normal_close());
    let run = page.stayed();
    assert_eq!((run.mode, run.outcome, run.cause), (Mode::Interactive, RunOutcome::Finished, None));
    assert_eq!(run.target, "localhost:8888");
    assert_eq!(
        (run.message.complete(), run.reply.complete()),
        (Some(&b"Hello!"[..]), Some(&b"Hi"[..]))
    );
    assert_eq!(moved(&run.lines), [("Hello!", Some(6), None), ("Hi", None, Some(2))]);
    assert_eq!((run.tcp_us, run.browser_us), (None, None));
}

#[test]
fn a_connection_that_broke_is_kept_with_its_cause_and_words() {
    let mut page = stays();
    let (stage, kind) = (Stage::Read, Kind::Reset);
    let message = "Connection reset by peer";
    page.on_stay(ConnectionEvent::Message(BridgeMessage::Failed(Failure::new(
        stage, kind, message,
    ))));
    let run = page.stayed();
    assert_eq!(run.outcome, RunOutcome::Broken);
    assert_eq!(run.cause, Some(Cause::Failed(Stage::Read, Kind::Reset)));
    assert_eq!((run.sentence(), run.lines.len()), ("Connection reset by peer", 3));
}

#[test]
fn a_connection_that_was_reset_or_ended_here_is_kept() {
    let mut page = stays();
    page.modes(|at| ModesEvent::ResetPressed { at });
    let is_reset = |command: &Command<Event>| {
        matches!(command, Command::SendMessage { message: ClientMessage::Reset, .. })
    };
    assert!(page.commands.iter().any(is_reset));
    assert!(page.for_runs.is_empty());
    page.on_stay(normal_close());
    assert_eq!(page.stayed().outcome, RunOutcome::Reset);
    let mut page = stays();
    page.modes(|at| ModesEvent::DisconnectPressed { at });
    assert_eq!(page.stayed().outcome, RunOutcome::Disconnected);
}

#[test]
fn a_connection_that_never_was_is_kept_with_its_cause() {
    let mut page = Page::with_bridge();
    page.choose(Mode::Interactive);
    page.on(Event::ConnectPressed { at: now(page.at) });
    page.on_stay(ConnectionEvent::Opened);
    let (stage, kind) = (Stage::Connect, Kind::Refused);
    let failure = Failure::new(stage, kind, "Connection refused");
    page.on_stay(ConnectionEvent::Message(BridgeMessage::Failed(failure)));
    let run = page.stayed();
    assert_eq!((run.outcome, run.sentence()), (RunOutcome::NotConnected, "Connection refused"));
    assert!(run.message.is_empty());
}

#[test]
fn a_connection_that_was_given_up_is_kept() {
    let mut page = Page::with_bridge();
    page.choose(Mode::Interactive);
    page.press_send();
    page.modes(|at| ModesEvent::DisconnectPressed { at });
    assert_eq!(page.stayed().outcome, RunOutcome::GivenUp);
}

#[test]
fn of_a_long_connection_the_beginning_and_the_true_length_are_kept() {
    let mut page = stays();
    for _ in 0..20 {
        page.on_stay(ConnectionEvent::Bytes(vec![b'x'; 1_000]));
    }
    let fail = ConnectionEvent::Closed { code: 1011, reason: "gone".into() };
    page.on_stay(fail);
    let run = page.stayed();
    assert_eq!((run.reply.bytes().len(), run.reply.length()), (MAX_COPIED_BYTES, 20_002));
    assert!(run.is_bounded());
    assert_eq!(run.lines[2].text, "x".repeat(200) + "…");
    assert_eq!((run.lines.len(), run.lines[15].received), (16, None));
}

#[test]
fn where_the_oldest_bytes_are_gone_there_is_no_beginning_to_keep() {
    let mut page = stays();
    for _ in 0..5 {
        page.on_stay(ConnectionEvent::Bytes(vec![b'x'; 1024 * 1024]));
    }
    page.modes(|at| ModesEvent::DisconnectPressed { at });
    let reply = &page.stayed().reply;
    assert_eq!((reply.bytes(), reply.length()), (&b""[..], 5 * 1024 * 1024 + 2));
}

/// A page on which two exchanges were repeated on one connection; the second brought `last`.
fn repeated(last: &[u8]) -> Page {
    let mut page = Page::with_bridge();
    page.choose(Mode::Load);
    page.modes(|_| ModesEvent::Typed(LoadSetting::Amount(AmountUnit::Exchanges), "2".into()));
    page.modes(|_| ModesEvent::Typed(LoadSetting::Connections, "1".into()));
    page.press_send();
    let open = |command: &Command<Event>| match command {
        Command::Connect { id, .. } => Some(*id),
        _ => None,
    };
    let id = page.commands.iter().find_map(open).unwrap();
    let mut on = |event| page.receive_on(id, event);
    on(ConnectionEvent::Opened);
    on(ConnectionEvent::Message(connected()));
    for reply in [b"Hello!", last] {
        on(ConnectionEvent::Message(BridgeMessage::Wrote {
            bytes: 6,
            began_us: Some(100),
            at_us: 103,
        }));
        on(ConnectionEvent::Message(BridgeMessage::Read { bytes: 6, at_us: 150 }));
        on(ConnectionEvent::Bytes(reply.to_vec()));
    }
    page
}

#[test]
fn a_repetition_is_kept_once_with_its_counts_and_medians() {
    let mut page = repeated(b"HELLO!");
    let run = page.stayed();
    assert_eq!((run.mode, run.outcome), (Mode::Load, RunOutcome::Repeated));
    assert_eq!(run.exchanges, Some(Exchanges { done: 2, same: 1 }));
    assert_eq!((run.message.complete(), run.reply.length()), (Some(&b"Hello!"[..]), 0));
    assert_eq!((run.tcp_us, run.lines.len()), (Some(50), 0));
    assert!(run.browser_us.is_some());
}

#[test]
fn runs_of_every_way_come_one_after_the_other_and_come_back() {
    let mut page = repeated(b"Hello!");
    page.date(1_000.0);
    page.choose(Mode::Interactive);
    page.press_send();
    page.modes(|at| ModesEvent::DisconnectPressed { at });
    page.date(1_001.0);
    page.choose(Mode::Once);
    page.run_once(b"Hello!", 1_002.0);
    let kept = page.stored().unwrap();
    let records: Vec<_> = page.kept().iter().map(|entry| entry.record.clone()).collect();
    assert_eq!(
        records.iter().map(|it| it.mode).collect::<Vec<_>>(),
        [Mode::Once, Mode::Interactive, Mode::Load]
    );
    assert_eq!(kept.runs, records);
}

/// A page on which an earlier connection is made again: "one" was said on it, "ONE" came, and then
/// "two" and "three" were said.
fn made_again() -> Page {
    let mut page = Page::with_bridge();
    page.choose(Mode::Interactive);
    page.type_message("one");
    page.press_send();
    page.on_stay(ConnectionEvent::Opened);
    page.on_stay(ConnectionEvent::Message(connected()));
    page.on_stay(ConnectionEvent::Bytes(b"ONE".to_vec()));
    for message in ["two", "three"] {
        page.type_message(message);
        page.press_send();
    }
    page.modes(|at| ModesEvent::DisconnectPressed { at });
    page.date(1_000.0);
    page.choose(Mode::Once);
    page.type_message("another");
    let id = page.ids()[0];
    page.runs(RunsEvent::RepeatPressed { id, at: now(page.at) });
    page
}

/// The messages that the last event had sent.
fn said(page: &Page) -> Vec<&[u8]> {
    fn bytes(command: &Command<Event>) -> Option<&[u8]> {
        match command {
            Command::SendBytes { bytes, .. } => Some(bytes),
            _ => None,
        }
    }
    page.commands.iter().filter_map(bytes).collect()
}

#[test]
fn a_conversation_is_had_again_message_by_message() {
    let mut page = made_again();
    assert!(page.model.modes.is_connected());
    assert_eq!(&**page.model.composer.message().text(), "three");
    // What has begun is not begun again.
    let id = page.ids()[0];
    page.runs(RunsEvent::RepeatPressed { id, at: now(page.at) });
    assert_eq!(page.commands, []);
    page.on_stay(ConnectionEvent::Opened);
    page.on_stay(ConnectionEvent::Message(connected()));
    assert_eq!(said(&page), [b"one"]);
    page.on_stay(ConnectionEvent::Bytes(b"ON".to_vec()));
    assert_eq!(said(&page), [&b""[..]; 0]);
    page.on_stay(ConnectionEvent::Bytes(b"E".to_vec()));
    assert_eq!(said(&page), [&b"two"[..], b"three"]);
}

#[test]
fn a_conversation_goes_on_after_a_pause_when_less_is_answered_than_before() {
    let mut page = made_again();
    page.on_stay(ConnectionEvent::Opened);
    page.on_stay(ConnectionEvent::Message(connected()));
    page.modes(|at| ModesEvent::InteractiveTicked { at });
    assert_eq!(said(&page), [&b""[..]; 0]);
    page.at += SCRIPT_PAUSE_MS;
    page.modes(|at| ModesEvent::InteractiveTicked { at });
    assert_eq!(said(&page), [b"two"]);
    page.at += SCRIPT_PAUSE_MS;
    page.modes(|at| ModesEvent::InteractiveTicked { at });
    assert_eq!(said(&page), [b"three"]);
    page.modes(|at| ModesEvent::InteractiveTicked { at });
    assert_eq!(page.commands, [], "the clock is looked at no longer");
}

#[test]
fn a_conversation_that_ends_is_not_had_further() {
    let mut page = made_again();
    page.modes(|at| ModesEvent::DisconnectPressed { at });
    page.at += SCRIPT_PAUSE_MS;
    page.modes(|at| ModesEvent::InteractiveTicked { at });
    assert_eq!(page.commands, []);
}

#[test]
fn an_earlier_run_is_looked_at_as_the_latest_one_was() {
    let mut page = Page::with_bridge();
    page.run_once(b"HELLO!", 1_000.0);
    let shown = |page: &Page| {
        let view = page.model.inspector_view().unwrap();
        let Panel::Timeline(timeline) = view.panel else { panic!("the Timeline is chosen") };
        timeline.rows.iter().map(|row| format!("{row:?}")).collect::<Vec<_>>()
    };
    let bytes = |page: &mut Page| {
        page.on(Event::Inspector(InspectorEvent::TabChosen(Tab::Bytes)));
        let view = page.model.inspector_view().unwrap();
        page.on(Event::Inspector(InspectorEvent::TabChosen(Tab::Timeline)));
        format!("{:?}", view.panel)
    };
    let packets = |page: &Page| {
        let record = page.model.record().unwrap();
        let mut snapshot = CaptureSnapshot::default();
        snapshot.sync(&record);
        let capture = snapshot.capture(&record, 0.0).expect("they are inferred");
        capture
            .packets()
            .iter()
            .map(|it| format!("{:?} {:?}", it.flags, it.payload()))
            .collect::<Vec<_>>()
    };
    let (rows, dump, inferred) = (shown(&page), bytes(&mut page), packets(&page));
    let mut reloaded = Page::with_bridge();
    reloaded.load_runs(&page.store.clone().unwrap());
    let id = reloaded.ids()[0];
    reloaded.runs(RunsEvent::Chosen(id));
    assert_eq!(shown(&reloaded), rows);
    assert_eq!(bytes(&mut reloaded), dump);
    assert_eq!(packets(&reloaded), inferred);
    reloaded.runs(RunsEvent::LatestPressed);
    assert!(reloaded.model.record().is_none(), "there was no run since");
}

#[test]
fn a_connection_on_which_nothing_was_said_is_made_again_in_silence() {
    let mut page = Page::with_bridge();
    page.choose(Mode::Interactive);
    page.on(Event::ConnectPressed { at: now(page.at) });
    page.modes(|at| ModesEvent::DisconnectPressed { at });
    page.date(1_000.0);
    let id = page.ids()[0];
    page.runs(RunsEvent::RepeatPressed { id, at: now(page.at) });
    assert!(page.model.modes.is_connected());
    assert_eq!(page.model.modes.interactive.as_ref().unwrap().conversation.waiting_bytes(), 0);
}

#[test]
fn a_repetition_starts_again_with_the_settings_that_are_there() {
    let mut page = repeated(b"Hello!");
    page.date(1_000.0);
    page.modes(|_| ModesEvent::Typed(LoadSetting::Amount(AmountUnit::Exchanges), "7".into()));
    page.choose(Mode::Once);
    let id = page.ids()[0];
    page.runs(RunsEvent::RepeatPressed { id, at: now(page.at) });
    assert!(page.model.modes.is_load_test_running());
    assert_eq!(page.model.modes.load.as_ref().unwrap().plan.exchanges, Some(7));
}

#[test]
fn an_earlier_run_that_was_recorded_has_its_bytes_as_text_in_the_views() {
    let mut page = Page::with_bridge();
    page.run_once(b"HELLO!", 1.0);
    page.run_once(b"Hello!", 2.0);
    let first = page.ids()[1];
    page.runs(RunsEvent::Chosen(first));
    assert_eq!(page.model.earlier_text_view(), None);
    let view = page.model.text_view().unwrap();
    let texts: Vec<_> = (0..2).map(|turn| view.document.0.text_of(turn)).collect();
    assert_eq!(texts, ["Hello!", "HELLO!"]);
}
