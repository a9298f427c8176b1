//! Whether the bridge is there, and what it says of itself.

use echo_core::wire::{ECHO_TARGET, EchoServer, INFO_PATH, Info, NamedTarget};

use crate::command::{Command, Elapsed, FetchError, Request, Response, Timer};
use crate::json;

/// How long after an answer, or its failure, the page asks the bridge again, in milliseconds.
pub const POLL_MS: u32 = 2_000;
/// The status of an answer to a page that the bridge refuses (RFC 9110, section 15.5.4).
const FORBIDDEN: u16 = 403;

/// What is known of the bridge.
#[derive(Debug, Default)]
pub enum Bridge {
    /// The bridge has not answered yet.
    #[default]
    Unknown,
    /// The bridge answered with its description.
    Up(Info),
    /// The bridge did not describe itself.
    Down(BridgeError),
}

/// Why the bridge did not describe itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BridgeError {
    /// There was no answer, or not one of the bridge.
    NotThere,
    /// The bridge refused the origin of this page.
    Refused,
}

/// How the bridge was started. Both are empty if it did not tell, since it tells it on its own machine
/// alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BridgeStart {
    /// What starts the program, quoted for a POSIX shell.
    pub program: String,
    /// The flags in use, quoted likewise.
    pub flags: String,
}

impl BridgeStart {
    /// Returns how a bridge was started, by its description.
    #[must_use]
    pub fn of(info: &Info) -> Self {
        Self { program: info.program.clone(), flags: info.flags.clone() }
    }
}

/// Something that happened between the page and the bridge.
#[derive(Debug)]
pub enum BridgeEvent {
    /// The bridge described itself, or did not.
    Answered(Response),
    /// It is time to ask the bridge again.
    PollDue(Elapsed),
}

/// The requests for the bridge's description: one at a time, and again [`POLL_MS`] after each
/// answer, while the page is seen. So the page notices a bridge that comes or goes, and whose the
/// echo server is.
#[derive(Debug, Default)]
pub struct BridgePoll {
    state: PollState,
    /// Whether the description is wanted at once, because something has happened.
    is_wanted: bool,
}

#[derive(Debug, Default, PartialEq, Eq)]
enum PollState {
    #[default]
    Idle,
    /// The page will ask once the timer elapses.
    Waiting,
    /// The bridge was asked, and has not answered yet.
    Asked,
}

impl BridgePoll {
    /// Has the bridge asked as soon as no answer is on its way: one that is does not count, since it
    /// may describe the bridge as it was before.
    pub fn request(&mut self) {
        self.is_wanted = true;
    }

    /// Handles an answer. Returns whether it counts: not if another one was requested since.
    pub fn on_answer(&mut self) -> bool {
        let is_outdated = self.state == PollState::Asked && self.is_wanted;
        self.state = PollState::Idle;
        !is_outdated
    }

    /// Handles the end of the wait for the next request.
    pub fn on_due(&mut self, elapsed: Elapsed) {
        if self.state == PollState::Waiting {
            self.state = PollState::Idle;
            self.is_wanted |= elapsed.is_page_visible;
        }
    }

    /// Returns what is to be done now: to ask, to wait, or nothing.
    pub fn next_command(&mut self) -> Option<Command<BridgeEvent>> {
        match self.state {
            PollState::Idle | PollState::Waiting if self.is_wanted => {
                (self.state, self.is_wanted) = (PollState::Asked, false);
                Some(fetch_info())
            }
            PollState::Idle => {
                self.state = PollState::Waiting;
                Some(poll_later())
            }
            PollState::Waiting | PollState::Asked => None,
        }
    }
}

/// Requests the description of the bridge.
#[must_use]
pub fn fetch_info() -> Command<BridgeEvent> {
    let reply = Box::new(BridgeEvent::Answered);
    Command::Fetch { request: Request::get(INFO_PATH), reply }
}

/// Requests the description of the bridge again after [`POLL_MS`].
#[must_use]
pub fn poll_later() -> Command<BridgeEvent> {
    let elapsed = Box::new(BridgeEvent::PollDue);
    Command::SetTimer { timer: Timer::BridgePoll, delay_ms: POLL_MS, elapsed }
}

impl From<Result<Info, BridgeError>> for Bridge {
    fn from(result: Result<Info, BridgeError>) -> Self {
        result.map_or_else(Self::Down, Self::Up)
    }
}

impl Bridge {
    /// Reads the answer to [`fetch_info`]. If it cannot be read, the bridge counts as not there, and
    /// the second value is a warning for the console.
    #[must_use]
    pub fn read(response: Response) -> (Self, Option<String>) {
        match response.result {
            Ok(body) => match json::read(&body) {
                Ok(info) => (Self::Up(info), None),
                Err(warning) => (Self::Down(BridgeError::NotThere), Some(warning)),
            },
            Err(FetchError::Status(FORBIDDEN)) => (Self::Down(BridgeError::Refused), None),
            Err(FetchError::Status(_) | FetchError::Unreachable) => {
                (Self::Down(BridgeError::NotThere), None)
            }
        }
    }

    /// Returns the description that the bridge gives of itself, or `None` if it does not answer.
    #[must_use]
    pub fn info(&self) -> Option<&Info> {
        match self {
            Self::Up(info) => Some(info),
            Self::Unknown | Self::Down(_) => None,
        }
    }

    /// Returns who runs the echo server, or `None` if the bridge does not answer.
    #[must_use]
    pub fn echo_server(&self) -> Option<EchoServer> {
        self.info().map(|info| info.echo)
    }

    /// Returns the echo server among its targets.
    #[must_use]
    pub fn echo(&self) -> Option<&NamedTarget> {
        self.named(ECHO_TARGET)
    }

    /// Returns the target that has this name or this address.
    #[must_use]
    pub fn named(&self, target: &str) -> Option<&NamedTarget> {
        let is_it = |named: &&NamedTarget| named.name == target || named.address == target;
        self.info()?.targets.iter().find(is_it)
    }
}
