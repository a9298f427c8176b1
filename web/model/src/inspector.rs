//! How what happened is looked at: which view, where in it, and what is pointed at.

pub mod bridge_clock;
pub mod byte_row;
pub mod bytes_view;
pub mod compare;
pub mod dump;
pub mod entry;
mod event;
pub mod filter;
pub mod highlight;
mod layout;
pub mod listing;
mod moves;
pub mod record;
pub mod sequence_diagram;
#[cfg(test)]
mod tests;
pub mod timeline_view;
mod update;
pub mod view;
mod view_context;
pub mod window;

use echo_core::hexdump::Width;

use crate::connection::ConnectionId;
use crate::transcript::{Direction, Transcript};
use compare::ChangeScan;
use dump::Dump;
use entry::TimelineEntry;
pub use event::{BytesMode, InspectorEvent, StepTo, Tab, byte_id};
use filter::Filter;
use highlight::{Highlight, Highlighted};
use layout::FollowedLayout;
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
    /// How Bytes shows them.
    pub bytes_mode: BytesMode,
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
    /// How the Timeline was or is to be exported.
    pub export: TimelineExport,
    /// What the pointer is on.
    pointed: Option<Highlight>,
    /// What a click, the focus or a step marked.
    held: Option<Highlight>,
    listing: Listing,
    followed: FollowedLayout,
    changes: ChangeScan,
    of: Option<ConnectionId>,
}

/// How the Timeline was or is to be exported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimelineExport {
    /// The Timeline is not exported.
    #[default]
    None,
    /// The whole Timeline was copied last.
    Copied,
    /// The selected row was copied last.
    RowCopied,
    /// The Timeline is to be saved as a picture, as soon as the code that draws it is loaded.
    Drawing,
}

impl Default for Inspector {
    fn default() -> Self {
        Self {
            tab: Tab::default(),
            filter: Filter::default(),
            bytes_mode: BytesMode::default(),
            width: Width::default(),
            timeline: Scroll::new(true),
            bytes: Scroll::new(false),
            packets: Scroll::new(false),
            replays: false,
            export: TimelineExport::default(),
            pointed: None,
            held: None,
            listing: Listing::default(),
            followed: FollowedLayout::default(),
            changes: ChangeScan::default(),
            of: None,
        }
    }
}

impl Inspector {
    /// Returns the entries of the Timeline.
    #[must_use]
    pub fn listing(&self) -> &Listing {
        &self.listing
    }

    /// Returns whether there are so many entries that only those in view are drawn, and a filter
    /// helps.
    #[must_use]
    pub fn has_many(&self) -> bool {
        self.filter.is_set() || self.listing.entries().len() >= MANY
    }

    /// Returns what Bytes shows of a run.
    #[must_use]
    pub fn dump<'a>(&self, run: &ConnectionRecord<'a>) -> Dump<'a> {
        let is_current = self.of == Some(run.id) && self.followed.is_current(run.log, self.width);
        if !self.follows() {
            Dump::apart(run.log, self.width, run.compared().as_ref())
        } else if is_current {
            Dump::new(run.log, self.followed.layout())
        } else {
            Dump::followed(run.log, self.width)
        }
    }

    /// Returns everything that is highlighted.
    #[must_use]
    pub fn marked(&self, of: &Transcript) -> Highlighted {
        let mark = self.pointed.or(self.held);
        mark.map(|mark| mark.marked(of, &self.listing)).unwrap_or_default()
    }

    /// Returns whether Bytes shows both directions in the order in which they moved.
    fn follows(&self) -> bool {
        self.bytes_mode == BytesMode::Follow
    }

    /// Returns the selected entry of the Timeline.
    #[must_use]
    pub fn held_entry(&self) -> Option<&TimelineEntry> {
        self.listing.entries().get(self.held_place()?)
    }

    /// Returns the index of the selected entry of the Timeline.
    #[must_use]
    pub fn held_place(&self) -> Option<usize> {
        let Some(Highlight::Row(row)) = self.held else { return None };
        self.listing.place(row)
    }

    /// Returns the byte that the Tab key moves the focus to.
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

    /// Returns the position of the replay: which of how many events is replayed.
    #[must_use]
    pub fn step(&self) -> Option<(usize, usize)> {
        let place = self.held_place().filter(|_| self.replays)?;
        Some((self.listing.events_among(place + 1), self.listing.events_among(usize::MAX)))
    }

    /// Updates the views to what a run has received since, and forgets what belongs to another run.
    pub fn sync(&mut self, run: Option<&ConnectionRecord>) {
        let Some(run) = run else { return };
        if self.of != Some(run.id) {
            self.of = Some(run.id);
            (self.pointed, self.held, self.replays) = (None, None, false);
            (self.timeline.sticks, self.bytes.sticks) = (true, self.follows());
            self.filter = Filter::default();
            self.followed = FollowedLayout::default();
            self.changes = ChangeScan::default();
            self.relist();
        }
        self.listing.sync(run.log, &self.filter);
        if self.follows() {
            self.followed.update(run.log, self.width);
        }
        if let Some(compared) = run.compared() {
            self.changes.update(&compared, run.log);
        }
    }
}
