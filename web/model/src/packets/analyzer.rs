//! The packet analyzer's state.

use std::rc::Rc;

use echo_core::packets::layers::Key;
use echo_core::packets::tls::Record;
use echo_core::packets::{Capture, End};

use super::context::PacketsContext;
use super::detail::PacketDetail;
use super::event::PacketSpot;
use super::file::{CaptureFile, CaptureFileError};
use super::snapshot::CaptureSnapshot;
use super::stream;
use crate::inspector::highlight::Highlight;
use crate::role::Role;

/// The packets of the shown connection or of a file, and what of them is selected.
#[derive(Debug, Default)]
pub struct PacketAnalyzer {
    pub(super) snapshot: CaptureSnapshot,
    pub(super) file: Option<CaptureFile>,
    pub(super) refused: Option<RefusedFile>,
    pub(super) selection: Selection,
}

/// A file that could not be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedFile {
    /// The file's name.
    pub name: Rc<str>,
    /// Why the file could not be opened.
    pub error: CaptureFileError,
}

/// What is selected among the packets.
#[derive(Debug, Default)]
pub(super) struct Selection {
    /// The index of the packet that the user selected.
    pub(super) packet: Option<usize>,
    /// The field or byte of that packet which the user selected.
    pub(super) spot: Option<PacketSpot>,
    /// What the pointer is on.
    pub(super) hovered: Option<PacketSpot>,
}

impl PacketAnalyzer {
    /// Takes in what has happened on the shown connection since the last call. What was selected on
    /// another connection is forgotten.
    pub fn sync(&mut self, context: &PacketsContext) {
        let Some(record) = &context.record else { return };
        if self.snapshot.sync(record) && self.file.is_none() {
            self.selection = Selection::default();
        }
    }

    /// Returns what the bridge reported about the shown connection's packets.
    #[must_use]
    pub fn snapshot(&self) -> &CaptureSnapshot {
        &self.snapshot
    }

    /// Returns the file that is shown in place of the connection.
    #[must_use]
    pub fn file(&self) -> Option<&CaptureFile> {
        self.file.as_ref()
    }

    /// Returns the file that could not be opened, until the user has read why.
    #[must_use]
    pub fn refused(&self) -> Option<&RefusedFile> {
        self.refused.as_ref()
    }

    /// Returns whether there is something to show without a connection.
    #[must_use]
    pub fn has_file(&self) -> bool {
        self.file.is_some() || self.refused.is_some()
    }

    /// Returns the packets that are shown: those of the file, or else of the connection.
    #[must_use]
    pub fn capture<'a>(&'a self, context: &PacketsContext) -> Option<&'a Capture> {
        match &self.file {
            Some(file) => file.capture(),
            None => self.snapshot.capture(context.record.as_ref()?, context.clock_began),
        }
    }

    /// Returns the end at which the page is, of the shown connection. A file counts as seen from its
    /// client.
    #[must_use]
    pub fn near_end(&self, context: &PacketsContext) -> End {
        let record = context.record.as_ref().filter(|_| self.file.is_none());
        stream::near_end(record.map_or(Role::Client, |record| record.role))
    }

    /// Returns the index of the selected packet: the one that the user selected, else the first that
    /// carries data.
    #[must_use]
    pub fn selected_index(&self, capture: &Capture) -> Option<usize> {
        let last = capture.packets().len().checked_sub(1)?;
        let first_data = || capture.packets().iter().position(|it| it.payload_length > 0);
        Some(self.selection.packet.unwrap_or_else(|| first_data().unwrap_or(0)).min(last))
    }

    /// Returns the records of TLS in the packets that are shown, in the order of their packets.
    pub(super) fn tls_records(&self, context: &PacketsContext) -> Rc<Vec<Record>> {
        let Some(capture) = self.capture(context) else { return Rc::default() };
        match &self.file {
            Some(file) => Rc::clone(file.tls_records()),
            None => self.snapshot.tls_records(capture),
        }
    }

    /// Returns the selected packet.
    #[must_use]
    pub fn detail<'a>(&'a self, context: &PacketsContext) -> Option<PacketDetail<'a>> {
        let capture = self.capture(context)?;
        let index = self.selected_index(capture)?;
        let spot = self.selection.hovered.or(self.selection.spot);
        Some(PacketDetail::new(self.near_end(context), capture.row(index)?, spot))
    }

    /// Returns what the other views highlight: for what the pointer is on, and for what is selected.
    #[must_use]
    pub fn highlights(&self, context: &PacketsContext) -> [Option<Highlight>; 2] {
        let Selection { packet, spot, hovered } = self.selection;
        let selected = spot.or(packet.map(PacketSpot::Packet));
        [hovered, selected].map(|spot| self.highlight(context, spot?))
    }

    /// Returns what the other views highlight for a spot. The bytes of a file are not those of the
    /// connection.
    fn highlight(&self, context: &PacketsContext, spot: PacketSpot) -> Option<Highlight> {
        let capture = self.capture(context).filter(|_| self.file.is_none())?;
        let index = match spot {
            PacketSpot::Packet(index) => index,
            PacketSpot::Octet(_) | PacketSpot::Field(_) => self.selected_index(capture)?,
        };
        let (near, row) = (self.near_end(context), capture.row(index)?);
        match spot {
            PacketSpot::Packet(_) => stream::payload_highlight(near, &row),
            PacketSpot::Octet(octet) => stream::octet_highlight(near, &row, octet),
            PacketSpot::Field(_) => {
                let is_payload =
                    PacketDetail::new(near, row, Some(spot)).field()?.key == Key::Payload;
                is_payload.then(|| stream::payload_highlight(near, &row)).flatten()
            }
        }
    }
}
