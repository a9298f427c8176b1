//! What can happen to the page.

use crate::bridge::BridgeEvent;
use crate::command::{CopiedText, Elapsed};
use crate::composer::ComposerEvent;
use crate::connection;
use crate::connection_log::ConnectionLogEvent;
use crate::expected_reply::ExpectedReplyKind;
use crate::inspector::InspectorEvent;
use crate::lab::LabEvent;
use crate::lang::Lang;
use crate::lesson::LessonEvent;
use crate::link::LinkEvent;
use crate::loadable::LoadError;
use crate::menu::MenuEvent;
use crate::modes::ModesEvent;
use crate::packets::{PacketsEvent, PacketsPart};
use crate::role::Role;
use crate::runs::{RunsEvent, RunsPart};
use crate::server::{ServerEvent, ServerPart};
use crate::text::TextEvent;
use crate::time::PageTime;

/// Something that happened: the user did something, or the platform reports something.
#[derive(Debug)]
pub enum Event {
    /// The user typed in To.
    ToTyped(String),
    /// The user chose which reply is expected of the target.
    ExpectedReplyChosen(ExpectedReplyKind),
    /// What was stored on an earlier visit of the replies that are expected was read.
    ExpectationsLoaded(String),
    /// Something happened in the composer.
    Composer(ComposerEvent),
    /// The user pressed Send, Start or Enter.
    SendPressed {
        /// When.
        at: PageTime,
    },
    /// The user pressed Connect.
    ConnectPressed {
        /// When.
        at: PageTime,
    },
    /// The user pressed Stop while a run was in progress.
    StopPressed {
        /// When.
        at: PageTime,
    },
    /// The user connects although the server did not prove who it is, this once.
    ConnectUnverifiedPressed {
        /// When.
        at: PageTime,
    },
    /// The user opened the certificates, or closed them.
    CertificateToggled,
    /// The user skipped the header.
    SkipPressed,
    /// The user asked why the verdict is as it is, or closed the answer.
    WhyToggled,
    /// The user chose a language.
    LanguageChosen(Lang),
    /// The user wants a text copied.
    CopyPressed(String),
    /// The browser copied a text, or did not.
    CopyEnded(CopiedText),
    /// A Copy button shows its usual text again.
    CopyFeedbackEnded(Elapsed),
    /// Something happened between the page and the bridge.
    Bridge(BridgeEvent),
    /// Something happened to the modes.
    Modes(ModesEvent),
    /// Something happened in the lab.
    Lab(LabEvent),
    /// The user wants the packets of the next connection captured, or no longer.
    CaptureSwitched(bool),
    /// Something happened to the packets.
    Packets(PacketsEvent),
    /// The packet analyzer was loaded, or could not be.
    PacketsLoaded(Result<Box<dyn PacketsPart>, LoadError>),
    /// The user wants the packet analyzer loaded after that has failed.
    PacketsRetryPressed,
    /// Something happened to the views of what happened.
    Inspector(InspectorEvent),
    /// Something happened to bytes that are looked at as text.
    Text(TextEvent),
    /// A draft was found in the browser's storage.
    DraftFound(String),
    /// The page can be seen no longer, and may be closed.
    PageHidden,
    /// What was not drawn at once is to be drawn.
    DrawDue,
    /// Something happened to the finished runs.
    Runs(RunsEvent),
    /// The finished runs were loaded, or could not be.
    RunsLoaded(Result<Box<dyn RunsPart>, LoadError>),
    /// The user wants the finished runs loaded after that has failed.
    RunsRetryPressed,
    /// The user chose which end the page is.
    RoleChosen(Role),
    /// Something happened to the page as a server.
    Server(ServerEvent),
    /// The page's code as a server was loaded, or could not be.
    ServerLoaded(Result<Box<dyn ServerPart>, LoadError>),
    /// The user wants that code loaded after that has failed.
    ServerRetryPressed,
    /// Something happened to a link.
    Link(LinkEvent),
    /// Something happened in a menu.
    Menu(MenuEvent),
    /// Something happened in the lesson.
    Lesson(LessonEvent),
    /// Something happened to the connection log.
    ConnectionLog(ConnectionLogEvent),
}

impl Event {
    /// Returns whether it is one of those that come by the thousand while bytes stream.
    #[must_use]
    pub fn is_frequent(&self) -> bool {
        match self {
            Self::Modes(ModesEvent::Connection(connection::Event {
                kind: connection::EventKind::Socket(event),
                ..
            })) => event.is_frequent(),
            Self::Server(event) => event.is_frequent(),
            _ => false,
        }
    }

    /// Returns whether it comes from a connection.
    #[must_use]
    pub fn is_of_connection(&self) -> bool {
        matches!(self, Self::Modes(ModesEvent::Connection(_)))
    }
}
