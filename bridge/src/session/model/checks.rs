//! What is compared between a session and the model.

use echo_core::wire::{ACK_EVERY, BridgeMessage, WINDOW};

use super::reference::{Model, Outcome, Said};
use super::world::World;
use crate::relay::{CloseMode, Dialect, Ending};
use crate::scratch::CHUNK;
use crate::stream::simulated::End;

/// The most bytes of messages that a session may hold for a slow target: a window, or what one read
/// brings into an empty queue, and what a further read brings.
const MOST_UP: u64 = WINDOW + 64 * 1024;
/// The same for a slow client: the message of one read, and messages about it.
const MOST_DOWN: u64 = CHUNK as u64 + 64 * 1024;

/// Checks what holds whenever nothing moves.
pub(super) fn check(world: &World, model: &Model) {
    let World { client, target, .. } = world;
    assert_eq!(target.connection.misuse(), None);
    assert!(client.heard <= target.sent && target.heard <= client.sent, "bytes from nowhere");
    if let Some(ending) = world.ending() {
        let outcome = Outcome::of(&ending);
        assert!(model.allowed.contains(&outcome), "{ending:?}, not {:?}", model.allowed);
        return;
    }
    assert!(!model.is_over, "the session goes on instead of {:?}", model.allowed);
    check_memory(world, model);
    if model.is_orderly() {
        check_up(world, model);
        check_down(world, model);
    }
}

/// Checks that what the session holds is bounded.
fn check_memory(World { client, target, .. }: &World, model: &Model) {
    // What cannot be written any more is dropped.
    if model.target_end != Some(End::Reset) {
        let up = client.read_by_bridge().saturating_sub(target.connection.written_by_bridge());
        assert!(up <= MOST_UP, "{up} bytes wait for the target");
    }
    // For a client that is gone the target is read to its end.
    if !matches!(model.said, Said::Nothing | Said::Finish) {
        return;
    }
    let taken = target.sent - target.connection.unread_by_bridge() as u64;
    let written = client.connection.written_by_bridge();
    let down = taken.saturating_sub(written);
    assert!(down <= MOST_DOWN, "{down} bytes wait for the client");
    if model.setup.dialect == Dialect::Control {
        let open = taken - client.acked;
        assert!(open <= WINDOW, "{open} bytes are on their way to a client that takes a window");
    }
}

/// Checks that the client's bytes have arrived, where nothing is in the way.
fn check_up(World { client, target, .. }: &World, model: &Model) {
    if model.acts() {
        assert!(client.is_done(), "the bridge does not read its client");
    }
    if model.reads_client() {
        assert!(client.has_written_all(), "the bridge does not read its client");
    }
    if !model.flows_up() {
        return;
    }
    assert_eq!(target.heard, client.sent, "bytes for the target are missing");
    let is_finished = matches!(model.said, Said::Finish | Said::Close) && model.is_heard;
    if is_finished {
        assert_eq!(target.connection.end(), Some(End::Fin), "no FIN for the target");
    }
    if !model.client_stalls {
        let lag = client.sent - client.acked_by_bridge;
        assert!(model.setup.dialect == Dialect::Raw || lag < ACK_EVERY, "{lag} bytes, and no ack");
        assert_eq!(client.last_pong, client.pings, "a ping is not answered");
    }
}

/// Checks that the target's bytes have arrived, where nothing is in the way.
fn check_down(World { client, target, .. }: &World, model: &Model) {
    if model.said == Said::Close || model.client_stalls {
        return;
    }
    if model.flows_down() {
        assert_eq!(target.waiting, 0, "the bridge does not read the target");
        assert_eq!(client.heard, target.sent, "bytes for the client are missing");
        let is_told = || {
            let is_finished =
                |message: &BridgeMessage| matches!(message, BridgeMessage::Finished { .. });
            client.messages.iter().any(is_finished)
        };
        if model.target_end == Some(End::Fin) && model.setup.dialect == Dialect::Control {
            assert!(is_told(), "the client is not told of the target's FIN");
        }
    } else if model.holds_acks && model.reads_client() {
        let all = target.sent + target.waiting;
        assert_eq!(client.heard, all.min(client.acked + WINDOW), "a window is not filled");
    }
}

/// Checks a session that has ended, and whose last messages and Close had their time.
pub(super) fn check_end(world: &World, model: &Model) {
    let World { client, target, .. } = world;
    let ending = world.ending().expect("it has ended");
    assert!(world.is_over(), "the session's task has not ended after {ending:?}");
    let counts = world.bridge.open_sessions.counts();
    assert_eq!((counts.opened, counts.active), (1, 0));
    assert_eq!(counts.closed.values().sum::<u64>(), 1);
    assert_eq!(counts.traffic.sent, target.connection.written_by_bridge());
    check_target_end(world, model, &ending);
    let is_gone = matches!(ending, Ending::ClientVanished(_)) || client.has_broken;
    if is_gone || world.has_client_missed_end() {
        return;
    }
    let code = client.close.expect("no Close came");
    if model.said == Said::Close || matches!(ending, Ending::ClientClosed) {
        // Nothing may come behind the answer to it.
        return;
    }
    let is_control = model.setup.dialect == Dialect::Control;
    // In the raw dialect Close may have been sent before, after the target's FIN.
    if is_control || model.target_end.is_none() {
        assert_eq!(code, u16::from(ending.close_code()), "{ending:?}");
    }
    if is_control {
        let Some(BridgeMessage::Closed { by, sent, received, .. }) = client.messages.last() else {
            panic!("the last message is {:?}", client.messages.last());
        };
        assert_eq!((*by, *sent), (ending.by(), target.connection.written_by_bridge()));
        assert_eq!(*received, client.heard, "the client lacks what it is told of");
        assert_eq!(counts.traffic.received, client.heard);
    }
    if matches!(ending, Ending::Finished { .. }) {
        assert_eq!(client.heard, target.sent, "the last bytes for the client are missing");
    }
}

/// Checks how the connection to the target ended, and that FIN means that all bytes came.
fn check_target_end(world: &World, model: &Model, ending: &Ending) {
    let World { client, target, .. } = world;
    if model.target_end == Some(End::Reset) {
        return;
    }
    let expected = match ending.close_mode() {
        CloseMode::Fin => End::Fin,
        CloseMode::Reset => End::Reset,
    };
    assert_eq!(target.connection.end(), Some(expected), "{ending:?}");
    if expected == End::Fin && !client.has_broken {
        assert_eq!(target.heard, client.sent, "FIN, although bytes are missing: {ending:?}");
    }
}
