//! The events of the views, and the ids of their elements.

use echo_core::hexdump::Width;
use serde::{Deserialize, Serialize};

use super::highlight::Highlight;
use super::moves::Move;
use super::window::Scroll;
use crate::command::CopiedText;
use crate::transcript::Direction;

/// One of the views.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tab {
    /// What happened when.
    #[default]
    Timeline,
    /// The bytes themselves.
    Bytes,
    /// The packets that carried them.
    Packets,
}

/// How Bytes shows them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BytesMode {
    /// Byte by byte: what was sent, and then what came.
    #[default]
    Hex,
    /// As text, in readable lines.
    Text,
    /// Byte by byte: both directions in the order in which they moved.
    Follow,
}

impl BytesMode {
    /// All of them, in their order.
    pub const ALL: [Self; 3] = [Self::Hex, Self::Text, Self::Follow];
}

/// What the user does in a view.
#[derive(Clone, Debug, PartialEq)]
pub enum InspectorEvent {
    /// Chose a view.
    TabChosen(Tab),
    /// Went on to the next view with the keyboard, or back to the one before.
    TabWalked(StepTo),
    /// Pointed at something, or away.
    Pointed(Option<Highlight>),
    /// Chose something, by a click or by moving the focus to it.
    Held(Highlight),
    /// Let go of what was chosen.
    Released,
    /// Stepped to the next event of the Timeline, or back to the one before.
    Stepped(StepTo),
    /// The user moved the focus among the bytes.
    FocusMoved(Move),
    /// Typed in the filter.
    FilterTyped(String),
    /// Wants to see one direction alone, or both.
    DirectionChosen(Option<Direction>),
    /// Wants the bytes shown so.
    BytesModeChosen(BytesMode),
    /// Wants to read the bytes as text, from wherever the user is.
    TextPressed,
    /// Has a window in which so many bytes fit side by side now.
    WidthChanged(Width),
    /// Scrolled.
    Scrolled(Tab, Scroll),
    /// Has a pane that is now so high, in pixels.
    Resized(Tab, f64),
    /// Wants the whole Timeline copied.
    CopyAllPressed,
    /// Wants the held row of the Timeline copied.
    CopyRowPressed,
    /// Wants the Timeline saved as a picture.
    PicturePressed,
    /// Has the picture.
    PictureSaved,
    /// The browser copied the Timeline, or did not.
    TimelineCopied(CopiedText),
}

/// A step to a neighbour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepTo {
    /// To the one before.
    Previous,
    /// To the next one.
    Next,
}

impl Tab {
    /// All of them, in their order.
    pub const ALL: [Self; 3] = [Self::Timeline, Self::Bytes, Self::Packets];

    /// Returns the neighbour of the tab. The first and the last tab are neighbours, too.
    #[must_use]
    pub fn neighbour(self, step: StepTo) -> Self {
        let place = Self::ALL.iter().position(|tab| *tab == self).unwrap_or(0);
        let by = match step {
            StepTo::Next => 1,
            StepTo::Previous => Self::ALL.len() - 1,
        };
        Self::ALL[(place + by) % Self::ALL.len()]
    }

    /// Returns the id of the tab's element.
    #[must_use]
    pub fn element_id(self) -> &'static str {
        match self {
            Self::Timeline => "tab-timeline",
            Self::Bytes => "tab-bytes",
            Self::Packets => "tab-packets",
        }
    }

    /// Returns the id of the element that scrolls in the tab's panel.
    #[must_use]
    pub fn pane_id(self) -> &'static str {
        match self {
            Self::Timeline => "timeline",
            Self::Bytes => "bytes",
            Self::Packets => "packets",
        }
    }
}

/// Returns the id of a byte's element.
#[must_use]
pub fn byte_id(direction: Direction, offset: u64) -> String {
    let direction = match direction {
        Direction::Sent => "sent",
        Direction::Received => "received",
    };
    format!("{direction}-{offset}")
}
