//! What a view does about what happens to it.

use super::entry::TimelineEntry;
use super::highlight::Highlight;
use super::listing::Listing;
use super::moves::Move;
use super::record::ConnectionRecord;
use super::window::{ROW_PX, Scroll, TIMELINE_ROW_PX};
use super::{BytesMode, Inspector, InspectorEvent, StepTo, Tab, TimelineExport, byte_id};
use crate::command::{Command, TimelineRows};
use crate::dom::DomCommand;

impl Inspector {
    /// Applies an event.
    pub fn update(
        &mut self,
        run: Option<&ConnectionRecord>,
        event: InspectorEvent,
    ) -> Vec<Command<InspectorEvent>> {
        match event {
            InspectorEvent::TabChosen(tab) => return self.show(run, tab),
            // With no run there are no other views to go to.
            InspectorEvent::TabWalked(_) if run.is_none() => {}
            InspectorEvent::TabWalked(step) => {
                let mut commands = self.show(run, self.tab.neighbour(step));
                commands.push(Command::Dom(DomCommand::focus(self.tab.element_id())));
                return commands;
            }
            InspectorEvent::Pointed(mark) => self.pointed = mark,
            InspectorEvent::Held(mark) => (self.held, self.replays) = (Some(mark), false),
            InspectorEvent::Released => (self.held, self.replays) = (None, false),
            InspectorEvent::Stepped(step) => return self.walk(run, step),
            InspectorEvent::FocusMoved(to) => return self.go(run, to),
            InspectorEvent::FilterTyped(text) => {
                self.filter.text = text;
                self.relist();
            }
            InspectorEvent::DirectionChosen(direction) => {
                self.filter.direction = direction;
                self.relist();
            }
            InspectorEvent::BytesModeChosen(mode) => {
                self.bytes_mode = mode;
                self.bytes = Scroll { top: 0.0, sticks: self.follows(), ..self.bytes };
                return vec![scroll(Tab::Bytes, 0.0)];
            }
            InspectorEvent::TextPressed => {
                self.bytes_mode = BytesMode::Text;
                let mut commands = self.show(run, Tab::Bytes);
                commands.push(Command::Dom(DomCommand::ScrollIntoView(vec![".heading"])));
                commands.push(Command::Dom(DomCommand::focus(Tab::Bytes.element_id())));
                return commands;
            }
            InspectorEvent::WidthChanged(width) => self.width = width,
            InspectorEvent::Scrolled(Tab::Timeline, scroll) => self.timeline = scroll,
            InspectorEvent::Scrolled(Tab::Bytes, scroll) => {
                self.bytes = Scroll { sticks: scroll.sticks && self.follows(), ..scroll };
            }
            InspectorEvent::Scrolled(Tab::Packets, scroll) => {
                self.packets = Scroll { sticks: false, ..scroll };
            }
            InspectorEvent::Resized(tab, height) => self.scroll_mut(tab).height = height,
            InspectorEvent::PicturePressed => self.export = TimelineExport::Drawing,
            // What was copied is shown by the root, which knows of all that is copied.
            InspectorEvent::TimelineCopied(_) => {}
            InspectorEvent::PictureSaved => self.export = TimelineExport::None,
            InspectorEvent::CopyAllPressed => {
                self.export = TimelineExport::Copied;
                return vec![copy(TimelineRows::All)];
            }
            InspectorEvent::CopyRowPressed => {
                self.export = TimelineExport::RowCopied;
                return vec![copy(TimelineRows::Held)];
            }
        }
        vec![]
    }

    fn scroll_mut(&mut self, tab: Tab) -> &mut Scroll {
        match tab {
            Tab::Timeline => &mut self.timeline,
            Tab::Bytes => &mut self.bytes,
            Tab::Packets => &mut self.packets,
        }
    }

    pub(super) fn relist(&mut self) {
        self.listing = Listing::default();
    }

    fn show(&mut self, run: Option<&ConnectionRecord>, tab: Tab) -> Vec<Command<InspectorEvent>> {
        self.tab = tab;
        self.pointed = None;
        let Some(run) = run else { return vec![] };
        let marked = self.marked(run.log);
        let (pane, row, total, row_px) = match tab {
            Tab::Timeline => {
                let total = self.listing.entries().len();
                (&mut self.timeline, marked.entry, total, TIMELINE_ROW_PX)
            }
            Tab::Bytes => {
                let dump = self.dump(run);
                let first = marked.first_byte();
                let row = first.and_then(|(direction, offset)| dump.row_of(direction, offset));
                let total = dump.len();
                (&mut self.bytes, row, total, ROW_PX)
            }
            // The part that shows them knows which packets carried what is marked.
            Tab::Packets => {
                return vec![scroll(tab, self.packets.top)];
            }
        };
        if let Some(row) = row {
            pane.reveal(row, total, row_px);
        }
        // A pane that is drawn anew begins at its top.
        if pane.sticks { vec![] } else { vec![scroll(tab, pane.top)] }
    }

    /// Replays the next or the previous event of a finished run, which takes over from a pointer at
    /// rest.
    fn walk(
        &mut self,
        run: Option<&ConnectionRecord>,
        step: StepTo,
    ) -> Vec<Command<InspectorEvent>> {
        if run.is_none_or(ConnectionRecord::is_running) {
            return vec![];
        }
        let entries = self.listing.entries();
        let held = self.held_place();
        let found = match (held, step) {
            (None, StepTo::Next) => entries.iter().position(TimelineEntry::is_event),
            (None, StepTo::Previous) => entries.iter().rposition(TimelineEntry::is_event),
            (Some(at), StepTo::Next) => (at + 1..entries.len()).find(|at| entries[*at].is_event()),
            (Some(at), StepTo::Previous) => (0..at).rfind(|at| entries[*at].is_event()),
        };
        let Some(place) = found.or(held) else { return vec![] };
        (self.held, self.replays) = (Some(Highlight::Row(entries[place].row())), true);
        self.pointed = None;
        let top = self.timeline.reveal(place, self.listing.entries().len(), TIMELINE_ROW_PX);
        let show = DomCommand::ScrollIntoView(vec!["#view .peek", "#timeline .row.marked"]);
        let reveal = top.map(|top| scroll(Tab::Timeline, top));
        reveal.into_iter().chain([Command::Dom(show)]).collect()
    }

    /// Moves the focus to another byte, which takes over from a pointer at rest.
    fn go(&mut self, run: Option<&ConnectionRecord>, to: Move) -> Vec<Command<InspectorEvent>> {
        let Some(run) = run else { return vec![] };
        let dump = self.dump(run);
        let cursor = self.cursor(&dump);
        let Some((direction, offset)) = cursor.and_then(|from| to.from(&dump, from)) else {
            return vec![];
        };
        self.held = Some(Highlight::Byte(direction, offset));
        self.pointed = None;
        let row = dump.row_of(direction, offset);
        let top = row.and_then(|row| self.bytes.reveal(row, dump.len(), ROW_PX));
        let mut commands: Vec<_> = top.map(|top| scroll(Tab::Bytes, top)).into_iter().collect();
        commands.push(Command::Dom(DomCommand::focus(byte_id(direction, offset))));
        commands
    }
}

fn copy(rows: TimelineRows) -> Command<InspectorEvent> {
    Command::CopyTimeline { rows, reply: Box::new(InspectorEvent::TimelineCopied) }
}

/// Scrolls the pane of a tab to `top`, in pixels.
fn scroll(tab: Tab, top: f64) -> Command<InspectorEvent> {
    Command::Dom(DomCommand::ScrollTo { id: tab.pane_id().into(), top })
}
