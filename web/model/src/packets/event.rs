//! What can happen to the packets, and what follows from it for the rest of the page.

use crate::composer::FileError;
use crate::inspector::Move;
use crate::inspector::highlight::Highlight;

/// Something that happened to the packets.
#[derive(Clone, Debug, PartialEq)]
pub enum PacketsEvent {
    /// The user opened a file, or dropped it on the page.
    FileRead {
        /// The file's name.
        name: String,
        /// The file's contents, or why it could not be read.
        bytes: Result<Vec<u8>, FileError>,
    },
    /// The user has read why a file was not opened.
    RefusalDismissed,
    /// The user closed the file.
    FileClosed,
    /// The user chose a connection of the file by its index.
    ConnectionChosen(usize),
    /// The user wants the packets saved as a file.
    SavePressed,
    /// The pointer moved onto something, or away from everything.
    Hovered(Option<PacketSpot>),
    /// The user clicked something.
    Selected(PacketSpot),
    /// A key moved the selection among the packets.
    PacketMoved(Move),
    /// A key moved the selection among the fields of the layer with this index.
    FieldMoved(usize, Move),
    /// A key moved the selection among the bytes of the selected packet.
    OctetMoved(Move),
}

/// Something of the packets that can be hovered and selected. All indices begin at 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PacketSpot {
    /// The packet with this index.
    Packet(usize),
    /// The byte at this offset in the frame of the selected packet.
    Octet(usize),
    /// A field of the selected packet.
    Field(FieldPlace),
}

/// The place of a field in a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldPlace {
    /// The index of the layer, the outermost being 0.
    pub layer: usize,
    /// The index of the field in its layer.
    pub field: usize,
}

/// What an event means for the rest of the page.
#[derive(Clone, Debug, PartialEq)]
pub enum PacketsRequest {
    /// Save a pcapng file for the user.
    Save {
        /// The file's name.
        name: String,
        /// The file's contents.
        contents: Vec<u8>,
    },
    /// Scroll the list so far down, in pixels, once it is drawn.
    Scroll(f64),
    /// Show the latest run in place of an earlier one.
    ShowLatestRun,
    /// Highlight in the other views what the pointer is on.
    Hover(Option<Highlight>),
    /// Highlight in the other views what is selected.
    Select(Option<Highlight>),
}
