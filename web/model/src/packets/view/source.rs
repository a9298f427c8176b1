//! Where the packets come from, and what can be done with them.

use std::rc::Rc;

use echo_core::packets::capture::MAX_PACKETS;
use echo_core::packets::file::FileEnd;
use echo_core::packets::{Capture, Origin};

use crate::copy::CopyableText;
use crate::packets::analyzer::{PacketAnalyzer, RefusedFile};
use crate::packets::context::PacketsContext;
use crate::packets::file::{CaptureFile, FileConnection};
use crate::packets::snapshot::CaptureSnapshot;

/// Where the packets come from, and what can be done with them.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceView {
    /// The file that could not be opened, until the user has read why.
    pub refused: Option<RefusedFile>,
    /// Where the packets come from.
    pub origin: OriginView,
}

/// Where the packets come from.
#[derive(Clone, Debug, PartialEq)]
pub enum OriginView {
    /// The packets are those of the shown connection.
    Connection(ConnectionView),
    /// The packets are those of a file.
    File(FileView),
}

/// The packets of the shown connection.
#[derive(Clone, Debug, PartialEq)]
pub struct ConnectionView {
    /// How the packets came to be known.
    pub status: CaptureStatus,
    /// Why packets were not captured although the page asked for it.
    pub not_capturing: Option<String>,
    /// The switch; `None` until the bridge has described itself.
    pub switch: Option<CaptureSwitch>,
    /// Whether there are packets to save.
    pub can_save: bool,
    /// Whether the file that is saved can be decrypted, since the secrets are in it.
    pub has_secrets: bool,
}

/// How the packets of the shown connection came to be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaptureStatus {
    /// They were captured.
    Captured {
        /// How many are shown.
        count: usize,
        /// Whether more may come.
        is_live: bool,
        /// How many passed that are not shown.
        left_out: u64,
    },
    /// The packets were inferred.
    Inferred {
        /// How many are shown, if there are more.
        first: Option<usize>,
        /// Whether they carried TLS: then they are shown as if they had not.
        is_tls: bool,
    },
    /// The packets are being captured, and none has been captured yet.
    Awaiting,
    /// There are no packets.
    NoPackets,
}

/// The switch that has packets captured.
#[derive(Clone, Debug, PartialEq)]
pub enum CaptureSwitch {
    /// The bridge can capture packets.
    Available {
        /// Whether it captures those of the next connection.
        is_on: bool,
    },
    /// The bridge cannot capture packets.
    Unavailable {
        /// Why, unless [`ConnectionView::not_capturing`] says the same.
        reason: Option<String>,
        /// A command that would allow it, if there is one.
        remedy: Option<CopyableText>,
    },
    /// The bridge is older than capturing.
    Unsupported,
}

/// The packets of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct FileView {
    /// The file's name.
    pub name: Rc<str>,
    /// How many packets the shown connection has.
    pub count: usize,
    /// The file's connections.
    pub connections: Rc<[FileConnection]>,
    /// The index of the connection that is shown.
    pub chosen: usize,
    /// Whether any of the packets was inferred.
    pub has_inferred: bool,
    /// Whether the file has secrets by which packets can be decrypted.
    pub has_secrets: bool,
    /// How many packets the file has, if not only those of the shown connection.
    pub total: Option<u64>,
    /// How many packets of the file are not shown.
    pub skipped: u64,
    /// Whether the file could be read to its end.
    pub end: FileEnd,
}

impl SourceView {
    pub(super) fn of(
        analyzer: &PacketAnalyzer,
        context: &PacketsContext,
        capture: Option<&Capture>,
    ) -> Self {
        let origin = match analyzer.file() {
            Some(file) => OriginView::File(FileView::of(file)),
            None => {
                OriginView::Connection(ConnectionView::of(analyzer.snapshot(), context, capture))
            }
        };
        Self { refused: analyzer.refused().cloned(), origin }
    }
}

impl ConnectionView {
    fn of(snapshot: &CaptureSnapshot, context: &PacketsContext, capture: Option<&Capture>) -> Self {
        Self {
            status: CaptureStatus::of(snapshot, capture),
            not_capturing: snapshot.not_capturing().map(str::to_owned),
            switch: CaptureSwitch::of(snapshot, context),
            can_save: capture.is_some(),
            has_secrets: snapshot.is_captured() && !snapshot.tls_secrets().is_empty(),
        }
    }
}

impl CaptureStatus {
    fn of(snapshot: &CaptureSnapshot, capture: Option<&Capture>) -> Self {
        match capture {
            Some(capture) if snapshot.is_captured() => Self::Captured {
                count: capture.packets().len(),
                is_live: snapshot.is_capturing(),
                left_out: snapshot.left_out(),
            },
            Some(capture) => {
                let count = capture.packets().len();
                let is_cut = capture.left_out() > 0 || count >= MAX_PACKETS;
                Self::Inferred { first: is_cut.then_some(count), is_tls: snapshot.is_tls() }
            }
            None if snapshot.is_awaiting() => Self::Awaiting,
            None => Self::NoPackets,
        }
    }
}

impl CaptureSwitch {
    fn of(snapshot: &CaptureSnapshot, context: &PacketsContext) -> Option<Self> {
        let Some(capture) = &context.bridge?.capture else { return Some(Self::Unsupported) };
        if capture.possible {
            return Some(Self::Available { is_on: context.captures });
        }
        let remedy = Some(&capture.remedy).filter(|remedy| !remedy.is_empty());
        let is_told = snapshot.not_capturing() == Some(&capture.reason);
        Some(Self::Unavailable {
            reason: (!is_told).then(|| capture.reason.clone()),
            remedy: remedy.map(|it| CopyableText::new(it.clone(), context.copied)),
        })
    }
}

impl FileView {
    fn of(file: &CaptureFile) -> Self {
        let packets = file.capture().map(Capture::packets).unwrap_or_default();
        let total = file.packet_count();
        Self {
            name: Rc::clone(file.name()),
            count: packets.len(),
            connections: Rc::clone(file.connections()),
            chosen: file.chosen(),
            has_inferred: packets.iter().any(|packet| packet.origin != Origin::Measured),
            has_secrets: file.has_secrets(),
            total: (total > packets.len() as u64).then_some(total),
            skipped: file.skipped(),
            end: file.end(),
        }
    }
}
