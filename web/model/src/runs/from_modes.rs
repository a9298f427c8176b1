//! What is kept of a connection that stayed, and of a repetition.

use echo_core::payload::printable;

use super::record::{Exchanges, LogLine, MAX_LINES, RunOutcome, RunRecord};
use crate::bounded_bytes::BoundedBytes;
use crate::modes::Mode;
use crate::modes::interactive::{Interactive, InteractiveEnd, InteractiveState};
use crate::modes::load::LoadTest;
use crate::transcript::{Direction, Moved, Row, Transcript};

/// How many bytes of a piece its line shows.
const SHOWN: usize = 200;

impl RunRecord {
    /// What to keep of a connection that stayed, if it is over.
    #[must_use]
    pub fn of_interactive(stay: &Interactive) -> Option<Self> {
        let InteractiveState::Over(end) = &stay.state else { return None };
        let (outcome, failed) = match end {
            InteractiveEnd::NotConnected(error, cause) => {
                (RunOutcome::NotConnected, Some((error, *cause)))
            }
            InteractiveEnd::Broken(error, cause) => (RunOutcome::Broken, Some((error, *cause))),
            InteractiveEnd::GivenUp => (RunOutcome::GivenUp, None),
            InteractiveEnd::Finished => (RunOutcome::Finished, None),
            InteractiveEnd::Reset => (RunOutcome::Reset, None),
            InteractiveEnd::Disconnected => (RunOutcome::Disconnected, None),
        };
        let mut lines = LogLine::moved(&stay.log);
        if let Some((error, _)) = failed {
            // The last line of a run says how it went.
            lines.truncate(MAX_LINES - 1);
            let at = stay.log.rows().next_back().map_or(0.0, |row| row.at);
            lines.push(LogLine::new(at, error.clone(), None, None));
        }
        Some(Self {
            message: beginning(&stay.log, Direction::Sent),
            reply: beginning(&stay.log, Direction::Received),
            cause: failed.map(|(_, cause)| cause),
            lines,
            ..Self::new(Mode::Interactive, &stay.target, outcome)
        })
    }

    /// What to keep of a repetition, if it is over.
    #[must_use]
    pub fn of_load_test(load: &LoadTest) -> Option<Self> {
        let exchanges = Exchanges { done: load.done(), same: load.same };
        (!load.is_running()).then(|| Self {
            message: BoundedBytes::of(&load.message),
            cause: load.cause.filter(|_| load.same == 0),
            tcp_us: load.tcp.percentile(50),
            browser_us: load.browser.percentile(50),
            exchanges: Some(exchanges),
            ..Self::new(Mode::Load, &load.spec.address, RunOutcome::Repeated)
        })
    }
}

/// The beginning of a direction; its length alone, where the oldest bytes are gone.
fn beginning(log: &Transcript, direction: Direction) -> BoundedBytes {
    let bytes = log.bytes(direction);
    BoundedBytes::beginning(if bytes.start == 0 { bytes.bytes } else { &[] }, bytes.end())
}

impl LogLine {
    /// The first pieces that moved, each with the beginning of its bytes.
    fn moved(log: &Transcript) -> Vec<Self> {
        let line = |row: &Row| Some(Self::piece(row.at, row.moved()?, log));
        log.rows().filter_map(line).take(MAX_LINES).collect()
    }

    fn piece(at: f64, piece: &Moved, log: &Transcript) -> Self {
        let bytes = log.bytes_of(piece);
        let mut text = printable(&bytes[..bytes.len().min(SHOWN)]);
        if bytes.len() > SHOWN {
            text.push('…');
        }
        let count = |direction| (piece.direction == direction).then(|| piece.len());
        Self::new(at, text, count(Direction::Sent), count(Direction::Received))
    }
}
