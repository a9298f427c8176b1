//! The tutorial's client, line by line, and which of its lines have run.

use echo_core::Line;

use crate::modes::once::Run;
use crate::transcript::{Direction, Note, Row, RowContent};

/// What a line of the client does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientAction {
    /// Does nothing that can be observed.
    Nothing,
    /// Connects.
    Connect,
    /// Prints that it is connected.
    SayConnected,
    /// Writes the message.
    Write,
    /// Prints that it has written the message.
    SaySent,
    /// Reads the reply.
    Read,
    /// Prints that the reply is as expected.
    SayOk,
    /// Prints that the reply is another one.
    SayUnexpected,
    /// Prints that there was no connection, or no complete reply.
    SayFailed,
    /// Prints that it terminates.
    SayTerminated,
}

/// A line of the client.
#[derive(Debug)]
pub struct CodeLine {
    /// The depth of the indentation: 0 or 1.
    pub indent: u8,
    /// The code, without the indentation.
    pub text: &'static str,
    /// What the line does.
    pub action: ClientAction,
}

/// Whether a line of the client has run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineState {
    /// The line has not run.
    NotRun,
    /// The line has run.
    HasRun,
    /// The line runs now, or is the one that ran last.
    Current,
}

const fn line(indent: u8, text: &'static str, action: ClientAction) -> CodeLine {
    CodeLine { indent, text, action }
}

/// The client, abridged so that it fits beside the workbench. The complete program can be copied.
pub const CODE: [CodeLine; 15] = [
    line(0, "let mut tcp =", ClientAction::Connect),
    line(1, "TcpStream::connect(server)?;", ClientAction::Connect),
    line(0, r#"println!("Successfully …");"#, ClientAction::SayConnected),
    line(0, r#"tcp.write_all(b"Hello!")?;"#, ClientAction::Write),
    line(0, r#"println!("Sent Hello, …");"#, ClientAction::SaySent),
    line(0, "let mut reply = [0; 6];", ClientAction::Nothing),
    line(0, "tcp.read_exact(&mut reply)?;", ClientAction::Read),
    line(0, r#"if &reply == b"Hello!" {"#, ClientAction::Nothing),
    line(1, r#"println!("Reply is ok!");"#, ClientAction::SayOk),
    line(0, "} else {", ClientAction::Nothing),
    line(1, r#"println!("Unexpected …");"#, ClientAction::SayUnexpected),
    line(0, "}", ClientAction::Nothing),
    line(0, "// where one of the ? fails:", ClientAction::Nothing),
    line(0, r#"println!("Failed to …: {e}");"#, ClientAction::SayFailed),
    line(0, r#"println!("Terminated.");"#, ClientAction::SayTerminated),
];

/// What the client has done in a run: its actions in the order of their latest execution, each once.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct LineHighlight(Vec<ClientAction>);

impl LineHighlight {
    /// Returns what the client has done in `run`, up to the transcript's row of the number `up_to`
    /// while the run is replayed.
    ///
    /// In a run that is not replayed, this includes the action that is in progress: connecting, or
    /// reading.
    #[must_use]
    pub fn of(run: &Run, up_to: Option<u64>) -> Self {
        let mut highlight = Self(vec![ClientAction::Connect]);
        let rows = up_to.map_or(u64::MAX, |row| (row + 1).saturating_sub(run.log.dropped()));
        for row in run.log.rows().take(usize::try_from(rows).unwrap_or(usize::MAX)) {
            highlight.add(action_of(row));
        }
        let waits = run.exchange().is_some() && run.is_running();
        if up_to.is_none() && waits && highlight.current() == Some(ClientAction::SaySent) {
            highlight.add(ClientAction::Read);
        }
        highlight
    }

    /// Returns `true` if the client has done this.
    pub(crate) fn has_run(&self, action: ClientAction) -> bool {
        self.0.contains(&action)
    }

    /// Returns what the client does now, or did last. `None` before the first run.
    pub(crate) fn current(&self) -> Option<ClientAction> {
        self.0.last().copied()
    }

    /// Returns whether a line with this action has run.
    #[must_use]
    pub fn state(&self, action: ClientAction) -> LineState {
        match action {
            ClientAction::Nothing => LineState::NotRun,
            _ if self.current() == Some(action) => LineState::Current,
            _ if self.has_run(action) => LineState::HasRun,
            _ => LineState::NotRun,
        }
    }

    fn add(&mut self, action: ClientAction) {
        if action == ClientAction::Nothing {
            return;
        }
        // The transcript may have no row for the read that leads to a verdict. Without a connection
        // nothing was read.
        let is_verdict = matches!(
            action,
            ClientAction::SayOk | ClientAction::SayUnexpected | ClientAction::SayFailed
        );
        if is_verdict && self.has_run(ClientAction::SaySent) {
            self.add(ClientAction::Read);
        }
        self.0.retain(|other| *other != action);
        self.0.push(action);
    }
}

/// Returns what the client did when this row was recorded.
fn action_of(row: &Row) -> ClientAction {
    match &row.content {
        RowContent::Transferred(moved) if moved.direction == Direction::Sent => ClientAction::Write,
        RowContent::Transferred(_) => ClientAction::Read,
        RowContent::Note(Note::Printed(line)) => match &**line {
            Line::Connected(_) => ClientAction::SayConnected,
            Line::Sent(_) => ClientAction::SaySent,
            Line::ReplyOk => ClientAction::SayOk,
            Line::Unexpected(_) => ClientAction::SayUnexpected,
            Line::FailedToReceive(_) | Line::FailedToConnect(_) => ClientAction::SayFailed,
            Line::Terminated => ClientAction::SayTerminated,
        },
        RowContent::Note(_) | RowContent::Written(_) => ClientAction::Nothing,
    }
}
