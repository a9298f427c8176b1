//! The selected packet: its fields, its bytes, and what of them is marked.

use std::ops::Range;

use echo_core::hexdump::Width;
use echo_core::packets::layers::{self, Field, Layer};
use echo_core::packets::{End, Row};

use super::event::{FieldPlace, PacketSpot};
use crate::inspector::Move;

/// How many of a packet's bytes are shown: all headers, and the beginning of what it carries.
pub const MAX_OCTETS: usize = 256;
/// How many bytes stand in a row: there is room for eight beside the fields.
pub const WIDTH: Width = Width::Eight;

/// The selected packet.
#[derive(Debug)]
pub struct PacketDetail<'a> {
    /// The end at which the page is.
    pub near: End,
    /// The packet among the others of its connection.
    pub row: Row<'a>,
    /// The packet's layers, outermost first.
    pub layers: Vec<Layer>,
    /// What is marked: what the pointer is on, else what is selected.
    pub spot: Option<PacketSpot>,
}

impl<'a> PacketDetail<'a> {
    /// Decodes the layers of a packet.
    #[must_use]
    pub fn new(near: End, row: Row<'a>, spot: Option<PacketSpot>) -> Self {
        Self { near, row, layers: layers::layers(row.packet), spot }
    }

    /// Returns the packet's bytes, as far as they are shown.
    #[must_use]
    pub fn octets(&self) -> &'a [u8] {
        let bytes = &self.row.packet.frame.bytes;
        &bytes[..bytes.len().min(MAX_OCTETS)]
    }

    /// Returns the place of the marked field, or of the innermost field with the marked byte.
    #[must_use]
    pub fn field_place(&self) -> Option<FieldPlace> {
        match self.spot? {
            PacketSpot::Packet(_) => None,
            PacketSpot::Field(place) => self.field_at(place).map(|_| place),
            PacketSpot::Octet(octet) => {
                let layer = self.layers.iter().position(|it| it.bytes.contains(&octet))?;
                let has_octet = |field: &Field| field.bytes.contains(&octet);
                let field = self.layers[layer].fields.iter().rposition(has_octet)?;
                Some(FieldPlace { layer, field })
            }
        }
    }

    /// Returns the field at [`field_place`](Self::field_place).
    #[must_use]
    pub fn field(&self) -> Option<&Field> {
        self.field_at(self.field_place()?)
    }

    fn field_at(&self, place: FieldPlace) -> Option<&Field> {
        self.layers.get(place.layer)?.fields.get(place.field)
    }

    /// Returns the offsets of the bytes that are marked: those of the field.
    #[must_use]
    pub fn marked(&self) -> Range<usize> {
        self.field().map_or(0..0, |field| field.bytes.clone())
    }

    /// Returns the offset of the byte that is marked by itself.
    #[must_use]
    pub fn octet(&self) -> Option<usize> {
        match self.spot? {
            PacketSpot::Octet(octet) => Some(octet).filter(|it| *it < self.octets().len()),
            PacketSpot::Packet(_) | PacketSpot::Field(_) => None,
        }
    }

    /// Returns where a move leads among the fields of a layer, from its marked field.
    #[must_use]
    pub fn field_after(&self, layer: usize, to: Move) -> Option<PacketSpot> {
        let last = self.layers.get(layer)?.fields.len().checked_sub(1)?;
        let from = self.field_place().filter(|it| it.layer == layer).map_or(0, |it| it.field);
        Some(PacketSpot::Field(FieldPlace { layer, field: move_index(from, last, 1, to) }))
    }

    /// Returns where a move leads among the bytes.
    #[must_use]
    pub fn octet_after(&self, to: Move) -> Option<PacketSpot> {
        let last = self.octets().len().checked_sub(1)?;
        let from = self.octet().unwrap_or_else(|| self.marked().start).min(last);
        Some(PacketSpot::Octet(move_index(from, last, WIDTH as usize, to)))
    }
}

/// Returns the index to which a move leads from `index` in rows of `width`, in a list whose last
/// index is `last`.
#[must_use]
pub fn move_index(index: usize, last: usize, width: usize, to: Move) -> usize {
    let row = index / width * width;
    let moved = match to {
        Move::Left => index.saturating_sub(1),
        Move::Right => index + 1,
        Move::Up(rows) if index >= width => index.saturating_sub(rows * width).max(index % width),
        Move::Up(_) => index,
        Move::Down(rows) => index + rows * width,
        Move::Start if width > 1 => row,
        Move::End if width > 1 => row + width - 1,
        Move::Start | Move::First => 0,
        Move::End | Move::Last => last,
    };
    moved.min(last)
}
