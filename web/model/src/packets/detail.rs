//! The packet that is opened: its fields, its bytes, and what of them is pointed at.

use std::ops::Range;

use echo_core::hexdump::Width;
use echo_core::packets::Row;
use echo_core::packets::layers::{self, Field, Key, Layer};

use super::{PacketSpot, stream};
use crate::inspector::Move;
use crate::inspector::highlight::Highlight;

/// How many of its bytes are shown: all headers, and the beginning of what it carries.
pub const MOST_OCTETS: usize = 256;
/// How many stand in a row: there is room for eight beside the fields.
pub const WIDTH: Width = Width::Eight;

/// An opened packet.
#[derive(Debug)]
pub struct PacketDetail<'a> {
    /// The packet.
    pub row: Row<'a>,
    /// Its layers.
    pub layers: Vec<Layer>,
    /// What of it is marked.
    pub spot: Option<PacketSpot>,
}

impl<'a> PacketDetail<'a> {
    /// This packet, of which that is marked.
    #[must_use]
    pub fn new(row: Row<'a>, spot: Option<PacketSpot>) -> Self {
        Self { row, layers: layers::layers(row.packet), spot }
    }

    /// Its bytes, as far as they are shown.
    #[must_use]
    pub fn octets(&self) -> &'a [u8] {
        let bytes = &self.row.packet.frame.bytes;
        &bytes[..bytes.len().min(MOST_OCTETS)]
    }

    /// The field that is marked, or that the marked byte belongs to: its layer, and which of that.
    #[must_use]
    pub fn field_place(&self) -> Option<(usize, usize)> {
        match self.spot? {
            PacketSpot::Packet(_) => None,
            PacketSpot::Field(layer, field) => {
                self.layers.get(layer)?.fields.get(field).map(|_| (layer, field))
            }
            PacketSpot::Octet(octet) => {
                let layer = self.layers.iter().position(|it| it.bytes.contains(&octet))?;
                // The last one that has it: the innermost, as for `layers::field_at`.
                let has_it = |field: &Field| field.bytes.contains(&octet);
                Some((layer, self.layers[layer].fields.iter().rposition(has_it)?))
            }
        }
    }

    /// That field.
    #[must_use]
    pub fn field(&self) -> Option<&Field> {
        let (layer, field) = self.field_place()?;
        self.layers[layer].fields.get(field)
    }

    /// The bytes that are marked: those of the field.
    #[must_use]
    pub fn marked(&self) -> Range<usize> {
        self.field().map_or(0..0, |field| field.bytes.clone())
    }

    /// The byte that is marked by itself.
    #[must_use]
    pub fn octet(&self) -> Option<usize> {
        match self.spot? {
            PacketSpot::Octet(octet) => Some(octet).filter(|it| *it < self.octets().len()),
            _ => None,
        }
    }

    /// What of the run's bytes is marked along with it.
    #[must_use]
    pub fn mark(&self) -> Option<Highlight> {
        let payload = || {
            let (direction, range) = stream::carried(&self.row)?;
            Some(Highlight::Bytes(direction, range.start, range.end))
        };
        match self.spot? {
            PacketSpot::Octet(octet) => {
                let (direction, offset) = stream::byte(&self.row, octet)?;
                Some(Highlight::Byte(direction, offset))
            }
            PacketSpot::Field(..) if self.field()?.key == Key::Payload => payload(),
            PacketSpot::Field(..) => None,
            PacketSpot::Packet(_) => payload(),
        }
    }

    /// Where a move leads among the fields of a layer, from the one that is marked in it.
    #[must_use]
    pub fn field_after(&self, layer: usize, to: Move) -> Option<PacketSpot> {
        let last = self.layers.get(layer)?.fields.len().checked_sub(1)?;
        let here = self.field_place().filter(|place| place.0 == layer).map_or(0, |place| place.1);
        Some(PacketSpot::Field(layer, moved(here, last, 1, to)))
    }

    /// Where a move leads among its bytes.
    #[must_use]
    pub fn octet_after(&self, to: Move) -> Option<PacketSpot> {
        let last = self.octets().len().checked_sub(1)?;
        let here = self.octet().unwrap_or_else(|| self.marked().start).min(last);
        Some(PacketSpot::Octet(moved(here, last, WIDTH as usize, to)))
    }
}

/// Where a move leads in a list, or in rows of this width, whose last place that is.
#[must_use]
pub fn moved(here: usize, last: usize, width: usize, to: Move) -> usize {
    let row = here / width * width;
    let there = match to {
        Move::Left => here.saturating_sub(1),
        Move::Right => here + 1,
        Move::Up(rows) if here >= width => here.saturating_sub(rows * width).max(here % width),
        Move::Up(_) => here,
        Move::Down(rows) => here + rows * width,
        Move::Start if width > 1 => row,
        Move::End if width > 1 => row + width - 1,
        Move::Start | Move::First => 0,
        Move::End | Move::Last => last,
    };
    there.min(last)
}
