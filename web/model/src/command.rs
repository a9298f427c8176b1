//! Requests to the platform: what the model asks of the browser.

use std::fmt;
use std::rc::Rc;

use echo_core::wire::ClientMessage;

use crate::connection::{ConnectionEvent, ConnectionId, Security, TraceLevel};
use crate::dom::DomCommand;
use crate::time::PageTime;

/// A request to the platform, and how its result becomes an event of type `E`.
///
/// A feature asks with events of its own; the root translates them with [`map`](Self::map).
pub enum Command<E> {
    /// Reports after `delay_ms` milliseconds, in place of a pending timer of the same name.
    SetTimer {
        /// The name of the timer.
        timer: Timer,
        /// Milliseconds from now.
        delay_ms: u32,
        /// Receives the moment.
        elapsed: Reply<Elapsed, E>,
    },
    /// Forgets a timer, if it is pending.
    CancelTimer(Timer),
    /// Opens a connection: a WebSocket to the bridge, and through it a TCP connection.
    Connect {
        /// The name by which other commands address it.
        id: ConnectionId,
        /// The name of a target, `host:port` or `tls://host:port`.
        target: String,
        /// How much the bridge is to report about the TCP connection.
        trace: TraceLevel,
        /// Whether a TLS server need not prove who it is.
        security: Security,
        /// Receives what happens, until the connection is closed.
        report: Report<E>,
    },
    /// Sends bytes to the target. It does nothing on a connection that is closed.
    SendBytes {
        /// The connection.
        id: ConnectionId,
        /// The bytes, in one binary message.
        bytes: Vec<u8>,
    },
    /// Sends a message to the bridge. It does nothing on a connection that is closed.
    SendMessage {
        /// The connection.
        id: ConnectionId,
        /// The message.
        message: ClientMessage,
    },
    /// Closes the WebSocket, and reports nothing more of it.
    Close(ConnectionId),
    /// Sends an HTTP request to the bridge, whose answer no cache may give.
    Fetch {
        /// The request.
        request: Request,
        /// Receives the answer.
        reply: Reply<Response, E>,
    },
    /// Reports the date and the resolution of the page's clock.
    ReadClock(Reply<WallClock, E>),
    /// Stores a value in the browser for the next visit, or removes it.
    Store {
        /// The key.
        key: StorageKey,
        /// The value, or `None` to remove it.
        value: Option<String>,
    },
    /// Changes a value in the browser in one go, so that no change of another tab is lost.
    ChangeStored {
        /// The key.
        key: StorageKey,
        /// Receives the value that is stored, and returns the new one.
        change: Reply<Option<String>, StoredChange<E>>,
    },
    /// Copies a text to the clipboard.
    Copy {
        /// The text.
        text: String,
        /// Receives whether the browser did it.
        reply: Reply<bool, E>,
    },
    /// Copies rows of the Timeline, in the language of the page.
    CopyTimeline {
        /// Which rows.
        rows: TimelineRows,
        /// Receives what was copied.
        reply: Reply<CopiedText, E>,
    },
    /// Has the browser save a file.
    SaveFile {
        /// The file's name.
        name: String,
        /// Its media type (RFC 6838).
        media_type: &'static str,
        /// Its contents.
        contents: Vec<u8>,
    },
    /// Loads the packet analyzer, and reports it in
    /// [`Event::PacketsLoaded`](crate::Event::PacketsLoaded). (A reply would have this module know
    /// what the analyzer is.)
    LoadPackets,
    /// Loads the finished runs, and reports them in
    /// [`Event::RunsLoaded`](crate::Event::RunsLoaded).
    LoadRuns,
    /// Does something to the document after the next rendering.
    Dom(DomCommand),
    /// Writes a warning into the browser's console.
    Warn(String),
}

/// A change of a value that the browser stores.
pub struct StoredChange<E> {
    /// The new value, `Some(None)` to remove it, or `None` to leave what is stored.
    pub value: Option<Option<String>>,
    /// Receives whether the browser did it.
    pub reply: Reply<bool, E>,
}

/// Turns the result of a command into an event, once.
pub type Reply<T, E> = Box<dyn FnOnce(T) -> E>;

/// Turns what happens on a connection into events.
pub type Report<E> = Rc<dyn Fn(PageTime, ConnectionEvent) -> E>;

/// The names of the timers; at most one timer of each name is pending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Timer {
    /// Counts the time that a run has waited.
    RunProgress,
    /// Ends the wait for a reply, or the reading after it.
    RunLimit,
    /// Nothing has come for a while: after the verdict, or after a byte of a reply of any bytes.
    RunQuiet,
    /// The last packets of a closed connection are waited for no longer.
    Linger(ConnectionId),
    /// Looks at the clock for an interactive connection that is being opened.
    InteractiveProgress,
    /// Looks at the clock for a load test.
    LoadProgress,
    /// Asks the bridge for its description again.
    BridgePoll,
    /// Asks who is connected to the echo server.
    ConnectionLogPoll,
    /// A Copy button shows its usual text again.
    CopyFeedback,
}

/// The moment at which a timer elapsed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Elapsed {
    /// The moment.
    pub at: PageTime,
    /// Whether the page can be seen.
    pub is_page_visible: bool,
}

/// An HTTP request to the bridge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: &'static str,
    /// The path, as in `/api/info`.
    pub path: String,
}

/// The answer to a [`Request`].
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// The moment at which it came.
    pub at: PageTime,
    /// The body, or the error.
    pub result: Result<Vec<u8>, FetchError>,
}

/// Why a request has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FetchError {
    /// Nobody answered.
    Unreachable,
    /// The server answered with this status, which is no success.
    Status(u16),
}

/// The date, and the resolution of the page's clock.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WallClock {
    /// Milliseconds since 1970 (UTC).
    pub date_ms: f64,
    /// The step in which the page's clock advances, in milliseconds.
    pub clock_step_ms: f64,
}

/// Rows of the Timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimelineRows {
    /// All of them.
    All,
    /// The one that the user chose.
    Held,
}

/// A text that was to be copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopiedText {
    /// The text.
    pub text: String,
    /// Whether the browser copied it.
    pub is_copied: bool,
}

/// The keys under which the browser stores values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageKey {
    /// The requests and the finished runs. A format that older pages could not read gets a key of
    /// its own.
    Runs,
    /// What is typed and chosen, for this tab and as long as it is open.
    Draft,
    /// The progress in the lesson.
    Lesson,
    /// The theme; the script in `index.html` reads it, too.
    Theme,
    /// Whether keys without Ctrl or ⌘ do anything.
    BareKeys,
    /// The language.
    Language,
    /// Which reply is expected of which target.
    Expectations,
}

impl StorageKey {
    /// Returns the name of the key.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Runs => "runs.v2",
            Self::Draft => "draft.v1",
            Self::Lesson => "lesson.v1",
            Self::Theme => "theme",
            Self::BareKeys => "bare-keys",
            Self::Language => "language",
            Self::Expectations => "expectations.v1",
        }
    }

    /// Returns the name of the key under which older pages stored the same, if that was another one.
    #[must_use]
    pub fn older_name(self) -> Option<&'static str> {
        (self == Self::Runs).then_some("runs.v1")
    }
}

impl Request {
    /// Creates a request for a resource.
    #[must_use]
    pub fn get(path: impl Into<String>) -> Self {
        Self { method: "GET", path: path.into() }
    }

    /// Creates a request that has the bridge do something.
    #[must_use]
    pub fn post(path: impl Into<String>) -> Self {
        Self { method: "POST", path: path.into() }
    }
}

impl<E: 'static> Command<E> {
    /// Stores a value, without a report whether the browser succeeded.
    #[must_use]
    pub fn store(key: StorageKey, value: Option<String>) -> Self {
        Self::Store { key, value }
    }

    /// Translates the events that the command reports, for the parent of the feature that asked.
    #[must_use]
    pub fn map<F: 'static>(self, translate: impl Fn(E) -> F + Clone + 'static) -> Command<F> {
        match self {
            Self::SetTimer { timer, delay_ms, elapsed } => {
                Command::SetTimer { timer, delay_ms, elapsed: then(elapsed, translate) }
            }
            Self::CancelTimer(timer) => Command::CancelTimer(timer),
            Self::Connect { id, target, trace, security, report } => {
                let report = Rc::new(move |at, event| translate(report(at, event)));
                Command::Connect { id, target, trace, security, report }
            }
            Self::SendBytes { id, bytes } => Command::SendBytes { id, bytes },
            Self::SendMessage { id, message } => Command::SendMessage { id, message },
            Self::Close(id) => Command::Close(id),
            Self::Fetch { request, reply } => {
                Command::Fetch { request, reply: then(reply, translate) }
            }
            Self::ReadClock(reply) => Command::ReadClock(then(reply, translate)),
            Self::Store { key, value } => Command::Store { key, value },
            Self::ChangeStored { key, change } => {
                let change = move |stored| {
                    let StoredChange { value, reply } = change(stored);
                    StoredChange { value, reply: then(reply, translate) }
                };
                Command::ChangeStored { key, change: Box::new(change) }
            }
            Self::Copy { text, reply } => Command::Copy { text, reply: then(reply, translate) },
            Self::CopyTimeline { rows, reply } => {
                Command::CopyTimeline { rows, reply: then(reply, translate) }
            }
            Self::SaveFile { name, media_type, contents } => {
                Command::SaveFile { name, media_type, contents }
            }
            Self::LoadPackets => Command::LoadPackets,
            Self::LoadRuns => Command::LoadRuns,
            Self::Dom(command) => Command::Dom(command),
            Self::Warn(text) => Command::Warn(text),
        }
    }
}

/// Translates the events of all commands of a feature.
pub fn map_all<E: 'static, F: 'static>(
    commands: Vec<Command<E>>,
    translate: impl Fn(E) -> F + Clone + 'static,
) -> Vec<Command<F>> {
    commands.into_iter().map(|command| command.map(translate.clone())).collect()
}

fn then<T: 'static, E: 'static, F: 'static>(
    reply: Reply<T, E>,
    translate: impl Fn(E) -> F + 'static,
) -> Reply<T, F> {
    Box::new(move |result| translate(reply(result)))
}

/// Two commands are equal if they ask for the same; what becomes of their results is not compared.
#[cfg(test)]
impl<E> PartialEq for Command<E> {
    fn eq(&self, other: &Self) -> bool {
        format!("{self:?}") == format!("{other:?}")
    }
}

impl<E> fmt::Debug for Command<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SetTimer { timer, delay_ms, .. } => {
                write!(f, "SetTimer({timer:?}, {delay_ms} ms)")
            }
            Self::CancelTimer(timer) => write!(f, "CancelTimer({timer:?})"),
            Self::Connect { id, target, trace, security, .. } => {
                write!(f, "Connect({id:?}, {target:?}, {trace:?}, {security:?})")
            }
            Self::SendBytes { id, bytes } => write!(f, "SendBytes({id:?}, {bytes:?})"),
            Self::SendMessage { id, message } => write!(f, "SendMessage({id:?}, {message:?})"),
            Self::Close(id) => write!(f, "Close({id:?})"),
            Self::Fetch { request, .. } => write!(f, "Fetch({request:?})"),
            Self::ReadClock(_) => write!(f, "ReadClock"),
            Self::Store { key, value, .. } => write!(f, "Store({key:?}, {value:?})"),
            Self::ChangeStored { key, .. } => write!(f, "ChangeStored({key:?})"),
            Self::Copy { text, .. } => write!(f, "Copy({text:?})"),
            Self::CopyTimeline { rows, .. } => write!(f, "CopyTimeline({rows:?})"),
            Self::SaveFile { name, media_type, contents } => {
                write!(f, "SaveFile({name:?}, {media_type:?}, {contents:?})")
            }
            Self::LoadPackets => write!(f, "LoadPackets"),
            Self::LoadRuns => write!(f, "LoadRuns"),
            Self::Dom(command) => write!(f, "Dom({command:?})"),
            Self::Warn(text) => write!(f, "Warn({text:?})"),
        }
    }
}
