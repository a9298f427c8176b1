//! How the packet analyzer reacts to events.

use super::analyzer::{PacketAnalyzer, RefusedFile, Selection};
use super::context::PacketsContext;
use super::detail::{PacketDetail, move_index};
use super::event::{PacketSpot, PacketsEvent, PacketsRequest};
use super::file::CaptureFile;
use super::part::PacketsPart;
use super::view::View;
use super::view::list::MAX_UNWINDOWED_ROWS;
use crate::composer::FileError;
use crate::inspector::Move;
use crate::inspector::highlight::Highlighted;
use crate::inspector::window::{ROW_PX, Scroll};

impl PacketsPart for PacketAnalyzer {
    fn update(&mut self, context: &PacketsContext, event: PacketsEvent) -> Vec<PacketsRequest> {
        // An event is about the packets that are known by now.
        self.sync(context);
        let [hovered, selected] = self.highlights(context);
        let mut requests = self.apply(context, event);
        let [new_hovered, new_selected] = self.highlights(context);
        requests.extend((new_hovered != hovered).then_some(PacketsRequest::Hover(new_hovered)));
        requests.extend((new_selected != selected).then_some(PacketsRequest::Select(new_selected)));
        requests
    }

    fn sync(&mut self, context: &PacketsContext) {
        self.sync(context);
    }

    fn has_file(&self) -> bool {
        self.has_file()
    }

    fn view(&self, context: &PacketsContext, highlighted: &Highlighted) -> View {
        self.view(context, highlighted)
    }
}

impl PacketAnalyzer {
    fn apply(&mut self, context: &PacketsContext, event: PacketsEvent) -> Vec<PacketsRequest> {
        match event {
            PacketsEvent::FileRead { name, bytes } => {
                self.open(&name, bytes);
                return vec![PacketsRequest::ShowLatestRun];
            }
            PacketsEvent::RefusalDismissed => self.refused = None,
            PacketsEvent::FileClosed => self.show(None),
            PacketsEvent::ConnectionChosen(connection) => {
                if let Some(file) = &mut self.file {
                    file.choose(connection);
                    self.selection = Selection::default();
                }
                return vec![PacketsRequest::Scroll(0.0)];
            }
            PacketsEvent::SavePressed => return self.save(context).into_iter().collect(),
            PacketsEvent::Hovered(spot) => self.selection.hovered = spot,
            PacketsEvent::Selected(PacketSpot::Packet(index)) => self.select_packet(index),
            PacketsEvent::Selected(spot) => self.selection.spot = Some(spot),
            PacketsEvent::PacketMoved(to) => return self.move_packet(context, to),
            PacketsEvent::FieldMoved(layer, to) => {
                self.move_spot(context, |detail| detail.field_after(layer, to));
            }
            PacketsEvent::OctetMoved(to) => {
                self.move_spot(context, |detail| detail.octet_after(to));
            }
        }
        vec![]
    }

    /// Opens a file; what is shown stays if that is not possible.
    fn open(&mut self, name: &str, bytes: Result<Vec<u8>, FileError>) {
        match CaptureFile::open(name, bytes) {
            Ok(file) => self.show(Some(file)),
            Err(error) => self.refused = Some(RefusedFile { name: name.into(), error }),
        }
    }

    fn show(&mut self, file: Option<CaptureFile>) {
        self.file = file;
        self.refused = None;
        self.selection = Selection::default();
    }

    fn select_packet(&mut self, index: usize) {
        self.selection.packet = Some(index);
        self.selection.spot = None;
    }

    /// Moves the selection among the packets and scrolls it into view.
    fn move_packet(&mut self, context: &PacketsContext, to: Move) -> Vec<PacketsRequest> {
        let Some(capture) = self.capture(context) else { return vec![] };
        let total = capture.packets().len();
        let Some(index) = self.selected_index(capture) else { return vec![] };
        let index = move_index(index, total - 1, 1, to);
        self.selection.hovered = None;
        self.select_packet(index);
        if total <= MAX_UNWINDOWED_ROWS {
            return vec![];
        }
        // The header covers the first row of the pane.
        let mut scroll = Scroll { height: context.scroll.height - ROW_PX, ..context.scroll };
        scroll.reveal(index, total, ROW_PX).map(PacketsRequest::Scroll).into_iter().collect()
    }

    /// Moves the selection within the selected packet; it stays where the move leads nowhere.
    fn move_spot(
        &mut self,
        context: &PacketsContext,
        next: impl FnOnce(&PacketDetail) -> Option<PacketSpot>,
    ) {
        self.selection.hovered = None;
        let moved = self.detail(context).and_then(|detail| next(&detail));
        self.selection.spot = moved.or(self.selection.spot);
    }
}
