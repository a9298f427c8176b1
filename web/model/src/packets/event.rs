//! What can happen to the packets.

use crate::composer::FileError;
use crate::inspector::Move;

/// Something that happened to the packets.
#[derive(Clone, Debug, PartialEq)]
pub enum PacketsEvent {
    /// A file was dropped on the page, or opened.
    FileCame {
        /// What it is called.
        name: String,
        /// What is in it, or why that cannot be had.
        bytes: Result<Vec<u8>, FileError>,
    },
    /// Why a file was not opened has been read.
    RefusalRead,
    /// The file is not wanted any more.
    FileClosed,
    /// Another of the file's connections is wanted; the first is 0.
    ConnectionChosen(usize),
    /// The packets are wanted as a file.
    SavePressed,
    /// The pointer came to something, or went away.
    Pointed(Option<PacketSpot>),
    /// Something was chosen.
    Held(PacketSpot),
    /// The choice moved among the packets.
    Moved(Move),
    /// It moved among the fields of this layer of the opened packet.
    FieldMoved(usize, Move),
    /// It moved among the bytes of the opened packet.
    OctetMoved(Move),
}

/// Something of the packets that can be pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PacketSpot {
    /// The packet of this index, the first being 0.
    Packet(usize),
    /// This byte of the opened packet's frame.
    Octet(usize),
    /// A field of the opened packet: its layer, and which one of that.
    Field(usize, usize),
}
