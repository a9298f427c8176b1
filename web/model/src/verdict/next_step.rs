//! What the user may do next.

use std::rc::Rc;

use crate::terminal_command::CommandPurpose;

/// What the user may do next.
#[derive(Clone, Debug, PartialEq)]
pub enum NextStep {
    /// Stop a run.
    StopRun,
    /// Give up a connection that is being made.
    GiveUpConnecting,
    /// Press Send: the bridge that was missing is back.
    BridgeIsBack,
    /// Nothing: the page notices when the bridge is up.
    BridgeIsAwaited,
    /// Run a command in a terminal.
    Command {
        /// What leads over to it.
        purpose: CommandPurpose,
        /// The command.
        command: Rc<str>,
    },
    /// Connect although the server did not prove who it is.
    ConnectUnverified,
    /// Put this address into To, whose server speaks TLS, or plain TCP.
    SetTarget(Rc<str>),
    /// Read the reply as text, all of it.
    ShowText,
    /// Start the same server of the lab in a terminal.
    LabServer,
    /// End the connection.
    EndConnection {
        /// Whether FIN can still be sent.
        can_finish: bool,
    },
    /// Connect once more.
    ConnectAgain,
    /// Look at what went wrong in a load test, and how often.
    Failures(Vec<FailureCount>),
    /// Choose [`Mode::Once`](crate::modes::Mode::Once), to see why an exchange of a load test fails.
    LookAtOne,
}

/// Something that went wrong in a load test, and how often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailureCount {
    /// How often.
    pub count: u64,
    /// What went wrong.
    pub kind: FailureKind,
}

/// What went wrong in a load test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// The tutorial's client would print this.
    Program(Rc<str>),
    /// No whole reply came within so many seconds.
    Overdue(u32),
    /// Anything else.
    Other,
}
