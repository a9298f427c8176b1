//! What is shown of the page as a server.

use std::rc::Rc;

use echo_core::wire::{Address, Kind, Stage};

use super::answer::FaultChoiceView;
use super::answer::editor::RulesView;
use super::connection::ServerConnection;
use super::listener::ListenerState;
use super::setup::AnswerKind;
use super::state::{Release, ServerState};
use super::update::has_port_of;
use crate::cause::Cause;
use crate::command::CopiedText;
use crate::connection::ConnectionId;
use crate::copy::CopyableText;
use crate::modes::conversation::{ConversationEnd, ConversationState, WriteHalf};
use crate::release::ReleaseError;
use crate::terminal_command::{ClientCommand, CommandPurpose, Reader, is_loopback, split};
use crate::transcript::Direction;

/// What is chosen and pressed on the left.
#[derive(Clone, Debug, PartialEq)]
pub struct SetupView {
    /// Where to listen, as typed.
    pub address: String,
    /// Whether the page listens, or is about to, so that the address cannot be changed.
    pub is_listening: bool,
    /// What is said under the field.
    pub hint: AddressHint,
    /// How connections are answered.
    pub answer: AnswerKind,
    /// How the user writes, if connections are answered by hand.
    pub by_hand: Option<ByHandView>,
    /// The rules, if connections are answered by them.
    pub rules: Option<RulesView>,
    /// The fault, if connections are answered with one.
    pub fault: Option<FaultChoiceView>,
}

/// What is said under the field *Listen on*.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressHint {
    /// Nothing.
    None,
    /// The field is empty.
    Missing,
    /// The bridge's own echo server has the port, and gives it free.
    OwnEcho,
    /// The bridge's own echo server has given the port free.
    Released,
}

/// How the user writes to the selected connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByHandView {
    /// Whether Send does anything now.
    pub can_send: bool,
    /// Whether the latest message found no room.
    pub is_full: bool,
}

/// What happened, on the right.
#[derive(Clone, Debug, PartialEq)]
pub struct PanelView {
    /// How far the listener has come.
    pub state: StateView,
    /// The connections, newest first.
    pub connections: Vec<Rc<ConnectionView>>,
    /// How many others are no longer listed.
    pub removed: u64,
    /// How many were not claimed, because too many were open.
    pub unclaimed: u64,
    /// The connection that came in last, for screen readers.
    pub latest: Option<Address>,
    /// How the selected connection can be ended, while it is open and the user answers by hand.
    pub endings: Option<EndingsView>,
}

/// How the selected connection can be ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndingsView {
    /// Whether FIN can still be sent.
    pub can_finish: bool,
}

/// How far the listener has come.
#[derive(Clone, Debug, PartialEq)]
pub enum StateView {
    /// The user has not listened yet.
    Idle,
    /// The page listened before it was reloaded.
    Reloaded {
        /// Where.
        address: String,
    },
    /// The port is being released, or the bridge asked to listen.
    Opening {
        /// Where.
        address: String,
    },
    /// The bridge listens.
    Listening {
        /// Where, as the user means it.
        address: String,
        /// The command by which a terminal connects.
        command: Option<CopyableText>,
        /// Whether that terminal has to be one of the bridge's machine, which is not the reader's.
        is_elsewhere: bool,
        /// Whether nobody has connected yet.
        is_alone: bool,
    },
    /// The user stopped it.
    Stopped {
        /// Where it listened.
        address: String,
    },
    /// The bridge refused to release the port of its own echo server.
    NotReleased(ReleaseError),
    /// It ended, or could not listen.
    Ended {
        /// Where.
        address: String,
        /// Whether it had listened.
        had_listened: bool,
        /// Why.
        cause: Cause,
        /// The error, in the words of the component that reported it.
        error: String,
        /// Where the page was loaded from.
        origin: String,
        /// The command that may help.
        remedy: Option<(CommandPurpose, CopyableText)>,
    },
}

/// A connection in the list.
#[derive(Clone, Debug, PartialEq)]
pub struct ConnectionView {
    /// Its id.
    pub id: ConnectionId,
    /// Who connected.
    pub peer: Address,
    /// How many bytes came.
    pub received: u64,
    /// How many bytes were sent.
    pub sent: u64,
    /// How far it has come.
    pub state: ConnectionStateView,
    /// How long it is or was open, in seconds.
    pub seconds: u64,
    /// Whether it is the one that is looked at.
    pub is_selected: bool,
}

/// How far a connection has come, in a word or two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConnectionStateView {
    /// It is being claimed.
    Claiming,
    /// Both sides may send.
    Open,
    /// The other side has sent FIN.
    PeerFinished,
    /// The page has sent FIN, or will after what waits.
    PageFinished,
    /// The page asked for RST.
    Resetting,
    /// Both sides sent FIN, or the page closed it.
    Closed,
    /// The page had it reset.
    Reset,
    /// The other side reset it.
    PeerReset,
    /// It was gone before it could be claimed.
    Gone,
    /// It broke in another way.
    Broken,
}

/// What the views take from the rest of the page.
#[derive(Clone, Copy, Debug)]
pub struct ServerViewContext<'a> {
    /// Whether the bridge answers.
    pub is_bridge_up: bool,
    /// Who reads the page.
    pub reader: Reader<'a>,
    /// The text that was copied last, until the button shows its usual text again.
    pub copied: Option<&'a CopiedText>,
}

impl ServerState {
    /// Returns what is chosen and pressed on the left.
    #[must_use]
    pub fn setup_view(&self, context: ServerViewContext<'_>) -> SetupView {
        let is_own = |echo| has_port_of(self.address(), echo);
        let hint = match self.release {
            _ if self.is_address_missing => AddressHint::Missing,
            Release::Released if self.is_listening() => AddressHint::Released,
            _ if !self.is_listening() && context.reader.own_echo.is_some_and(is_own) => {
                AddressHint::OwnEcho
            }
            _ => AddressHint::None,
        };
        SetupView {
            address: self.address().to_owned(),
            is_listening: self.is_listening(),
            hint,
            answer: self.answer_kind,
            by_hand: self.by_hand_view(),
            rules: (self.answer_kind == AnswerKind::Rules).then(|| self.rules.view()),
            fault: (self.answer_kind == AnswerKind::Fault).then(|| self.fault.view()),
        }
    }

    /// Returns how the user writes to the selected connection, if connections are answered by hand.
    #[must_use]
    pub fn by_hand_view(&self) -> Option<ByHandView> {
        let selected = self.selected().map(|it| &it.conversation);
        (self.answer_kind == AnswerKind::ByHand).then(|| ByHandView {
            can_send: selected.is_some_and(|it| it.peer().is_some() && it.can_send()),
            is_full: selected.is_some_and(|it| it.is_full),
        })
    }

    /// Returns what happened, on the right.
    #[must_use]
    pub fn panel_view(&self, context: ServerViewContext<'_>) -> PanelView {
        let connections = self.connections.iter().rev();
        let latest = self.latest.and_then(|id| self.connections.get(id));
        PanelView {
            state: self.state_view(context),
            connections: connections.map(|it| Rc::new(self.connection_view(it))).collect(),
            removed: self.connections.removed(),
            unclaimed: self.connections.unclaimed(),
            latest: latest.map(|it| it.peer.clone()),
            endings: self.endings(),
        }
    }

    fn endings(&self) -> Option<EndingsView> {
        let selected = self.selected().filter(|_| self.answer_kind == AnswerKind::ByHand)?;
        match selected.conversation.state {
            ConversationState::Connected { write_half, .. } => {
                Some(EndingsView { can_finish: write_half == WriteHalf::Open })
            }
            ConversationState::Connecting | ConversationState::Over(_) => None,
        }
    }

    fn state_view(&self, context: ServerViewContext<'_>) -> StateView {
        let typed = || self.address().trim().to_owned();
        match (self.release, &self.listener) {
            (Release::Asked, _) => return StateView::Opening { address: typed() },
            (Release::Refused(error), _) if !self.is_listening() => {
                return StateView::NotReleased(error);
            }
            _ => {}
        }
        let Some(listener) = &self.listener else {
            if self.was_listening {
                return StateView::Reloaded { address: typed() };
            }
            return StateView::Idle;
        };
        let address = listener.address.clone();
        match &listener.state {
            ListenerState::Opening { .. } | ListenerState::Diagnosing => {
                StateView::Opening { address }
            }
            ListenerState::Listening => {
                let is_elsewhere = is_only_at_bridge(&address) && !context.reader.is_at_bridge();
                let command = terminal_command(&address, &context.reader);
                let command = command.map(|text| CopyableText::new(text, context.copied));
                let is_alone = self.connections.iter().next().is_none();
                StateView::Listening { address, command, is_elsewhere, is_alone }
            }
            ListenerState::Stopped => StateView::Stopped { address },
            ListenerState::Ended { error, cause, had_listened } => {
                // A bridge that is back need not be started.
                let is_helped = cause.is_missing_bridge() && context.is_bridge_up;
                let remedy = (!is_helped).then(|| cause.listen_remedy(&address, &context.reader));
                let remedy = remedy.flatten();
                let remedy = remedy.map(|(purpose, command)| {
                    (purpose, CopyableText::new(command, context.copied))
                });
                StateView::Ended {
                    had_listened: *had_listened,
                    cause: *cause,
                    error: error.clone(),
                    origin: context.reader.origin.to_owned(),
                    remedy,
                    address,
                }
            }
        }
    }

    fn connection_view(&self, connection: &ServerConnection) -> ConnectionView {
        let log = &connection.conversation.log;
        let until = connection.ended.unwrap_or(self.now);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "seconds that are not negative"
        )]
        let seconds = (until.ms_since(connection.arrived) / 1_000.0) as u64;
        ConnectionView {
            id: connection.id(),
            peer: connection.peer.clone(),
            received: log.moved(Direction::Received),
            sent: log.moved(Direction::Sent),
            state: ConnectionStateView::of(&connection.conversation.state),
            seconds,
            is_selected: self.selected == Some(connection.id()),
        }
    }
}

impl ConnectionStateView {
    fn of(state: &ConversationState) -> Self {
        match state {
            ConversationState::Connecting => Self::Claiming,
            ConversationState::Connected { write_half: WriteHalf::Resetting, .. } => {
                Self::Resetting
            }
            ConversationState::Connected { peer_closed: true, .. } => Self::PeerFinished,
            ConversationState::Connected { write_half: WriteHalf::Open, .. } => Self::Open,
            ConversationState::Connected { .. } => Self::PageFinished,
            ConversationState::Over(end) => match end {
                ConversationEnd::Finished | ConversationEnd::Disconnected => Self::Closed,
                ConversationEnd::Reset => Self::Reset,
                ConversationEnd::NotConnected(_, Cause::Failed(Stage::Accept, _))
                | ConversationEnd::GivenUp => Self::Gone,
                ConversationEnd::Broken(_, Cause::Failed(_, Kind::Reset)) => Self::PeerReset,
                ConversationEnd::NotConnected(..) | ConversationEnd::Broken(..) => Self::Broken,
            },
        }
    }
}

/// Returns whether only the bridge's machine reaches a listener at this address.
fn is_only_at_bridge(address: &str) -> bool {
    split(address).is_some_and(|(host, _)| is_loopback(host))
}

/// Returns the command by which a terminal connects.
fn terminal_command(address: &str, reader: &Reader<'_>) -> Option<String> {
    let (host, port) = split(address)?;
    // All addresses of a machine are no address to connect to.
    let host = if ["0.0.0.0", "::"].contains(&host) { reader.bridge_host() } else { host };
    Some(ClientCommand::Connect { host, port }.to_string())
}
