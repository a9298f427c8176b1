//! What the bridge's own echo server sees: who connected to it, how many bytes, how it ended.

mod view;

pub use view::{ClientView, ConnectionView, PayloadView, View};

use echo_core::wire::{CONNECTIONS_PATH, EchoConnection, EchoConnections, EchoLog};

use crate::command::{Command, Elapsed, Request, Response, Timer};
use crate::json;

/// The interval at which the page polls the connections while they are shown, in milliseconds.
pub const POLL_MS: u32 = 1_000;

/// What is known of the echo server's connections.
#[derive(Debug, Default)]
pub struct ConnectionLog {
    /// Whether they are looked at.
    pub open: bool,
    /// The latest, newest first.
    pub connections: Vec<EchoConnection>,
    /// Whether the bridge did not report them.
    pub silent: bool,
    /// How much it tells of them.
    pub level: EchoLog,
    /// The connection whose bytes are wanted.
    pub payload: Option<RequestedPayload>,
    /// Whether the bridge was asked, or will be.
    is_polling: bool,
}

/// The first bytes that were received on a connection.
#[derive(Debug)]
pub struct RequestedPayload {
    /// Which connection.
    pub of: u64,
    /// Its bytes.
    pub bytes: PayloadState,
}

/// The first bytes that came on a connection, as the bridge gives them.
#[derive(Debug, PartialEq, Eq)]
pub enum PayloadState {
    /// The bytes were requested.
    Asked,
    /// The bridge returned these bytes.
    Came(Vec<u8>),
    /// The bridge does not retain the bytes any more.
    Gone,
}

/// Something that happened to the connection log.
#[derive(Debug)]
pub enum ConnectionLogEvent {
    /// The user folds or unfolds the panel.
    Toggled,
    /// The bridge reported who connected, oldest first, or did not.
    Answered(Response),
    /// The wait for the next poll ended.
    PollDue(Elapsed),
    /// The user wants to see the first bytes of a connection, or no longer.
    PayloadWanted(u64),
    /// The bridge sent them, or did not.
    PayloadAnswered(u64, Response),
}

impl ConnectionLog {
    /// Returns the number of the newest connection; 0 if there has been none.
    #[must_use]
    pub fn newest(&self) -> u64 {
        self.connections.first().map_or(0, |connection| connection.id)
    }

    /// Applies an event. `is_wanted` says whether anybody wants to know who is connected.
    pub fn update(
        &mut self,
        event: ConnectionLogEvent,
        is_wanted: bool,
    ) -> Vec<Command<ConnectionLogEvent>> {
        match event {
            ConnectionLogEvent::Toggled => {
                self.open = !self.open;
                vec![]
            }
            ConnectionLogEvent::Answered(response) => self.on_answer(response),
            ConnectionLogEvent::PollDue(elapsed) => {
                self.is_polling = is_wanted;
                let next = if elapsed.is_page_visible { fetch() } else { poll_later() };
                is_wanted.then_some(next).into_iter().collect()
            }
            ConnectionLogEvent::PayloadWanted(id) => self.toggle_payload(id),
            ConnectionLogEvent::PayloadAnswered(id, response) => {
                let wanted = self.payload.as_mut().filter(|payload| payload.of == id);
                if let Some(payload) = wanted {
                    payload.bytes = response.result.map_or(PayloadState::Gone, PayloadState::Came);
                }
                vec![]
            }
        }
    }

    /// Asks the bridge once somebody wants to know who is connected. One request, or one wait for
    /// the next, is in progress at a time.
    pub fn poll_if_wanted(&mut self, is_wanted: bool) -> Option<Command<ConnectionLogEvent>> {
        let begins = is_wanted && !self.is_polling;
        begins.then(|| {
            self.is_polling = true;
            fetch()
        })
    }

    fn on_answer(&mut self, response: Response) -> Vec<Command<ConnectionLogEvent>> {
        let mut commands = vec![poll_later()];
        let read = response.result.ok().map(|body| json::read::<EchoConnections>(&body));
        self.silent = !matches!(read, Some(Ok(_)));
        match read {
            Some(Ok(answer)) => {
                self.level = answer.log;
                self.connections = answer.connections;
                self.connections.reverse();
            }
            Some(Err(warning)) => commands.push(Command::Warn(warning)),
            None => {}
        }
        commands
    }

    fn toggle_payload(&mut self, id: u64) -> Vec<Command<ConnectionLogEvent>> {
        if self.payload.take().is_some_and(|payload| payload.of == id) {
            return vec![];
        }
        self.payload = Some(RequestedPayload { of: id, bytes: PayloadState::Asked });
        let reply = Box::new(move |response| ConnectionLogEvent::PayloadAnswered(id, response));
        vec![Command::Fetch { request: Request::get(format!("{CONNECTIONS_PATH}/{id}")), reply }]
    }
}

fn fetch() -> Command<ConnectionLogEvent> {
    let reply = Box::new(ConnectionLogEvent::Answered);
    Command::Fetch { request: Request::get(CONNECTIONS_PATH), reply }
}

fn poll_later() -> Command<ConnectionLogEvent> {
    let elapsed = Box::new(ConnectionLogEvent::PollDue);
    Command::SetTimer { timer: Timer::ConnectionLogPoll, delay_ms: POLL_MS, elapsed }
}
