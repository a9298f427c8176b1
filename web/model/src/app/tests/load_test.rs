//! Many exchanges.

use echo_core::Line;

use super::*;
use crate::cause::Cause;
use crate::modes::load::failure_counts::ExchangeError;
use crate::modes::load::settings::{AmountUnit, LoadSetting, TIME_LIMIT_SECONDS};
use crate::modes::load::{LoadTest, LoadTestEnd};
use crate::modes::once::{REPLY_LIMIT_MS, StoppedBy};

/// A page on which Start was pressed, for so many exchanges on so many connections.
fn started(times: u32, connections: u32) -> Page {
    let mut page = chosen(AmountUnit::Exchanges, times, connections);
    page.press_send();
    page
}

fn chosen(unit: AmountUnit, amount: u32, connections: u32) -> Page {
    let mut page = Page::with_bridge();
    page.choose(Mode::Load);
    page.on(Event::Modes(ModesEvent::UnitChosen(unit)));
    for (setting, number) in
        [(LoadSetting::Amount(unit), amount), (LoadSetting::Connections, connections)]
    {
        page.on(Event::Modes(ModesEvent::Typed(setting, number.to_string())));
    }
    page
}

impl Page {
    fn repeat(&self) -> &LoadTest {
        self.model.modes.load.as_ref().unwrap()
    }

    /// The connections that the last event opened.
    fn opened(&self) -> Vec<ConnectionId> {
        let opened = |command: &Command<Event>| match command {
            Command::Connect { id, .. } => Some(*id),
            _ => None,
        };
        self.commands.iter().filter_map(opened).collect()
    }

    /// What happens on one of the connections, and what it leads to there.
    fn on_connection(&mut self, id: ConnectionId, event: ConnectionEvent) -> Vec<Done> {
        self.receive_on(id, event);
        let done = |command: &Command<Event>| match command {
            Command::SendBytes { id: of, bytes } if *of == id => Some(Done::Send(bytes.clone())),
            Command::Close(of) if *of == id => Some(Done::Close),
            _ => None,
        };
        self.commands.iter().filter_map(done).collect()
    }

    fn say_on(&mut self, run: ConnectionId, message: BridgeMessage) -> Vec<Done> {
        self.on_connection(run, ConnectionEvent::Message(message))
    }

    fn establish(&mut self, run: ConnectionId) -> Vec<Done> {
        self.on_connection(run, ConnectionEvent::Opened);
        self.say_on(run, connected())
    }

    /// A reply to what the connection sent; the write began at 100 µs.
    fn reply(&mut self, run: ConnectionId, reply: &[u8], read_us: u64) -> Vec<Done> {
        self.say_on(run, BridgeMessage::Wrote { bytes: 6, began_us: Some(100), at_us: 103 });
        self.say_on(run, BridgeMessage::Read { bytes: reply.len() as u64, at_us: read_us });
        self.on_connection(run, ConnectionEvent::Bytes(reply.to_vec()))
    }

    fn fail_on(&mut self, run: ConnectionId, stage: Stage, kind: Kind) -> Vec<Done> {
        let message = "no";
        self.say_on(run, BridgeMessage::Failed(Failure::new(stage, kind, message)))
    }

    fn tick(&mut self) {
        self.on(Event::Modes(ModesEvent::LoadTicked { at: now(self.at) }));
    }
}

/// Something to be done on a connection.
#[derive(Debug, PartialEq)]
enum Done {
    Send(Vec<u8>),
    Close,
}

const HELLO: &[u8] = b"Hello!";

fn sent() -> Vec<Done> {
    vec![Done::Send(HELLO.to_vec())]
}

#[test]
fn each_connection_sends_and_sends_again_once_the_reply_came() {
    let mut page = started(3, 2);
    let connections = page.opened();
    assert_eq!(connections.len(), 2);
    assert_eq!(page.establish(connections[0]), sent());
    assert_eq!(page.establish(connections[1]), sent());
    assert_eq!(page.reply(connections[0], HELLO, 150), sent());
    assert_eq!(page.reply(connections[0], HELLO, 160), [Done::Close]);
    assert!(page.model.is_running());
    assert_eq!(page.reply(connections[1], HELLO, 170), [Done::Close]);
    assert_eq!((page.repeat().same, page.repeat().end), (3, Some(LoadTestEnd::Done)));
    assert_eq!(page.repeat().tcp.percentile(50), Some(60));
    assert!(!page.model.is_running());
}

#[test]
fn a_message_of_an_unknown_type_is_passed_over() {
    let mut page = started(1, 1);
    let connection = page.opened()[0];
    assert_eq!(page.say_on(connection, BridgeMessage::Unknown), []);
    page.establish(connection);
    assert_eq!(page.say_on(connection, BridgeMessage::Unknown), []);
    page.reply(connection, HELLO, 150);
    assert_eq!((page.repeat().same, page.repeat().end), (1, Some(LoadTestEnd::Done)));
}

#[test]
fn there_are_no_more_connections_than_exchanges() {
    assert_eq!(started(2, 16).opened().len(), 2);
}

#[test]
fn replies_that_differ_are_counted_by_what_the_program_says() {
    let mut page = started(2, 1);
    let connection = page.opened()[0];
    page.establish(connection);
    assert_eq!(page.reply(connection, b"HELLO!", 150), sent());
    page.reply(connection, b"HELLO!", 150);
    let said = ExchangeError::Said(Line::Unexpected(b"HELLO!".to_vec()));
    assert_eq!(page.repeat().failures.kinds(), [(said, 2)]);
    assert_eq!((page.repeat().same, page.repeat().done()), (0, 2));
}

#[test]
fn what_comes_beyond_a_reply_is_how_the_next_one_begins() {
    let mut page = started(2, 1);
    let connection = page.opened()[0];
    page.establish(connection);
    page.reply(connection, b"Hello!Hel", 150);
    page.reply(connection, b"lo!", 150);
    assert_eq!((page.repeat().same, page.repeat().done()), (2, 2));
}

#[test]
fn of_several_writes_the_time_is_from_the_beginning_of_the_last_one() {
    let mut page = started(1, 1);
    let connection = page.opened()[0];
    page.establish(connection);
    page.say_on(connection, BridgeMessage::Wrote { bytes: 2, began_us: Some(20), at_us: 90 });
    page.say_on(connection, BridgeMessage::Wrote { bytes: 4, began_us: Some(100), at_us: 140 });
    page.say_on(connection, BridgeMessage::Read { bytes: 6, at_us: 150 });
    page.on_connection(connection, ConnectionEvent::Bytes(HELLO.to_vec()));
    assert_eq!(page.repeat().tcp.percentile(50), Some(50));
}

#[test]
fn a_reply_that_overtakes_the_news_of_the_write_waits_for_it() {
    let mut page = started(1, 1);
    let connection = page.opened()[0];
    page.establish(connection);
    page.on_connection(connection, ConnectionEvent::Bytes(HELLO.to_vec()));
    assert_eq!(page.repeat().done(), 0);
    page.say_on(connection, BridgeMessage::Wrote { bytes: 6, began_us: Some(100), at_us: 103 });
    assert_eq!(page.repeat().same, 1);
}

#[test]
fn a_connection_that_breaks_is_opened_anew() {
    let mut page = started(2, 1);
    let connection = page.opened()[0];
    page.establish(connection);
    assert_eq!(page.fail_on(connection, Stage::Read, Kind::Reset), [Done::Close]);
    let next = page.opened()[0];
    assert_ne!(next, connection);
    assert_eq!(page.establish(next), sent());
    page.say_on(next, BridgeMessage::Finished { at_us: 900 });
    let said = |text: &str| (ExchangeError::Said(Line::FailedToReceive(text.into())), 1);
    let expected = [said("no"), said("failed to fill whole buffer")];
    assert_eq!(page.repeat().failures.kinds(), expected);
    assert_eq!(page.repeat().end, Some(LoadTestEnd::Done));
}

#[test]
fn a_target_that_cannot_be_reached_is_not_tried_again_and_again() {
    let mut page = started(1_000, 2);
    for connection in page.opened() {
        page.on_connection(connection, ConnectionEvent::Opened);
        page.fail_on(connection, Stage::Connect, Kind::Refused);
        assert!(page.opened().is_empty());
    }
    let repeat = page.repeat();
    assert_eq!(
        repeat.failures.kinds(),
        [(ExchangeError::Said(Line::FailedToConnect("no".into())), 2)]
    );
    assert_eq!(repeat.end, Some(LoadTestEnd::NoneLeft));
    assert_eq!(repeat.cause, Some(Cause::Failed(Stage::Connect, Kind::Refused)));
}

#[test]
fn a_bridge_that_is_gone_is_asked_for_once() {
    let mut page = started(1_000, 3);
    for (index, connection) in page.opened().into_iter().enumerate() {
        page.on_connection(
            connection,
            ConnectionEvent::Closed { code: 1006, reason: String::new() },
        );
        assert_eq!(page.commands.contains(&fetch()), index == 0);
    }
    page.on_bridge_info(Err(BridgeError::NotThere));
    let repeat = page.repeat();
    let said = ExchangeError::Said(Line::FailedToConnect("the bridge is not running".into()));
    assert_eq!(repeat.failures.kinds(), [(said, 3)]);
    assert_eq!((repeat.end, repeat.cause), (Some(LoadTestEnd::NoneLeft), Some(Cause::NoBridge)));
}

#[test]
fn stop_ends_it_at_once_and_counts_nothing_that_was_under_way() {
    let mut page = started(1_000, 2);
    let connections = page.opened();
    page.establish(connections[0]);
    page.reply(connections[0], HELLO, 150);
    page.on(Event::Modes(ModesEvent::StopPressed { at: now(page.at) }));
    let closed = connections.iter().map(|&connection| Command::Close(connection));
    assert_eq!(page.commands, closed.collect::<Vec<_>>());
    assert!(page.on_connection(connections[0], ConnectionEvent::Bytes(HELLO.to_vec())).is_empty());
    assert_eq!((page.repeat().done(), page.repeat().end), (1, Some(LoadTestEnd::Stopped)));
}

#[test]
fn a_time_ends_by_the_clock_even_where_no_timer_goes_off() {
    let mut page = chosen(AmountUnit::Seconds, 10, 1);
    page.press_send();
    let connection = page.opened()[0];
    page.establish(connection);
    page.reply(connection, HELLO, 150);
    page.at += 10_000.0;
    assert_eq!(
        page.on_connection(connection, ConnectionEvent::Bytes(HELLO.to_vec())),
        [Done::Close]
    );
    assert_eq!((page.repeat().done(), page.repeat().end), (1, Some(LoadTestEnd::TimeUp)));
    assert!((page.repeat().elapsed() - 10_000.0).abs() < f64::EPSILON);
}

#[test]
fn a_number_of_exchanges_does_not_go_on_for_ever_either() {
    let mut page = started(1_000, 1);
    page.at += f64::from(TIME_LIMIT_SECONDS) * 1_000.0;
    page.tick();
    assert_eq!(page.repeat().end, Some(LoadTestEnd::TimeUp));
}

#[test]
fn a_reply_that_does_not_come_in_time_ends_its_connection() {
    let mut page = started(1_000, 2);
    for connection in page.opened() {
        page.establish(connection);
    }
    page.at += f64::from(REPLY_LIMIT_MS) + 10.0;
    page.tick();
    assert_eq!(page.repeat().failures.kinds(), [(ExchangeError::Overdue, 2)]);
    assert_eq!(page.repeat().end, Some(LoadTestEnd::NoneLeft));
    page.tick();
    assert!(page.commands.is_empty());
}

#[test]
fn a_setting_out_of_its_range_is_told_and_nothing_starts() {
    let mut page = started(1_000, 17);
    assert!(page.commands.is_empty() && page.model.modes.load.is_none());
    assert_eq!(page.model.modes.settings.invalid, Some(LoadSetting::Connections));
    page.on(Event::Modes(ModesEvent::Typed(LoadSetting::Connections, "16".into())));
    assert_eq!(page.model.modes.settings.invalid, None);
}

#[test]
fn the_switch_waits_for_a_repetition_and_loses_nothing() {
    let mut page = started(1, 1);
    page.choose(Mode::Once);
    assert_eq!(page.model.modes.mode, Mode::Load);
    let connections = page.opened();
    assert!(connections.is_empty());
    page.on(Event::Modes(ModesEvent::StopPressed { at: now(page.at) }));
    page.choose(Mode::Once);
    assert_eq!(
        (page.model.modes.mode, &**page.model.composer.message().text()),
        (Mode::Once, "Hello!")
    );
    assert!(page.model.modes.load.is_some());
}

#[test]
fn the_switch_ends_a_run_as_stop_does() {
    let mut page = Page::connected("Hello!");
    page.choose(Mode::Load);
    assert_eq!(page.commands, [page.drop_connection()]);
    assert_eq!(page.last_note(), Note::Stopped(StoppedBy::User));
}

#[test]
fn what_happens_on_its_connections_is_drawn_together_but_for_its_end() {
    let mut page = started(1, 1);
    let connection = page.opened()[0];
    let under_way = page.model.progress();
    page.establish(connection);
    assert_eq!(page.model.progress(), under_way);
    page.reply(connection, HELLO, 150);
    assert_ne!(page.model.progress(), under_way);
}
