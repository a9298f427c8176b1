//! What may be done to a session, and what is different from session to session.

use proptest::prelude::*;
use tokio::time::Duration;

use crate::open_sessions::StopReason;
use crate::relay::Dialect;

/// Longer than a session takes to close.
const CLOSING_TIME: Duration = Duration::from_secs(6);

/// What removes all that is in the way.
pub(super) const ALL_CLEAR: [Command; 3] =
    [Command::ClientHoldsAcks(false), Command::ClientStalls(false), Command::TargetStalls(false)];
/// The time in which a session that was ended sends its last messages and Close.
pub(super) const AWAIT_CLOSE: Command = Command::Passes(CLOSING_TIME);

/// What is different from session to session.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setup {
    pub(super) dialect: Dialect,
    pub(super) trace: bool,
    /// How many bytes each connection holds in each direction.
    pub(super) pipe: usize,
    /// Whether the client sends more than its window.
    pub(super) overruns: bool,
    /// Whether there is an idle timeout.
    pub(super) is_bounded: bool,
}

/// What somebody does.
#[derive(Clone, Copy, Debug)]
pub(super) enum Command {
    ClientSends(u64),
    ClientFinishes,
    ClientResets,
    ClientCloses,
    ClientPings,
    ClientBreaks(Break),
    ClientErrs(Wrong),
    ClientStalls(bool),
    ClientHoldsAcks(bool),
    TargetSends(u64),
    TargetFinishes,
    TargetResets,
    TargetStalls(bool),
    Passes(Duration),
    Stops(StopReason),
}

impl Command {
    /// Whether a side says something by it.
    pub(super) fn is_said(self) -> bool {
        let is_no_word = matches!(
            self,
            Self::ClientStalls(_)
                | Self::ClientHoldsAcks(_)
                | Self::TargetStalls(_)
                | Self::Passes(_)
        );
        !is_no_word
    }
}

/// How a client's connection ends without a Close.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Break {
    Fin,
    Reset,
}

/// What no client may send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// A text that is no control message; in the raw dialect it is bytes.
    Text,
    /// An `ack` of bytes that were never sent.
    Ack,
    /// A frame of a kind that does not exist.
    Frame,
}

/// Any kind of session.
pub(super) fn any_setup() -> impl Strategy<Value = Setup> {
    // The dialect, and whether it is traced.
    let kinds = prop_oneof![
        Just((Dialect::Raw, false)),
        Just((Dialect::Control, false)),
        Just((Dialect::Control, true)),
    ];
    let pipe = prop_oneof![
        2 => Just(7),
        2 => Just(61),
        4 => Just(1009),
        3 => Just(65_536),
        2 => Just(262_144),
    ];
    let others = (prop::bool::weighted(0.2), prop::bool::weighted(0.8));
    (kinds, pipe, others).prop_map(|((dialect, trace), pipe, (overruns, is_bounded))| Setup {
        dialect,
        trace,
        pipe,
        overruns,
        is_bounded,
    })
}

/// Any command, in a session whose connections hold `pipe` bytes; the model says whether it makes
/// sense.
pub(super) fn any_command(pipe: usize) -> impl Strategy<Value = Command> {
    let count = amounts(pipe);
    let how = prop_oneof![Just(Break::Fin), Just(Break::Reset)];
    let wrong = prop_oneof![Just(Wrong::Text), Just(Wrong::Ack), Just(Wrong::Frame)];
    let times = [50, 2500, 70_000, 320_000].map(Duration::from_millis);
    let stops = [StopReason::Shutdown, StopReason::Restart, StopReason::Operator];
    prop_oneof![
        12 => count.clone().prop_map(Command::ClientSends),
        12 => count.prop_map(Command::TargetSends),
        6 => any::<bool>().prop_map(Command::ClientStalls),
        6 => any::<bool>().prop_map(Command::TargetStalls),
        3 => any::<bool>().prop_map(Command::ClientHoldsAcks),
        3 => Just(Command::ClientFinishes),
        3 => Just(Command::TargetFinishes),
        2 => Just(Command::ClientPings),
        1 => Just(Command::ClientCloses),
        1 => Just(Command::ClientResets),
        1 => Just(Command::TargetResets),
        1 => how.prop_map(Command::ClientBreaks),
        1 => wrong.prop_map(Command::ClientErrs),
        4 => prop::sample::select(times.to_vec()).prop_map(Command::Passes),
        1 => prop::sample::select(stops.to_vec()).prop_map(Command::Stops),
    ]
}

/// How many bytes are sent at once: mostly few, and at times more than all buffers hold.
fn amounts(pipe: usize) -> impl Strategy<Value = u64> + Clone {
    let pipe = pipe as u64;
    let most = (pipe * 40).min(1_500_000);
    prop_oneof![4 => 1..100u64, 3 => 1..=(2 * pipe).min(most), 2 => 1..=most]
}
