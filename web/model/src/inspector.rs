//! How what happened is looked at: which view, where in it, and what is pointed at.

pub mod compare;
pub mod dump;
pub mod entry;
mod event;
pub mod filter;
pub mod highlight;
pub mod listing;
mod moves;
mod react;
pub mod record;
pub mod sequence_diagram;
#[cfg(test)]
mod tests;
pub mod window;

use echo_core::hexdump::Width;

use crate::connection::ConnectionId;
use crate::transcript::{Direction, Transcript};
use dump::Dump;
use entry::TimelineEntry;
pub use event::{InspectorEvent, StepTo, Tab, byte_id};
use filter::Filter;
use highlight::{Highlight, Highlighted};
use listing::{Listing, MANY};
pub use moves::Move;
use record::ConnectionRecord;
use window::Scroll;

/// How what happened is looked at.
#[derive(Debug)]
pub struct Inspector {
    /// The view.
    pub tab: Tab,
    /// Which rows of the Timeline are wanted.
    pub filter: Filter,
    /// Whether Bytes shows both directions as they went to and fro.
    pub follows: bool,
    /// How many bytes stand in a row.
    pub width: Width,
    /// Where the reader of the Timeline is.
    pub timeline: Scroll,
    /// Where the reader of Bytes is.
    pub bytes: Scroll,
    /// Where the reader of Packets is.
    pub packets: Scroll,
    /// Whether the marked row was reached by stepping.
    pub replays: bool,
    /// Whether the whole Timeline is being taken along.
    pub taking: TimelineExport,
    /// What the pointer is on.
    pointed: Option<Highlight>,
    /// What a click, the focus or a step marked.
    held: Option<Highlight>,
    listing: Listing,
    of: Option<ConnectionId>,
}

/// How the whole Timeline is taken along.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimelineExport {
    /// It is not.
    #[default]
    Not,
    /// It is what was copied last.
    Copied,
    /// It is to be saved as a picture, as soon as what draws it is there.
    Drawn,
}

impl Default for Inspector {
    fn default() -> Self {
        Self {
            tab: Tab::default(),
            filter: Filter::default(),
            follows: false,
            width: Width::default(),
            timeline: Scroll::new(true),
            bytes: Scroll::new(false),
            packets: Scroll::new(false),
            replays: false,
            taking: TimelineExport::default(),
            pointed: None,
            held: None,
            listing: Listing::default(),
            of: None,
        }
    }
}

impl Inspector {
    /// The Timeline's entries.
    #[must_use]
    pub fn listing(&self) -> &Listing {
        &self.listing
    }

    /// Whether there are so many entries that only those in view are drawn, and a filter helps.
    #[must_use]
    pub fn has_many(&self) -> bool {
        self.filter.is_set() || self.listing.entries().len() >= MANY
    }

    /// What Bytes shows of a run.
    #[must_use]
    pub fn dump<'a>(&self, run: &ConnectionRecord<'a>) -> Dump<'a> {
        if self.follows {
            Dump::followed(run.log, self.width)
        } else {
            Dump::apart(run.log, self.width, run.compared().as_ref())
        }
    }

    /// All that is marked now.
    #[must_use]
    pub fn marked(&self, of: &Transcript) -> Highlighted {
        let mark = self.pointed.or(self.held);
        mark.map(|mark| mark.marked(of, &self.listing)).unwrap_or_default()
    }

    /// The Timeline's entry that was chosen.
    #[must_use]
    pub fn held_entry(&self) -> Option<&TimelineEntry> {
        let Some(Highlight::Row(row)) = self.held else { return None };
        self.listing.entries().get(self.listing.place(row)?)
    }

    /// The byte that the Tab key leads to.
    #[must_use]
    pub fn cursor(&self, dump: &Dump) -> Option<(Direction, u64)> {
        match self.held {
            Some(Highlight::Byte(direction, offset))
                if dump.row_of(direction, offset).is_some() =>
            {
                Some((direction, offset))
            }
            _ => dump.first(),
        }
    }

    /// Which event of how many a replay is at.
    #[must_use]
    pub fn step(&self) -> Option<(usize, usize)> {
        let Some(Highlight::Row(row)) = self.held.filter(|_| self.replays) else { return None };
        let place = self.listing.place(row)?;
        let events = |entries: usize| {
            self.listing.entries().iter().take(entries).filter(|entry| entry.is_event()).count()
        };
        Some((events(place + 1), events(usize::MAX)))
    }

    /// Takes in what a run has got since; what belonged to another one is forgotten.
    pub fn keep_up(&mut self, run: Option<&ConnectionRecord>) {
        let Some(run) = run else { return };
        if self.of != Some(run.id) {
            self.of = Some(run.id);
            (self.pointed, self.held, self.replays) = (None, None, false);
            (self.timeline.sticks, self.bytes.sticks) = (true, self.follows);
            self.filter = Filter::default();
            self.relist();
        }
        self.listing.keep_up(run.log, &self.filter);
    }
}
