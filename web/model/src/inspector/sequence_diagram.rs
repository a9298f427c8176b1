//! The sequence diagram: what passed between page, bridge and server in each entry of the Timeline.
//!
//! Nothing is drawn that did not happen. An arrow is measured, where the page or the bridge observed
//! what passed, or inferred, where it follows from what was observed.

#[cfg(test)]
mod tests;

use echo_core::Line;
use echo_core::wire::{Kind, Stage};

use super::entry::{FoldedRows, TimelineEntry};
use crate::cause::Cause;
use crate::connection::EndRequest;
use crate::time::Micros;
use crate::transcript::{
    Direction, Note, PathFailure, Row, RowContent, TargetEvidence, Transcript,
};

/// The arrows of an entry: between page and bridge, and between bridge and server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Arrows {
    /// A message of the WebSocket.
    pub page: Option<Arrow<PageMessage>>,
    /// TCP.
    pub target: Option<Arrow<TcpEvent>>,
    /// Where the path to the server ends before it.
    pub end: Option<PathEnd>,
}

/// An arrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrow<T> {
    /// Which way it points.
    pub way: Direction,
    /// What passed.
    pub what: T,
    /// How it is known.
    pub evidence: Evidence,
}

/// What passed between the page and the bridge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageMessage {
    /// The handshake that opens the WebSocket.
    Open,
    /// This number of bytes.
    Bytes(u64),
    /// The message `accepted`: the page has a connection that came in.
    Accepted,
    /// What the page asks for at the end.
    End(EndRequest),
    /// The message `finished`: the server sent FIN.
    Finished,
    /// The message `failed`.
    Failed,
    /// A Close of the WebSocket that no message explains.
    Closed,
}

/// What passed between the bridge and the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TcpEvent {
    /// This number of bytes.
    Bytes(u64),
    /// The segment that opens a connection (SYN).
    Syn,
    /// The opening of a connection to a Unix socket, which has no segments.
    Connect,
    /// The TLS handshake, and how long it took, if it succeeded.
    Handshake(Option<Micros>),
    /// The segment after which no more bytes follow (FIN).
    Fin,
    /// The segment that aborts the connection (RST).
    Rst,
}

/// How it is known that something passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// It was observed. On the bridge's side, when by its clock, if it reported that.
    Measured(Option<Micros>),
    /// It was not observed, but follows from what was.
    Inferred,
}

/// Where the path to the server ends, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathEnd {
    /// Who is the last that was reached, or who did not answer.
    pub at: PathPoint,
    /// Why.
    pub cause: Cause,
}

/// A point on the path to the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathPoint {
    /// The page: it does not reach the bridge, or no longer.
    Page,
    /// The bridge: it dialled no address, or none that a packet leads to.
    Bridge,
    /// The server: it was dialled, and refused or did not answer.
    Server,
}

impl Arrows {
    /// Returns the arrows of an entry.
    #[must_use]
    pub fn of(entry: &TimelineEntry, log: &Transcript) -> Self {
        match entry {
            TimelineEntry::Pause(..) => Self::default(),
            TimelineEntry::Event { row, .. } => log.row(*row).map(of_row).unwrap_or_default(),
            TimelineEntry::Many(fold) => of_many(fold),
        }
    }
}

impl PathEnd {
    /// Returns where the path ended before there was a connection, or was lost.
    #[must_use]
    pub fn of(failure: PathFailure) -> Option<Self> {
        of_failure(failure).end
    }
}

fn measured<T>(way: Direction, what: T, at: Option<Micros>) -> Arrow<T> {
    Arrow { way, what, evidence: Evidence::Measured(at) }
}

fn inferred(way: Direction, what: TcpEvent) -> Arrow<TcpEvent> {
    Arrow { way, what, evidence: Evidence::Inferred }
}

fn of_row(row: &Row) -> Arrows {
    let at = row.bridge_time();
    match &row.content {
        RowContent::Transferred(piece) => {
            let (way, bytes) = (piece.direction, piece.byte_count());
            let target = at.map(|at| measured(way, TcpEvent::Bytes(bytes), Some(at)));
            Arrows { page: Some(measured(way, PageMessage::Bytes(bytes), None)), target, end: None }
        }
        RowContent::Written(piece) => {
            let target = Some(measured(piece.direction, TcpEvent::Bytes(piece.byte_count()), at));
            Arrows { target, ..Arrows::default() }
        }
        RowContent::Note(note) => match row.evidence {
            TargetEvidence::Unknown => Arrows::default(),
            TargetEvidence::MeasuredAt(_) | TargetEvidence::Reported => of_report(note, at),
            TargetEvidence::Inferred(request) => of_request(request),
            TargetEvidence::Failed(failure) => of_failure(failure),
        },
    }
}

/// What is read passes both parts of the way at once; what is sent may be cut otherwise on each.
fn of_many(fold: &FoldedRows) -> Arrows {
    let (way, bytes) = (fold.bytes.direction, fold.bytes.byte_count());
    let on_page = Some(measured(way, PageMessage::Bytes(bytes), None));
    let on_target = Some(measured(way, TcpEvent::Bytes(bytes), None));
    Arrows {
        page: on_page.filter(|_| !fold.wrote),
        target: on_target.filter(|_| fold.wrote || way == Direction::Received),
        end: None,
    }
}

/// Returns the arrows of what the bridge reported to have happened at the target.
fn of_report(note: &Note, at: Option<Micros>) -> Arrows {
    use Direction::{Received, Sent};
    let (way, message, segment) = match note {
        Note::Secured(took) => {
            let target = Some(measured(Sent, TcpEvent::Handshake(Some(*took)), at));
            return Arrows { target, ..Arrows::default() };
        }
        Note::Connected(peer) => (Sent, PageMessage::Open, opening(peer.port())),
        // That the connection had been opened before is all that is known of its beginning.
        Note::Accepted(_) => {
            return Arrows {
                page: Some(measured(Received, PageMessage::Accepted, None)),
                target: Some(inferred(Received, TcpEvent::Syn)),
                end: None,
            };
        }
        Note::Printed(line) if let Line::Connected(port) = **line => {
            (Sent, PageMessage::Open, opening(port))
        }
        Note::Finished(Received) => (Received, PageMessage::Finished, TcpEvent::Fin),
        Note::Reset(Received) => (Received, PageMessage::Failed, TcpEvent::Rst),
        Note::Printed(_)
        | Note::Finished(Sent)
        | Note::Reset(Sent)
        | Note::Failed(_)
        | Note::Disconnected
        | Note::Stopped(_) => return Arrows::default(),
    };
    Arrows {
        page: Some(measured(way, message, None)),
        target: Some(measured(way, segment, at)),
        end: None,
    }
}

/// Returns what opens a connection to this port, which a Unix socket does not have.
fn opening(port: u16) -> TcpEvent {
    if port == 0 { TcpEvent::Connect } else { TcpEvent::Syn }
}

/// Returns the arrows of what the page asked for: the bridge does so, and reports nothing of it.
fn of_request(request: EndRequest) -> Arrows {
    let segment = match request {
        EndRequest::Finish | EndRequest::Close => TcpEvent::Fin,
        EndRequest::Reset => TcpEvent::Rst,
    };
    Arrows {
        page: Some(measured(Direction::Sent, PageMessage::End(request), None)),
        target: Some(inferred(Direction::Sent, segment)),
        end: None,
    }
}

/// Returns the arrows of a failure: what passed before the path ended, and where it ended.
fn of_failure(PathFailure { cause, was_established }: PathFailure) -> Arrows {
    use Direction::{Received, Sent};
    let opened = Some(measured(Sent, PageMessage::Open, None));
    let failed = Some(measured(Received, PageMessage::Failed, None));
    let ends = |at| Some(PathEnd { at, cause });
    match (cause, was_established) {
        (Cause::NoBridge | Cause::PageRefused | Cause::BridgeGone, _) => {
            Arrows { end: ends(PathPoint::Page), ..Arrows::default() }
        }
        // The bridge waited for an answer to its SYN, which it did not get, or which was RST.
        (Cause::Failed(Stage::Connect, Kind::Refused | Kind::Timeout), false) => Arrows {
            page: opened,
            target: Some(inferred(Sent, TcpEvent::Syn)),
            end: ends(PathPoint::Server),
        },
        // The TCP connection stood, as the row before says.
        (Cause::Failed(Stage::Tls, _), false) => Arrows {
            page: failed,
            target: Some(measured(Sent, TcpEvent::Handshake(None), None)),
            end: ends(PathPoint::Server),
        },
        (Cause::Failed(..) | Cause::Closed(_) | Cause::EarlyEnd, false) => {
            Arrows { page: opened, target: None, end: ends(PathPoint::Bridge) }
        }
        (Cause::Failed(_, Kind::Reset), true) => Arrows {
            page: failed,
            target: Some(measured(Received, TcpEvent::Rst, None)),
            end: None,
        },
        // The server's FIN came, and no close_notify before it.
        (Cause::Failed(_, Kind::Truncated), true) => Arrows {
            page: failed,
            target: Some(measured(Received, TcpEvent::Fin, None)),
            end: None,
        },
        // FIN would tell the target that the message was whole (docs/protocol.md, "Endings").
        (Cause::Failed(..), true) => {
            Arrows { page: failed, target: Some(inferred(Sent, TcpEvent::Rst)), end: None }
        }
        (Cause::Closed(_) | Cause::EarlyEnd, true) => Arrows {
            page: Some(measured(Received, PageMessage::Closed, None)),
            ..Arrows::default()
        },
    }
}
