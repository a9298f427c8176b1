//! Whether the bridge is there, and what it says of itself.

use echo_core::wire::{ECHO_TARGET, EchoServer, INFO_PATH, Info, NamedTarget};

use crate::command::{Command, Elapsed, FetchError, Request, Response, Timer};
use crate::json;

/// How often the page looks for a bridge that is not there, in milliseconds.
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

/// Something that happened between the page and the bridge.
#[derive(Debug)]
pub enum BridgeEvent {
    /// The bridge described itself, or did not.
    Answered(Response),
    /// It is time to look whether the bridge is there.
    PollDue(Elapsed),
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
