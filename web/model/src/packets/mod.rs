//! The packets of a run, or of a file: what they are, and how they are looked at.
//!
//! All of it is the business of a part of the page that comes later: only [`PacketsEvent`] is known
//! to the rest.
//!
//! - [`told`]: what a session tells of its packets, captured or inferred;
//! - [`file`]: a file that was opened in their place;
//! - [`look`]: the packet that is opened, its fields and its bytes;
//! - [`stream`]: which of a connection's bytes a packet carried;
//! - [`save`]: what of them becomes a file.

pub mod detail;
mod event;
pub mod file;
mod react;
pub mod save;
pub mod snapshot;
pub mod stream;
#[cfg(test)]
mod tests;

use echo_core::packets::Capture;

use crate::Model;
use crate::inspector::highlight::Highlight;
use crate::inspector::record::ConnectionRecord;
use crate::inspector::window::Scroll;
use detail::PacketDetail;
pub use event::{PacketSpot, PacketsEvent};
use file::{CaptureFile, CaptureFileError};
use snapshot::CaptureSnapshot;

/// How many packets are drawn all at once; of more, only those in view.
pub const FEW: usize = 16;

/// The packets, and how they are looked at.
#[derive(Debug, Default)]
pub struct Packets {
    told: CaptureSnapshot,
    file: Option<CaptureFile>,
    refused: Option<(String, CaptureFileError)>,
    opened: Option<usize>,
    pointed: Option<PacketSpot>,
    held: Option<PacketSpot>,
}

/// What of the page they depend on.
#[derive(Clone, Copy, Debug)]
pub struct PacketsContext<'a> {
    /// The run that is shown.
    pub record: Option<ConnectionRecord<'a>>,
    /// When the page's clock was at zero, in milliseconds since 1970 (UTC).
    pub clock_began: f64,
    /// Where the reader of the list is.
    pub scroll: Scroll,
    /// The version of the program, where the bridge tells it.
    pub version: Option<&'a str>,
}

impl<'a> PacketsContext<'a> {
    /// That of the page.
    #[must_use]
    pub fn of(model: &'a Model) -> Self {
        Self {
            record: model.record(),
            clock_began: model.clock_began,
            scroll: model.inspector.packets,
            version: model.bridge.info().map(|info| &info.version[..]),
        }
    }
}

impl Packets {
    /// Takes in what the run that is shown has got since; what belonged to another one is forgotten.
    pub fn keep_up(&mut self, scene: &PacketsContext) {
        let Some(record) = &scene.record else { return };
        if self.told.keep_up(record) && self.file.is_none() {
            (self.opened, self.pointed, self.held) = (None, None, None);
        }
    }

    /// What the run's session told.
    #[must_use]
    pub fn told(&self) -> &CaptureSnapshot {
        &self.told
    }

    /// The file that is shown in its place.
    #[must_use]
    pub fn file(&self) -> Option<&CaptureFile> {
        self.file.as_ref()
    }

    /// The file that could not be opened, and why.
    #[must_use]
    pub fn refused(&self) -> Option<&(String, CaptureFileError)> {
        self.refused.as_ref()
    }

    /// Whether there is something to see without a run.
    #[must_use]
    pub fn has_file(&self) -> bool {
        self.file.is_some() || self.refused.is_some()
    }

    /// The packets that are shown: of the file, or of the run.
    #[must_use]
    pub fn capture<'a>(&'a self, scene: &PacketsContext) -> Option<&'a Capture> {
        match &self.file {
            Some(file) => file.capture(),
            None => self.told.capture(scene.record.as_ref()?, scene.clock_began),
        }
    }

    /// The packet that is opened: the one that was chosen, else the first that carries bytes.
    #[must_use]
    pub fn look<'a>(&'a self, scene: &PacketsContext) -> Option<PacketDetail<'a>> {
        let capture = self.capture(scene)?;
        let index = self.index(capture)?;
        Some(PacketDetail::new(capture.row(index)?, self.pointed.or(self.held)))
    }

    /// What of the run's bytes is marked with what is pointed at, and with what was chosen.
    #[must_use]
    pub fn marks(&self, scene: &PacketsContext) -> [Option<Highlight>; 2] {
        let chosen = self.held.or(self.opened.map(PacketSpot::Packet));
        [self.pointed, chosen].map(|spot| self.mark(scene, spot?))
    }

    /// A file's bytes are not those of the run.
    fn mark(&self, scene: &PacketsContext, spot: PacketSpot) -> Option<Highlight> {
        let capture = self.capture(scene).filter(|_| self.file.is_none())?;
        let index = match spot {
            PacketSpot::Packet(index) => index,
            PacketSpot::Octet(_) | PacketSpot::Field(..) => self.index(capture)?,
        };
        PacketDetail::new(capture.row(index)?, Some(spot)).mark()
    }

    /// Which packet that is, the first being 0.
    #[must_use]
    pub fn index(&self, capture: &Capture) -> Option<usize> {
        let last = capture.packets().len().checked_sub(1)?;
        let carrying = || capture.packets().iter().position(|it| it.payload_length > 0);
        Some(self.opened.unwrap_or_else(|| carrying().unwrap_or(0)).min(last))
    }
}
