//! How the page as a server reacts to events.

use echo_core::wire::EchoServer;

use super::connection::{Answered, Claim, ServerConnection};
use super::event::ServerEvent;
use super::listener::{Listener, ListenerNews};
use super::part::{ServerContext, ServerPart, ServerRequest};
use super::setup::AnswerKind;
use super::state::{DEFAULT_ADDRESS, Release, ServerState};
use crate::command::{Command, Elapsed, FetchError, Response, Timer};
use crate::connection::{self, ConnectionId, EventKind};
use crate::dom::DomCommand;
use crate::field::Field;
use crate::inspector::StepTo;
use crate::inspector::record::ConnectionRecord;
use crate::modes::conversation::Conversation;
use crate::modes::reaction::Reaction;
use crate::release::{self, ReleaseError};
use crate::setup::ServerSetup;
use crate::terminal_command::split;
use crate::time::PageTime;

/// How often the list of connections shows the time, in milliseconds.
const TICK_MS: u32 = 1_000;
/// How many connections of a listener go to the runs: the list of runs is the user's, and a client
/// that connects again and again is not to push everything else out.
pub(super) const MAX_RECORDED: usize = 20;

impl ServerPart for ServerState {
    fn update(&mut self, context: &ServerContext<'_>, event: ServerEvent) -> Vec<ServerRequest> {
        match event {
            ServerEvent::SetUp(setup) => self.set_up(setup),
            ServerEvent::AddressTyped(text) => {
                self.is_address_missing = false;
                if !self.is_listening() {
                    self.typed_address = Some(text);
                }
            }
            ServerEvent::AnswerChosen(kind) => {
                self.answer_kind = kind;
                return self.answer_anew();
            }
            ServerEvent::Rules(event) => {
                let focus = self.rules.update(event);
                let mut requests = self.answer_anew();
                requests.extend(focus.map(|it| ServerRequest::Command(Command::Dom(it))));
                return requests;
            }
            ServerEvent::Fault(event) => {
                self.fault.update(event);
                return self.answer_anew();
            }
            ServerEvent::ListenPressed { at } => return self.listen(context, at),
            ServerEvent::StopPressed { at } => return self.stop(at),
            ServerEvent::ReleaseAnswered { at, result } => {
                return self.on_release(context, at, result);
            }
            ServerEvent::Listener(event) => return self.on_listener(context, event),
            ServerEvent::Connection(connection::Event { id, at, kind }) => {
                return self.on_connection(at, id, |it| it.on_event(at, kind));
            }
            ServerEvent::DelayElapsed { id, at } => {
                return self.on_connection(at, id, |it| it.on_delay_elapsed(at));
            }
            ServerEvent::BridgeAnswered { at } => return self.on_bridge(context, at),
            ServerEvent::Selected(id) => return self.select(id),
            ServerEvent::SelectionMoved(to) => return self.move_selection(to),
            ServerEvent::SendPressed { at, message } => {
                return self.on_selected(at, |it| it.send(at, &message));
            }
            ServerEvent::FinishPressed { at } => return self.on_selected(at, |it| it.finish(at)),
            ServerEvent::ResetPressed { at } => return self.on_selected(at, |it| it.reset(at)),
            ServerEvent::ClosePressed { at } => return self.on_selected(at, |it| it.close(at)),
            ServerEvent::Ticked(elapsed) => return self.on_tick(elapsed),
        }
        vec![]
    }

    fn record(&self) -> Option<ConnectionRecord<'_>> {
        let selected = self.selected()?;
        Some(ConnectionRecord::accepted(&selected.conversation, self.place()))
    }

    fn conversation(&self, id: ConnectionId) -> Option<(&Conversation, &str)> {
        Some((&self.connections.get(id)?.conversation, self.place()))
    }

    fn has_echoed_since(&self, connection: ConnectionId) -> bool {
        self.connections.iter().any(|it| it.id() > connection && it.has_echoed())
    }

    fn setup(&self) -> ServerSetup {
        let address = self.address().trim();
        let listen = (!address.is_empty() && address != DEFAULT_ADDRESS).then(|| address.into());
        let answer = match (self.answer_kind, self.fault.fault()) {
            (AnswerKind::Fault, Ok(fault)) => Some(fault.to_string()),
            (kind, _) => kind.name().map(Into::into),
        };
        let was_listening = self.is_listening() || self.was_listening;
        ServerSetup { listen, answer, rules: self.rules.json(), was_listening }
    }

    fn is_listening(&self) -> bool {
        self.is_listening()
    }

    fn listens_at(&self) -> Option<&str> {
        let listener = self.listener.as_ref().filter(|it| it.is_open())?;
        Some(&listener.address)
    }

    fn is_by_hand(&self) -> bool {
        self.answer_kind == AnswerKind::ByHand
    }

    fn progress(&self) -> u64 {
        let notes = self.selected().map_or(0, |it| it.conversation.log.notes());
        self.progress + notes
    }

    fn state(&self) -> &ServerState {
        self
    }
}

impl ServerState {
    /// Takes a setup over. While the page listens it changes nothing: no connection is answered
    /// otherwise because a link was opened.
    fn set_up(&mut self, setup: ServerSetup) {
        if self.is_listening() {
            return;
        }
        let ServerSetup { listen, answer, rules, was_listening } = setup;
        let answer = answer.unwrap_or_default();
        self.answer_kind = AnswerKind::from_name(&answer).unwrap_or_default();
        if let Ok(fault) = answer.parse() {
            self.answer_kind = AnswerKind::Fault;
            self.fault.fill(&fault);
        }
        // A setup that has no use for rules leaves those that are typed.
        if rules.is_some() || self.answer_kind == AnswerKind::Rules {
            self.rules.fill_from_json(rules.as_deref());
        }
        (self.typed_address, self.was_listening) = (listen, was_listening);
    }

    /// Has connections answered in the way that is chosen now.
    fn answer_anew(&mut self) -> Vec<ServerRequest> {
        let (answer, at) = (self.answer(), self.now);
        self.on_each(at, |it| it.set_answer(at, &answer))
    }

    /// Has the bridge listen; first has it release the port, if that is its own echo server's.
    fn listen(&mut self, context: &ServerContext<'_>, at: PageTime) -> Vec<ServerRequest> {
        if self.is_listening() {
            return vec![];
        }
        self.is_address_missing = self.address().trim().is_empty();
        if self.is_address_missing {
            let focus = DomCommand::focus(Field::ListenOn.element_id());
            return vec![ServerRequest::Command(Command::Dom(focus))];
        }
        let mistaken = match self.answer_kind {
            AnswerKind::Rules => self.rules.reject(),
            AnswerKind::Fault => self.fault.reject(),
            AnswerKind::Echo | AnswerKind::ByHand => None,
        };
        if let Some(focus) = mistaken {
            return vec![ServerRequest::Command(Command::Dom(focus))];
        }
        self.rules.forget_matches();
        (self.was_listening, self.recorded) = (false, 0);
        let own_echo = context.bridge.echo_server() == Some(EchoServer::Own);
        let own_echo = context.bridge.echo().filter(|_| own_echo);
        if !own_echo.is_some_and(|echo| has_port_of(self.address(), &echo.address)) {
            self.release = Release::None;
            return self.open(context, at);
        }
        self.release = Release::Asked;
        let answered =
            |Response { at, result }| ServerEvent::ReleaseAnswered { at, result: result.map(drop) };
        let request = release::request(Box::new(answered));
        vec![ServerRequest::Show, ServerRequest::Command(request)]
    }

    fn on_release(
        &mut self,
        context: &ServerContext<'_>,
        at: PageTime,
        result: Result<(), FetchError>,
    ) -> Vec<ServerRequest> {
        if self.release != Release::Asked {
            return vec![];
        }
        match result {
            Ok(()) => {
                self.release = Release::Released;
                self.open(context, at)
            }
            Err(error) => {
                self.release = Release::Refused(ReleaseError::from(error));
                self.progress += 1;
                vec![ServerRequest::AskBridge]
            }
        }
    }

    fn open(&mut self, context: &ServerContext<'_>, at: PageTime) -> Vec<ServerRequest> {
        self.now = at;
        let (listener, open) = Listener::open(context.id, completed(self.address()));
        self.listener = Some(listener);
        let open = ServerRequest::Command(open.map(ServerEvent::Listener));
        vec![ServerRequest::Show, open, ServerRequest::Command(tick())]
    }

    /// Stops listening. Connections that are open stay so.
    fn stop(&mut self, at: PageTime) -> Vec<ServerRequest> {
        self.now = at;
        self.progress += 1;
        if self.release == Release::Asked {
            self.release = Release::None;
        }
        let close = self.listener.as_mut().and_then(Listener::stop);
        let close = close.map(|it| ServerRequest::Command(it.map(ServerEvent::Listener)));
        close.into_iter().chain([ServerRequest::AskBridge]).collect()
    }

    fn on_listener(
        &mut self,
        context: &ServerContext<'_>,
        event: connection::Event,
    ) -> Vec<ServerRequest> {
        let connection::Event { id, at, kind: EventKind::Socket(event) } = event else {
            return vec![];
        };
        let Some(listener) = self.listener.as_mut().filter(|it| it.id() == id) else {
            return vec![];
        };
        let was = std::mem::discriminant(&listener.state);
        let news = listener.update(event);
        self.progress += u64::from(was != std::mem::discriminant(&listener.state));
        match news {
            None => vec![],
            Some(ListenerNews::Unopened) => vec![ServerRequest::AskBridge],
            Some(ListenerNews::Incoming { claim, peer }) => {
                let claim = Claim {
                    id: context.id,
                    claim: &claim,
                    peer: &peer,
                    trace: context.trace,
                    max_message: context.bridge.info().map_or(u64::MAX, |info| info.max_message),
                };
                self.claim(at, claim)
            }
            Some(ListenerNews::Ended) => {
                vec![ServerRequest::Command(Command::Close(id)), ServerRequest::AskBridge]
            }
        }
    }

    fn claim(&mut self, at: PageTime, claim: Claim<'_>) -> Vec<ServerRequest> {
        self.now = at;
        if !self.connections.has_room() {
            return vec![];
        }
        let (connection, open) = ServerConnection::claim(at, claim, &self.answer());
        let gone = self.connections.add(connection, self.selected);
        let mut requests = vec![ServerRequest::Command(open)];
        requests.extend(
            gone.map(|mut gone| gone.conversation.discard())
                .into_iter()
                .flat_map(|reaction| requests_of(reaction.map(ServerEvent::Connection))),
        );
        self.latest = Some(claim.id);
        if self.selected().is_none() {
            self.selected = Some(claim.id);
            self.progress += 1;
        }
        requests
    }

    fn select(&mut self, id: ConnectionId) -> Vec<ServerRequest> {
        if self.connections.get(id).is_none() {
            return vec![];
        }
        self.selected = Some(id);
        vec![ServerRequest::Show]
    }

    /// Selects the connection above or below the selected one, and moves the focus to it.
    fn move_selection(&mut self, to: StepTo) -> Vec<ServerRequest> {
        // The newest stands first.
        let next = match to {
            StepTo::Previous => self.connections.after(self.selected),
            StepTo::Next => self.connections.before(self.selected),
        };
        let Some(id) = next else { return vec![] };
        let focus = Command::Dom(DomCommand::focus(id.element_id()));
        let mut requests = self.select(id);
        requests.push(ServerRequest::Command(focus));
        requests
    }

    fn on_selected(
        &mut self,
        at: PageTime,
        act: impl FnOnce(&mut ServerConnection) -> Answered,
    ) -> Vec<ServerRequest> {
        let selected = self.selected;
        selected.map_or_else(Vec::new, |id| self.on_connection(at, id, act))
    }

    fn on_each(
        &mut self,
        at: PageTime,
        mut act: impl FnMut(&mut ServerConnection) -> Answered,
    ) -> Vec<ServerRequest> {
        let ids: Vec<_> = self.connections.iter().map(ServerConnection::id).collect();
        ids.into_iter().flat_map(|id| self.on_connection(at, id, &mut act)).collect()
    }

    fn on_connection(
        &mut self,
        at: PageTime,
        id: ConnectionId,
        act: impl FnOnce(&mut ServerConnection) -> Answered,
    ) -> Vec<ServerRequest> {
        self.now = at;
        let Some(connection) = self.connections.get_mut(id) else { return vec![] };
        let was_open = connection.is_open();
        let Answered { reaction, matched } = act(connection);
        let is_over = was_open && !connection.is_open();
        let is_kept = connection.has_bytes() || self.selected == Some(id);
        for rule in matched {
            self.rules.on_matched(rule);
        }
        let mut requests = requests_of(reaction);
        if is_over && is_kept && self.recorded < MAX_RECORDED {
            self.recorded += 1;
            requests.push(ServerRequest::Record(id));
        }
        requests
    }

    /// Learns what the bridge says of itself: why a WebSocket did not open.
    fn on_bridge(&mut self, context: &ServerContext<'_>, at: PageTime) -> Vec<ServerRequest> {
        if let Some(listener) = &mut self.listener
            && listener.diagnose(context.bridge)
        {
            self.progress += 1;
        }
        self.on_each(at, |it| it.on_bridge(at, context.bridge))
    }

    /// Shows the time, and goes on as long as it is shown of anything that is open.
    fn on_tick(&mut self, elapsed: Elapsed) -> Vec<ServerRequest> {
        if elapsed.is_page_visible {
            self.now = elapsed.at;
        }
        let is_needed =
            self.is_listening() || self.connections.iter().any(ServerConnection::is_open);
        is_needed.then(|| ServerRequest::Command(tick())).into_iter().collect()
    }

    /// Returns where the latest listener listens, or did.
    fn place(&self) -> &str {
        self.listener.as_ref().map_or_else(|| self.address(), |listener| &listener.address)
    }

    /// Returns the id of the latest listener's WebSocket.
    #[cfg(test)]
    pub(crate) fn listener_id(&self) -> Option<ConnectionId> {
        self.listener.as_ref().map(Listener::id)
    }
}

/// Returns the address with the host that is meant where only a port is typed.
fn completed(address: &str) -> String {
    let address = address.trim();
    let port = address.strip_prefix(':').unwrap_or(address);
    if port.parse::<u16>().is_ok() { format!("localhost:{port}") } else { address.into() }
}

/// Returns whether an address, as it is typed, has the port of the echo server at `echo`.
pub(super) fn has_port_of(address: &str, echo: &str) -> bool {
    let port = |address: &str| split(address).map(|(_, port)| port);
    let typed = port(&completed(address));
    typed.is_some() && typed == port(echo)
}

fn requests_of(reaction: Reaction<ServerEvent>) -> Vec<ServerRequest> {
    let ask = reaction.asks_for_bridge.then_some(ServerRequest::AskBridge);
    reaction.commands.into_iter().map(ServerRequest::Command).chain(ask).collect()
}

fn tick() -> Command<ServerEvent> {
    let elapsed = Box::new(ServerEvent::Ticked);
    Command::SetTimer { timer: Timer::ServerClock, delay_ms: TICK_MS, elapsed }
}
