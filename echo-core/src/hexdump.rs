//! Bytes as rows of offset, cells and characters.
//!
//! Nothing is made ahead: a [`Row`] borrows its bytes and looks at most three bytes past its ends,
//! where a character may go on. So any row of 100 MiB costs as much as the only one of six bytes.

mod names;
#[cfg(test)]
mod tests;
mod unit;

pub use names::name;
pub use unit::{Unit, units};

/// How many bytes stand in a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Width {
    /// Eight, where there is little room.
    Eight = 8,
    /// Sixteen.
    #[default]
    Sixteen = 16,
}

/// Bytes, seen as rows of one width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hexdump<'a> {
    bytes: &'a [u8],
    width: usize,
}

/// Some bytes that stand side by side: as many as the width, fewer in the last row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row<'a> {
    /// The offset of the row's first byte.
    pub offset: usize,
    /// The row's bytes: at least one.
    pub bytes: &'a [u8],
    all: &'a [u8],
}

/// One byte, and the character it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The byte's offset.
    pub offset: usize,
    /// The byte.
    pub byte: u8,
    /// What it belongs to; its range may begin before the row and end after it.
    pub unit: Unit,
}

impl<'a> Hexdump<'a> {
    /// `bytes` in rows of `width`.
    #[must_use]
    pub fn new(bytes: &'a [u8], width: Width) -> Self {
        Self { bytes, width: width as usize }
    }

    /// How many rows there are: none, if there are no bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bytes.len().div_ceil(self.width)
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The row of this index, the first being 0; `None` from [`len`](Self::len) on.
    #[must_use]
    pub fn row(&self, index: usize) -> Option<Row<'a>> {
        let offset = index.checked_mul(self.width)?;
        let rest = self.bytes.get(offset..).filter(|rest| !rest.is_empty())?;
        let bytes = &rest[..rest.len().min(self.width)];
        Some(Row { offset, bytes, all: self.bytes })
    }

    /// The index of the row in which this byte stands, or would stand.
    #[must_use]
    pub fn row_of(&self, offset: usize) -> usize {
        offset / self.width
    }
}

impl<'a> Row<'a> {
    /// The characters of which at least one byte stands here, and the bytes that are none, in
    /// order. The first may begin in the row before and the last end in the row after.
    pub fn units(&self) -> impl Iterator<Item = Unit> + use<'a> {
        let (all, end) = (self.all, self.offset + self.bytes.len());
        let next = move |at: usize| Unit::at(all, at).filter(|_| at < end);
        std::iter::successors(next(self.offset), move |unit| next(unit.range.end))
    }

    /// The row's bytes, each with the character it belongs to.
    pub fn cells(&self) -> impl Iterator<Item = Cell> + use<'a> {
        let row = *self;
        row.units().flat_map(move |unit| {
            let start = row.offset + row.columns(&unit).start;
            let bytes = row.bytes[row.columns(&unit)].iter();
            (start..).zip(bytes).map(move |(offset, &byte)| Cell {
                offset,
                byte,
                unit: unit.clone(),
            })
        })
    }

    /// The columns of this row that `unit` covers, the first being 0: what its bracket spans.
    #[must_use]
    pub fn columns(&self, unit: &Unit) -> std::ops::Range<usize> {
        let column = |offset: usize| offset.saturating_sub(self.offset).min(self.bytes.len());
        column(unit.range.start)..column(unit.range.end)
    }
}

impl Cell {
    /// What the text gutter shows for this byte: the glyph of its character under the first of its
    /// bytes, nothing under the others.
    #[must_use]
    pub fn glyph(&self) -> Option<char> {
        (self.offset == self.unit.range.start).then(|| self.unit.glyph())
    }
}
