//! The Timeline's arrows: what passed between page, bridge and server in each of its entries.

use echo_core::Line;

use super::entry::{FoldedRows, TimelineEntry};
use crate::time::Micros;
use crate::transcript::{Direction, Note, Row, RowContent, TargetEvidence, Transcript};

/// The arrows of an entry: between page and bridge, and between bridge and server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Arrows {
    /// A message of the WebSocket.
    pub page: Option<Arrow>,
    /// TCP.
    pub target: Option<Arrow>,
}

/// An arrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrow {
    /// Which way it points.
    pub way: Direction,
    /// What it stands for.
    pub what: Passed,
    /// How it is known.
    pub evidence: Evidence,
}

/// What passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passed {
    /// This number of bytes.
    Bytes(u64),
    /// The segment that opens a connection (SYN).
    Syn,
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
    /// It did not pass: the route ends here.
    Broken,
}

impl Arrows {
    /// Returns the arrows of an entry.
    #[must_use]
    pub fn of(entry: &TimelineEntry, log: &Transcript) -> Self {
        match entry {
            TimelineEntry::Pause(..) => Self::default(),
            TimelineEntry::One(row) | TimelineEntry::Described(row) => {
                log.row(*row).map(row_arrows).unwrap_or_default()
            }
            TimelineEntry::Many(fold) => many(fold),
        }
    }
}

fn seen(way: Direction, what: Passed, at: Option<Micros>) -> Arrow {
    Arrow { way, what, evidence: Evidence::Measured(at) }
}

fn row_arrows(row: &Row) -> Arrows {
    let at = if let TargetEvidence::MeasuredAt(at) = row.evidence { Some(at) } else { None };
    match &row.content {
        RowContent::Transferred(piece) => {
            let bytes = Passed::Bytes(piece.byte_count());
            let target = at.map(|at| seen(piece.direction, bytes, Some(at)));
            Arrows { page: Some(seen(piece.direction, bytes, None)), target }
        }
        RowContent::Written(piece) => {
            let bytes = Passed::Bytes(piece.byte_count());
            Arrows { page: None, target: Some(seen(piece.direction, bytes, at)) }
        }
        RowContent::Note(note) => {
            meant(note).map(|it| note_arrows(it, row.evidence)).unwrap_or_default()
        }
    }
}

/// What is read passes both parts of the way at once; what is sent may be cut otherwise on each.
fn many(fold: &FoldedRows) -> Arrows {
    let arrow = seen(fold.bytes.direction, Passed::Bytes(fold.bytes.byte_count()), None);
    let received = fold.bytes.direction == Direction::Received;
    Arrows {
        page: (!fold.wrote).then_some(arrow),
        target: (fold.wrote || received).then_some(arrow),
    }
}

/// Returns what a note means on the wire.
fn meant(note: &Note) -> Option<(Direction, Passed)> {
    use Direction::{Received, Sent};
    Some(match note {
        Note::Connected(_) => (Sent, Passed::Syn),
        Note::Finished(way) => (*way, Passed::Fin),
        Note::Reset(way) => (*way, Passed::Rst),
        Note::Disconnected => (Sent, Passed::Fin),
        Note::Failed(_) => (Received, Passed::Rst),
        Note::Printed(line) => match **line {
            Line::Connected(_) | Line::FailedToConnect(_) => (Sent, Passed::Syn),
            Line::FailedToReceive(_) => (Received, Passed::Rst),
            Line::Terminated => (Sent, Passed::Fin),
            Line::Sent(_) | Line::ReplyOk | Line::Unexpected(_) => return None,
        },
    })
}

fn note_arrows((way, what): (Direction, Passed), evidence: TargetEvidence) -> Arrows {
    let arrow = |evidence| Some(Arrow { way, what, evidence });
    let (page, target) = match evidence {
        TargetEvidence::Unknown => (None, None),
        TargetEvidence::MeasuredAt(at) => {
            (arrow(Evidence::Measured(None)), arrow(Evidence::Measured(Some(at))))
        }
        TargetEvidence::Reported => {
            (arrow(Evidence::Measured(None)), arrow(Evidence::Measured(None)))
        }
        TargetEvidence::Inferred => (arrow(Evidence::Measured(None)), arrow(Evidence::Inferred)),
        TargetEvidence::NoBridge => (arrow(Evidence::Broken), None),
        TargetEvidence::NoTarget => {
            let syn = |evidence| Some(Arrow { way: Direction::Sent, what: Passed::Syn, evidence });
            (syn(Evidence::Measured(None)), syn(Evidence::Broken))
        }
    };
    Arrows { page, target }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspector::filter::Filter;
    use crate::inspector::listing::Listing;
    use crate::time::at_ms;

    fn arrows(log: &Transcript) -> Vec<Arrows> {
        let mut listing = Listing::default();
        listing.sync(log, &Filter::default());
        listing.entries().iter().map(|entry| Arrows::of(entry, log)).collect()
    }

    fn on_target(arrows: &Arrows) -> Option<(Passed, Evidence)> {
        arrows.target.map(|arrow| (arrow.what, arrow.evidence))
    }

    #[test]
    fn a_hello_is_drawn_as_arrows_with_the_times_of_the_bridge() {
        let mut log = Transcript::new(at_ms(0.0));
        log.print(at_ms(0.0), Line::Connected(8888));
        log.set_evidence(TargetEvidence::MeasuredAt(Micros(116)));
        log.sent(at_ms(0.0), b"Hello!");
        log.wrote(at_ms(0.4), 6, Micros(412));
        log.print(at_ms(0.4), Line::Sent(b"Hello!".to_vec()));
        log.read(Micros(517));
        log.received(at_ms(0.5), b"Hello!");
        log.print(at_ms(0.5), Line::ReplyOk);
        log.print(at_ms(0.5), Line::Terminated);
        log.set_evidence(TargetEvidence::Inferred);
        let drawn = arrows(&log);
        let expected = [
            (Passed::Syn, Evidence::Measured(Some(Micros(116)))),
            (Passed::Bytes(6), Evidence::Measured(Some(Micros(412)))),
            (Passed::Bytes(6), Evidence::Measured(Some(Micros(517)))),
            (Passed::Fin, Evidence::Inferred),
        ];
        assert_eq!(drawn.iter().filter_map(on_target).collect::<Vec<_>>(), expected);
        assert!(drawn.iter().all(|arrows| arrows.page.is_some()));
        assert_eq!(drawn[2].page.unwrap().way, Direction::Received);
    }

    #[test]
    fn what_the_bridge_wrote_otherwise_than_it_was_sent_is_told_by_itself() {
        let mut log = Transcript::new(at_ms(0.0));
        log.sent(at_ms(0.0), b"ab");
        log.sent(at_ms(0.0), b"cd");
        log.wrote(at_ms(0.1), 4, Micros(9));
        let arrows = arrows(&log);
        let bytes = |arrow: Option<Arrow>| arrow.map(|arrow| arrow.what);
        let whole: Vec<_> = arrows.iter().map(|it| (bytes(it.page), bytes(it.target))).collect();
        let (two, four) = (Some(Passed::Bytes(2)), Some(Passed::Bytes(4)));
        assert_eq!(whole, [(two, None), (two, None), (None, four)]);
    }

    #[test]
    fn the_way_ends_where_it_is_broken() {
        let failed = |evidence| {
            let mut log = Transcript::new(at_ms(0.0));
            log.print(at_ms(0.0), Line::FailedToConnect("refused".into()));
            log.set_evidence(evidence);
            (arrows(&log)[0], log.broken())
        };
        let evidence =
            |it: Arrows| (it.page.map(|it| it.evidence), it.target.map(|it| it.evidence));
        let (arrows, broken) = failed(TargetEvidence::NoTarget);
        let reached = Some(Evidence::Measured(None));
        assert_eq!(
            (evidence(arrows), broken),
            ((reached, Some(Evidence::Broken)), TargetEvidence::NoTarget)
        );
        let (arrows, broken) = failed(TargetEvidence::NoBridge);
        assert_eq!(
            (evidence(arrows), broken),
            ((Some(Evidence::Broken), None), TargetEvidence::NoBridge)
        );
    }

    #[test]
    fn many_alike_are_one_arrow_with_all_their_bytes() {
        let mut log = Transcript::new(at_ms(0.0));
        for at_us in 0..30 {
            log.read(Micros(at_us));
            log.received(at_ms(1.0), b"abcd");
        }
        let [one] = arrows(&log)[..] else { panic!("they fold") };
        assert_eq!(
            (one.page, on_target(&one)),
            (one.target, Some((Passed::Bytes(120), Evidence::Measured(None))))
        );
    }
}
