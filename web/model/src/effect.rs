//! What the model wants done, and how long it waits for what.

use echo_core::wire::ClientMessage;

use crate::FieldError;
use crate::connection_log::ConnectionLogEffect;
use crate::connection_trace::TraceLevel;
use crate::inspector::InspectorEffect;
use crate::lang::Lang;
use crate::lesson::LessonEffect;
use crate::link::LinkEffect;
use crate::menu::MenuEffect;
use crate::run::RunId;
use crate::runs::RunsEffect;

/// How long a run goes on before the page says that it waits, in milliseconds.
pub const SLOW_MS: u32 = 300;
/// How often the seconds are counted while it waits, in milliseconds.
pub const TICK_MS: u32 = 100;
/// How long the page waits for the reply, in milliseconds. The tutorial's client has no such
/// limit; a page that waits for ever would look broken.
pub const REPLY_LIMIT_MS: u32 = 5_000;
/// How long the page reads on after the verdict, while bytes keep coming, in milliseconds: long
/// enough for hundreds of megabytes, and an end for a server that has none.
pub const READ_ON_LIMIT_MS: u32 = 60_000;
/// How long nothing may come after the verdict before the page stops reading, in milliseconds.
pub const QUIET_MS: u32 = 300;
/// How long the last packets of a session are waited for once it is over, in milliseconds: twice as
/// long as the bridge waits for them, since the target's FIN is waited for, too.
pub const LINGER_MS: u32 = 1_000;
/// How often the page looks for a bridge that is not there, in milliseconds.
pub const POLL_MS: u32 = 2_000;
/// How long a Copy button says that it has copied, in milliseconds.
pub const COPIED_MS: u32 = 2_000;

/// Something for the shell to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Ask the bridge to describe itself.
    FetchInfo,
    /// After [`POLL_MS`], look whether the bridge is there.
    PollLater,
    /// Open a session to a target, in place of the one there was.
    Open {
        /// The run it is for.
        run: RunId,
        /// A target's name, or `host:port`.
        target: String,
        /// How closely the bridge is to watch it.
        watch: TraceLevel,
    },
    /// Send bytes in the session.
    Send(Vec<u8>),
    /// Say something to the bridge in the session.
    Say(ClientMessage),
    /// Wake the session's run after so many milliseconds, in place of an earlier wake of that kind.
    Wake(Wake, u32),
    /// Close the session, and forget its wakes. One whose packets are captured is closed once the
    /// last of them were told, or after [`LINGER_MS`].
    Close,
    /// Do this in the session of another run than the latest that was opened; several may be open.
    In(RunId, Vec<Effect>),
    /// After [`TICK_MS`], tell [`ModesEvent::Ticked`](crate::modes::ModesEvent).
    Tick,
    /// Put the focus into a field, and select the mistake in it.
    Focus(FieldError),
    /// Copy a text.
    Copy(String),
    /// Give the person a file.
    Save {
        /// Its name.
        name: String,
        /// What kind of file it is (RFC 6838).
        kind: &'static str,
        /// What is in it.
        bytes: Vec<u8>,
    },
    /// After [`COPIED_MS`], let a Copy button say Copy again.
    FadeLater,
    /// Do something in a view, once it is drawn.
    Inspector(InspectorEffect),
    /// Show this language, also the next time.
    RememberLanguage(Lang),
    /// Do something for the runs that are over.
    Runs(RunsEffect),
    /// Do something with a link.
    Link(LinkEffect),
    /// Do something for a menu.
    Menu(MenuEffect),
    /// Do something for the lesson.
    Lesson(LessonEffect),
    /// Do something for what the server sees.
    ConnectionLog(ConnectionLogEffect),
}

/// Why a run is woken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wake {
    /// To count how long it has been waiting.
    Tick,
    /// It has waited long enough for the reply.
    Limit,
    /// Nothing has come for a while since the verdict.
    Quiet,
    /// The last packets have been waited for long enough.
    Linger,
}
