//! What is kept of a connection that stayed, and of a repetition.

use echo_core::payload::printable;

use super::kept::Kept;
use super::record::{Exchanges, KeptRun, MAX_LINES, Outcome, Printed};
use crate::how::Way;
use crate::how::repeat::Repeat;
use crate::how::stay::{End, State, Stay};
use crate::transcript::{Direction, Moved, Row, Transcript};

/// How many bytes of a piece its line shows.
const SHOWN: usize = 200;

impl KeptRun {
    /// What to keep of a connection that stayed, if it is over.
    #[must_use]
    pub fn of_stay(stay: &Stay) -> Option<Self> {
        let State::Over(end) = &stay.state else { return None };
        let (outcome, failed) = match end {
            End::NotConnected(error, cause) => (Outcome::NotConnected, Some((error, *cause))),
            End::Broken(error, cause) => (Outcome::Broken, Some((error, *cause))),
            End::GivenUp => (Outcome::GivenUp, None),
            End::Finished => (Outcome::Finished, None),
            End::Reset => (Outcome::Reset, None),
            End::Disconnected => (Outcome::Disconnected, None),
        };
        let mut lines = Printed::moved(&stay.log);
        if let Some((error, _)) = failed {
            // The last line of a run says how it went.
            lines.truncate(MAX_LINES - 1);
            let at = stay.log.rows().next_back().map_or(0.0, |row| row.at);
            lines.push(Printed::new(at, error.clone(), None, None));
        }
        Some(Self {
            message: beginning(&stay.log, Direction::Sent),
            reply: beginning(&stay.log, Direction::Received),
            cause: failed.map(|(_, cause)| cause),
            lines,
            ..Self::new(Way::Stay, &stay.target, outcome)
        })
    }

    /// What to keep of a repetition, if it is over.
    #[must_use]
    pub fn of_repeat(repeat: &Repeat) -> Option<Self> {
        let exchanges = Exchanges { done: repeat.done(), same: repeat.same };
        (!repeat.is_running()).then(|| Self {
            message: Kept::of(&repeat.job.message),
            cause: repeat.cause.filter(|_| repeat.same == 0),
            tcp_us: repeat.tcp.percentile(50),
            browser_us: repeat.browser.percentile(50),
            exchanges: Some(exchanges),
            ..Self::new(Way::Repeat, &repeat.job.target, Outcome::Repeated)
        })
    }
}

/// The beginning of a direction; its length alone, where the oldest bytes are gone.
fn beginning(log: &Transcript, direction: Direction) -> Kept {
    let bytes = log.bytes(direction);
    Kept::beginning(if bytes.start == 0 { bytes.bytes } else { &[] }, bytes.end())
}

impl Printed {
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
