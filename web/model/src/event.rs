//! What can happen to the page.

use echo_core::wire::{BridgeMessage, Info};

use crate::bridge::BridgeError;
use crate::composer::ComposerEvent;
use crate::connection_log::ConnectionLogEvent;
use crate::effect::Wake;
use crate::inspector::InspectorEvent;
use crate::lab::LabEvent;
use crate::lang::Lang;
use crate::lesson::LessonEvent;
use crate::link::LinkEvent;
use crate::menu::MenuEvent;
use crate::modes::ModesEvent;
use crate::packets::PacketsEvent;
use crate::run::RunId;
use crate::runs::RunsEvent;

/// Something that happened; `at` is the page's clock, in milliseconds.
#[derive(Debug)]
pub enum Event {
    /// Somebody typed in To.
    ToTyped(String),
    /// Somebody did something to the message, or to what should come back.
    Composer(ComposerEvent),
    /// Somebody pressed Send, or Enter.
    SendPressed {
        /// When.
        at: f64,
    },
    /// Somebody pressed Stop.
    StopPressed {
        /// When.
        at: f64,
    },
    /// Somebody chose a language.
    LanguageChosen(Lang),
    /// Somebody wants this copied.
    CopyPressed(String),
    /// It has been copied, or could not be.
    CopyEnded {
        /// What was to be copied.
        text: String,
        /// Whether it was.
        ok: bool,
    },
    /// A Copy button may say Copy again.
    CopiedFaded,
    /// The bridge described itself, or did not.
    InfoCame {
        /// When.
        at: f64,
        /// The description.
        result: Result<Info, BridgeError>,
    },
    /// It is time to look whether the bridge is there.
    PollDue {
        /// Whether anybody can see the page.
        visible: bool,
    },
    /// Something about how one talks.
    Modes(ModesEvent),
    /// Something happened in the lab.
    Lab(LabEvent),
    /// Somebody wants the packets of what comes next captured, or not any more.
    CaptureSwitched(bool),
    /// Something happened to the packets.
    Packets(PacketsEvent),
    /// Somebody did something to a view.
    Inspector(InspectorEvent),
    /// What was not drawn at once is to be drawn.
    DrawDue,
    /// Something happened to the runs that are over.
    Runs(RunsEvent),
    /// Something happened to a link.
    Link(LinkEvent),
    /// Something happened in a menu.
    Menu(MenuEvent),
    /// Something happened to the lesson.
    Lesson(LessonEvent),
    /// Something happened to what the server sees.
    ConnectionLog(ConnectionLogEvent),
    /// Something happened in the session of a run.
    Session {
        /// The run that the session was opened for.
        run: RunId,
        /// When.
        at: f64,
        /// What.
        event: SessionEvent,
    },
}

impl Event {
    /// Whether it is one of those that come by the thousand while bytes stream.
    #[must_use]
    pub fn streams(&self) -> bool {
        let Self::Session { event, .. } = self else { return false };
        match event {
            SessionEvent::Bytes(_) => true,
            SessionEvent::Said(message) => match message {
                BridgeMessage::Wrote { .. }
                | BridgeMessage::Read { .. }
                | BridgeMessage::Ack { .. }
                | BridgeMessage::Capturing { .. }
                | BridgeMessage::NotCapturing { .. }
                | BridgeMessage::Packet(_)
                | BridgeMessage::Captured { .. }
                | BridgeMessage::TcpInfo(_)
                | BridgeMessage::Unknown => true,
                BridgeMessage::Connecting { .. }
                | BridgeMessage::Connected { .. }
                | BridgeMessage::Finished { .. }
                | BridgeMessage::Failed(_)
                | BridgeMessage::Closed { .. } => false,
            },
            SessionEvent::Opened | SessionEvent::Closed { .. } | SessionEvent::Woke(_) => false,
        }
    }
}

/// Something that happened in a session: one WebSocket, one TCP connection.
#[derive(Clone, Debug, PartialEq)]
pub enum SessionEvent {
    /// The WebSocket is open.
    Opened,
    /// The bridge said something.
    Said(BridgeMessage),
    /// The target's bytes.
    Bytes(Vec<u8>),
    /// The WebSocket is closed.
    Closed {
        /// The close code.
        code: u16,
        /// The reason given.
        reason: String,
    },
    /// A time that was asked for is over.
    Woke(Wake),
}
