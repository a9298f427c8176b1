//! The page as a server, as the rest of the page works with it.

use echo_core::wire::{Address, Party, RELEASE_PATH, WINDOW};

use super::*;
use crate::cause::Cause;
use crate::connection::Endpoint;
use crate::inspector::sequence_diagram::{Arrows, Evidence, PageMessage, TcpEvent};
use crate::link::LinkEvent;
use crate::role::Role;
use crate::runs::RunsEvent;
use crate::server::view::{AddressHint, ConnectionStateView, PanelView, StateView};
use crate::server::{AnswerKind, ServerEvent, ServerState};
use crate::setup::ServerSetup;
use crate::transcript::Direction;

mod answers;
mod connections;
mod endings;
mod lesson;

/// A page that is a server, with its code loaded.
fn server() -> Page {
    let mut page = Page::with_bridge();
    page.on(Event::RoleChosen(Role::Server));
    assert!(page.commands.contains(&Command::LoadServer));
    page.on(Event::ServerLoaded(Ok(Box::new(ServerState::default()))));
    page
}

/// A page that listens on `localhost:9000`.
fn listening() -> Page {
    let mut page = server();
    page.listen();
    page.hear_listener(ConnectionEvent::Opened);
    page.hear_listener(told(BridgeMessage::Listening { address: address("127.0.0.1:9000") }));
    page
}

/// A page that has one connection, which is answered so.
fn visited(kind: AnswerKind) -> (Page, ConnectionId) {
    let mut page = listening();
    page.on(Event::Server(ServerEvent::AnswerChosen(kind)));
    let id = page.visit("127.0.0.1:51234");
    (page, id)
}

fn address(text: &str) -> Address {
    text.parse().unwrap()
}

fn told(message: BridgeMessage) -> ConnectionEvent {
    ConnectionEvent::Message(message)
}

impl Page {
    fn listen(&mut self) {
        self.on(Event::Server(ServerEvent::ListenPressed { at: now(self.at) }));
    }

    /// The endpoints to which a `WebSocket` is to be opened.
    fn sockets(&self) -> Vec<(ConnectionId, Endpoint)> {
        let opened = self.commands.iter().filter_map(|command| match command {
            Command::Connect { id, endpoint, .. } => Some((*id, endpoint.clone())),
            _ => None,
        });
        opened.collect()
    }

    fn listener(&self) -> ConnectionId {
        let listener = self.model.server.part().unwrap().state();
        listener.listener_id().expect("a listener")
    }

    fn hear_listener(&mut self, event: ConnectionEvent) {
        let (id, at) = (self.listener(), now(self.at));
        let event = connection::Event { id, at, kind: EventKind::Socket(event) };
        self.on(Event::Server(ServerEvent::Listener(event)));
    }

    fn hear(&mut self, id: ConnectionId, event: ConnectionEvent) {
        let event = connection::Event { id, at: now(self.at), kind: EventKind::Socket(event) };
        self.on(Event::Server(ServerEvent::Connection(event)));
    }

    /// A connection comes in, from `peer`. Returns the WebSocket that claims it.
    fn come(&mut self, peer: &str) -> Option<ConnectionId> {
        let (id, local) = (format!("id-of-{peer}"), address("127.0.0.1:9000"));
        let peer = address(peer);
        self.hear_listener(told(BridgeMessage::Incoming { id: id.clone(), peer, local, at_us: 7 }));
        let [(socket, endpoint)] = &self.sockets()[..] else { return None };
        assert_eq!(*endpoint, Endpoint::Accept(id));
        Some(*socket)
    }

    /// A connection comes in, and is claimed.
    fn visit(&mut self, peer: &str) -> ConnectionId {
        let id = self.come(peer).expect("a claim");
        self.hear(id, ConnectionEvent::Opened);
        let (local, peer) = (address("127.0.0.1:9000"), address(peer));
        self.hear(id, told(BridgeMessage::Accepted { local, peer, waited_us: 900 }));
        id
    }

    fn receive_at(&mut self, id: ConnectionId, bytes: &[u8]) {
        self.hear(id, ConnectionEvent::Bytes(bytes.to_vec()));
    }

    /// What is to be sent on a connection: bytes, and messages.
    fn sent_on(&self, id: ConnectionId) -> (Vec<u8>, Vec<ClientMessage>) {
        let (mut sent, mut messages) = (vec![], vec![]);
        for command in &self.commands {
            match command {
                Command::SendBytes { id: of, bytes } if *of == id => sent.extend(bytes),
                Command::SendMessage { id: of, message } if *of == id => messages.push(*message),
                _ => {}
            }
        }
        (sent, messages)
    }

    fn panel(&self) -> PanelView {
        self.model.server_panel_view().expect("a server")
    }

    fn state_of(&self, id: ConnectionId) -> ConnectionStateView {
        let panel = self.panel();
        panel.connections.iter().find(|it| it.id == id).expect("a connection").state
    }
}

#[test]
fn a_page_that_only_sends_does_not_load_the_server() {
    let page = Page::connected("Hello!");
    assert!(!page.commands.contains(&Command::LoadServer));
    assert_eq!(page.model.role_view().role, Role::Client);
}

#[test]
fn what_is_typed_survives_the_switch() {
    let mut page = server();
    page.on(Event::Server(ServerEvent::AddressTyped("localhost:7777".into())));
    page.on(Event::RoleChosen(Role::Client));
    page.type_message("PING");
    page.on(Event::ToTyped("localhost:6379".into()));
    page.on(Event::RoleChosen(Role::Server));
    assert_eq!(page.model.server_setup_view().unwrap().address, "localhost:7777");
    assert_eq!((page.model.target(), page.model.message_len()), ("localhost:6379", 4));
}

#[test]
fn listen_asks_the_bridge_and_says_so_in_words() {
    let mut page = server();
    assert_eq!(page.panel().state, StateView::Idle);
    page.listen();
    let [(_, endpoint)] = &page.sockets()[..] else { panic!("{:?}", page.commands) };
    assert_eq!(*endpoint, Endpoint::Listen("localhost:9000".into()));
    assert_eq!(page.panel().state, StateView::Opening { address: "localhost:9000".into() });
    page.hear_listener(ConnectionEvent::Opened);
    page.hear_listener(told(BridgeMessage::Listening { address: address("127.0.0.1:9000") }));
    page.hear_listener(told(BridgeMessage::Listening { address: address("[::1]:9000") }));
    let StateView::Listening { address, command, is_elsewhere, is_alone } = page.panel().state
    else {
        panic!("{:?}", page.panel().state)
    };
    assert_eq!((&*address, is_elsewhere, is_alone), ("localhost:9000", false, true));
    assert_eq!(&*command.unwrap().text, "nc localhost 9000");
}

#[test]
fn the_command_names_what_the_terminal_beside_it_reaches() {
    for (origin, asked, expected, is_expected_elsewhere) in [
        ("http://localhost:8080", "localhost:9000", "nc localhost 9000", false),
        ("http://localhost:8080", "0.0.0.0:9000", "nc localhost 9000", false),
        ("http://192.168.1.5:8080", "localhost:9000", "nc localhost 9000", true),
        ("http://192.168.1.5:8080", "0.0.0.0:9000", "nc 192.168.1.5 9000", false),
        ("http://192.168.1.5:8080", "192.168.1.5:9000", "nc 192.168.1.5 9000", false),
    ] {
        let mut page = server();
        page.model.origin = origin.into();
        page.on(Event::Server(ServerEvent::AddressTyped(asked.into())));
        page.listen();
        page.hear_listener(ConnectionEvent::Opened);
        page.hear_listener(told(BridgeMessage::Listening { address: address("127.0.0.1:9000") }));
        let StateView::Listening { command, is_elsewhere, .. } = page.panel().state else {
            panic!("{:?}", page.panel().state)
        };
        let command = command.unwrap().text;
        assert_eq!(
            (&*command, is_elsewhere),
            (expected, is_expected_elsewhere),
            "{origin} {asked}"
        );
    }
}

#[test]
fn a_port_that_the_system_chose_is_told() {
    let mut page = server();
    page.on(Event::Server(ServerEvent::AddressTyped("localhost:0".into())));
    page.listen();
    page.hear_listener(ConnectionEvent::Opened);
    page.hear_listener(told(BridgeMessage::Listening { address: address("127.0.0.1:40001") }));
    page.hear_listener(told(BridgeMessage::Listening { address: address("[::1]:40001") }));
    let StateView::Listening { address, command, .. } = page.panel().state else { panic!() };
    assert_eq!((&*address, &*command.unwrap().text), ("localhost:40001", "nc localhost 40001"));
}

#[test]
fn a_bare_port_is_one_of_localhost_and_an_empty_field_listens_nowhere() {
    let mut page = server();
    page.on(Event::Server(ServerEvent::AddressTyped("  ".into())));
    page.listen();
    assert_eq!(page.sockets(), []);
    assert_eq!(page.model.server_setup_view().unwrap().hint, AddressHint::Missing);
    page.on(Event::Server(ServerEvent::AddressTyped(" 7000 ".into())));
    page.listen();
    assert_eq!(page.sockets()[0].1, Endpoint::Listen("localhost:7000".into()));
}

#[test]
fn the_bridges_own_echo_server_makes_room_first() {
    let mut page = server();
    page.on(Event::Server(ServerEvent::AddressTyped("localhost:8888".into())));
    assert_eq!(page.model.server_setup_view().unwrap().hint, AddressHint::OwnEcho);
    page.listen();
    let is_release = |command: &Command<Event>| matches!(command, Command::Fetch { request, .. } if request.path == RELEASE_PATH);
    assert!(page.commands.iter().any(is_release), "{:?}", page.commands);
    assert_eq!(page.sockets(), []);
    page.on(Event::Server(ServerEvent::ReleaseAnswered { at: now(page.at), result: Ok(()) }));
    assert_eq!(page.sockets()[0].1, Endpoint::Listen("localhost:8888".into()));
    assert_eq!(page.model.server_setup_view().unwrap().hint, AddressHint::Released);
}

#[test]
fn a_refused_release_is_told_and_can_be_tried_again() {
    let mut page = server();
    page.on(Event::Server(ServerEvent::AddressTyped("localhost:8888".into())));
    page.listen();
    let result = Err(FetchError::Status(403));
    page.on(Event::Server(ServerEvent::ReleaseAnswered { at: now(page.at), result }));
    assert!(matches!(page.panel().state, StateView::NotReleased(_)), "{:?}", page.panel().state);
    assert_eq!(page.sockets(), []);
    assert!(!page.model.server.is_listening());
}

#[test]
fn a_link_sets_the_server_up_and_never_listens() {
    let mut page = Page::with_bridge();
    let fragment = "role=server&listen=localhost:7000&answer=hand&listened=1";
    page.on(Event::Link(LinkEvent::Opened(fragment.into())));
    assert_eq!(page.sockets(), []);
    page.on(Event::ServerLoaded(Ok(Box::new(ServerState::default()))));
    assert_eq!(page.sockets(), []);
    let view = page.model.server_setup_view().unwrap();
    assert_eq!((&*view.address, view.answer), ("localhost:7000", AnswerKind::ByHand));
    assert_eq!(page.panel().state, StateView::Idle);
    let link = page.model.link().unwrap();
    assert!(link.contains("role=server&listen=localhost:7000&answer=hand"), "{link}");
}

#[test]
fn a_reload_says_that_nothing_listens_any_more_and_does_not_listen() {
    let mut page = listening();
    page.on(Event::PageHidden);
    let draft = page.commands.iter().find_map(|command| match command {
        Command::Store { key: StorageKey::Draft, value } => value.clone(),
        _ => None,
    });
    let mut page = Page::with_bridge();
    page.on(Event::DraftFound(draft.expect("a draft")));
    page.on(Event::ServerLoaded(Ok(Box::new(ServerState::default()))));
    assert_eq!(page.sockets(), []);
    assert_eq!(page.panel().state, StateView::Reloaded { address: "localhost:9000".into() });
    page.listen();
    assert_eq!(page.sockets()[0].1, Endpoint::Listen("localhost:9000".into()));
}

#[test]
fn a_link_that_is_opened_while_the_page_listens_changes_no_answer() {
    let (mut page, id) = visited(AnswerKind::Echo);
    let fragment = "role=server&listen=localhost:7000&answer=hand";
    page.on(Event::Link(LinkEvent::Opened(fragment.into())));
    let view = page.model.server_setup_view().unwrap();
    assert_eq!((&*view.address, view.answer), ("localhost:9000", AnswerKind::Echo));
    page.receive_at(id, b"Hello");
    assert_eq!(page.sent_on(id).0, b"Hello");
}
