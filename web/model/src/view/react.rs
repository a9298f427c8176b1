//! What a view does about what happens to it.

use super::entry::Entry;
use super::listing::Listing;
use super::mark::Mark;
use super::moves::Move;
use super::record::Record;
use super::window::Scroll;
use super::{Step, Tab, Taking, View, ViewEffect, ViewEvent};
use crate::Effect;

impl View {
    /// Takes in what somebody did to it.
    pub fn on(&mut self, run: Option<&Record>, event: ViewEvent) -> Vec<Effect> {
        match event {
            ViewEvent::TabChosen(tab) => return self.show(run, tab),
            // With no run there are no other views to go to.
            ViewEvent::TabWalked(_) if run.is_none() => {}
            ViewEvent::TabWalked(step) => {
                let mut effects = self.show(run, self.tab.neighbour(step));
                effects.push(Effect::View(ViewEffect::FocusTab(self.tab)));
                return effects;
            }
            ViewEvent::Pointed(mark) => self.pointed = mark,
            ViewEvent::Held(mark) => (self.held, self.replays) = (Some(mark), false),
            ViewEvent::Released => (self.held, self.replays) = (None, false),
            ViewEvent::Stepped(step) => return self.walk(run, step),
            ViewEvent::Moved(to) => return self.go(run, to),
            ViewEvent::Sought(text) => {
                self.filter.text = text;
                self.relist();
            }
            ViewEvent::DirectionChosen(direction) => {
                self.filter.direction = direction;
                self.relist();
            }
            ViewEvent::Followed(follows) => {
                self.follows = follows;
                self.bytes = Scroll { top: 0.0, sticks: follows, ..self.bytes };
                return vec![Effect::View(ViewEffect::Scroll(Tab::Bytes, 0.0))];
            }
            ViewEvent::Fits(width) => self.width = width,
            ViewEvent::Scrolled(Tab::Timeline, scroll) => self.timeline = scroll,
            ViewEvent::Scrolled(Tab::Bytes, scroll) => {
                self.bytes = Scroll { sticks: scroll.sticks && self.follows, ..scroll };
            }
            ViewEvent::Scrolled(Tab::Packets, scroll) => {
                self.packets = Scroll { sticks: false, ..scroll };
            }
            ViewEvent::PicturePressed => self.taking = Taking::Drawn,
            ViewEvent::PictureSaved => self.taking = Taking::Not,
            ViewEvent::CopyAllPressed => {
                self.taking = Taking::Copied;
                return vec![Effect::View(ViewEffect::CopyAll)];
            }
        }
        vec![]
    }

    pub(super) fn relist(&mut self) {
        self.listing = Listing::default();
    }

    fn show(&mut self, run: Option<&Record>, tab: Tab) -> Vec<Effect> {
        self.tab = tab;
        self.pointed = None;
        let Some(run) = run else { return vec![] };
        let marked = self.marked(run.log);
        let (pane, row, total) = match tab {
            Tab::Timeline => (&mut self.timeline, marked.entry, self.listing.entries().len()),
            Tab::Bytes => {
                let dump = self.dump(run);
                let first = marked.first_byte();
                let row = first.and_then(|(direction, offset)| dump.row_of(direction, offset));
                let total = dump.len();
                (&mut self.bytes, row, total)
            }
            // The part that shows them knows which packets carried what is marked.
            Tab::Packets => return vec![Effect::View(ViewEffect::Scroll(tab, self.packets.top))],
        };
        if let Some(row) = row {
            pane.reveal(row, total);
        }
        // A pane that is drawn anew begins at its top.
        vec![Effect::View(ViewEffect::Scroll(tab, pane.top))]
    }

    /// Steps through a run that is over.
    fn walk(&mut self, run: Option<&Record>, step: Step) -> Vec<Effect> {
        if run.is_none_or(Record::is_running) {
            return vec![];
        }
        let entries = self.listing.entries();
        let held = match self.held {
            Some(Mark::Row(row)) => self.listing.place(row),
            _ => None,
        };
        let found = match (held, step) {
            (None, Step::On) => entries.iter().position(Entry::is_event),
            (None, Step::Back) => entries.iter().rposition(Entry::is_event),
            (Some(at), Step::On) => (at + 1..entries.len()).find(|at| entries[*at].is_event()),
            (Some(at), Step::Back) => (0..at).rfind(|at| entries[*at].is_event()),
        };
        let Some(place) = found.or(held) else { return vec![] };
        (self.held, self.replays) = (Some(Mark::Row(entries[place].row())), true);
        let top = self.timeline.reveal(place, self.listing.entries().len());
        let scroll = top.map(|top| ViewEffect::Scroll(Tab::Timeline, top));
        scroll.into_iter().chain([ViewEffect::ShowStep]).map(Effect::View).collect()
    }

    /// Moves the focus among the bytes.
    fn go(&mut self, run: Option<&Record>, to: Move) -> Vec<Effect> {
        let Some(run) = run else { return vec![] };
        let dump = self.dump(run);
        let cursor = self.cursor(&dump);
        let Some((direction, offset)) = cursor.and_then(|from| to.from(&dump, from)) else {
            return vec![];
        };
        self.held = Some(Mark::Byte(direction, offset));
        let row = dump.row_of(direction, offset);
        let top = row.and_then(|row| self.bytes.reveal(row, dump.len()));
        let mut effects: Vec<_> =
            top.map(|top| Effect::View(ViewEffect::Scroll(Tab::Bytes, top))).into_iter().collect();
        effects.push(Effect::View(ViewEffect::FocusByte(direction, offset)));
        effects
    }
}
