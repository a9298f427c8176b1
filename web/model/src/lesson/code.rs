//! The tutorial's client, line by line, and which of its lines have run.

use echo_core::Line;

use crate::modes::once::Run;
use crate::transcript::{Direction, Note, Row, What};

/// What a line of the client does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientAction {
    /// Nothing that could be seen from outside.
    Nothing,
    /// Connects.
    Connect,
    /// Says that it is connected.
    SayConnected,
    /// Writes.
    Write,
    /// Says that it has written.
    SaySent,
    /// Reads.
    Read,
    /// Says that the reply is right.
    SayOk,
    /// Says that it is not.
    SayUnexpected,
    /// Says that it did not come, or that there was no connection.
    SayFailed,
    /// Says that it ends.
    SayTerminated,
}

/// A line: how far it is indented, its text, and what it does.
#[derive(Debug)]
pub struct CodeLine {
    /// How deep it stands.
    pub depth: u8,
    /// Its text.
    pub text: &'static str,
    /// What it does.
    pub does: ClientAction,
}

const fn line(depth: u8, text: &'static str, does: ClientAction) -> CodeLine {
    CodeLine { depth, text, does }
}

/// The client, as short as what happens, so that it fits beside the workbench. The whole of it can
/// be copied.
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

/// The lines that have run, in the order in which they did; the last is the one that runs.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct LineHighlight(Vec<ClientAction>);

impl LineHighlight {
    /// What `run` has done; up to this row, where it is replayed. While it runs, what is pending
    /// runs, too: connecting takes its time, and so does reading.
    #[must_use]
    pub fn of(run: &Run, up_to: Option<u64>) -> Self {
        let mut lit = Self(vec![ClientAction::Connect]);
        let rows = up_to.map_or(u64::MAX, |row| (row + 1).saturating_sub(run.log.dropped()));
        for row in run.log.rows().take(usize::try_from(rows).unwrap_or(usize::MAX)) {
            lit.add(does(row));
        }
        let waits = run.exchange().is_some() && run.is_running();
        if up_to.is_none() && waits && lit.now() == Some(ClientAction::SaySent) {
            lit.add(ClientAction::Read);
        }
        lit
    }

    /// Whether this has run.
    #[must_use]
    pub fn has(&self, does: ClientAction) -> bool {
        self.0.contains(&does)
    }

    /// What runs now, or ran last.
    #[must_use]
    pub fn now(&self) -> Option<ClientAction> {
        self.0.last().copied()
    }

    fn add(&mut self, does: ClientAction) {
        if does == ClientAction::Nothing {
            return;
        }
        // What is read is told of late, or not at all; without a connection there is no read.
        let is_verdict = matches!(
            does,
            ClientAction::SayOk | ClientAction::SayUnexpected | ClientAction::SayFailed
        );
        if is_verdict && self.has(ClientAction::SaySent) {
            self.add(ClientAction::Read);
        }
        self.0.retain(|other| *other != does);
        self.0.push(does);
    }
}

fn does(row: &Row) -> ClientAction {
    match &row.what {
        What::Moved(moved) if moved.direction == Direction::Sent => ClientAction::Write,
        What::Moved(_) => ClientAction::Read,
        What::Note(Note::Printed(line)) => match &**line {
            Line::Connected(_) => ClientAction::SayConnected,
            Line::Sent(_) => ClientAction::SaySent,
            Line::ReplyOk => ClientAction::SayOk,
            Line::Unexpected(_) => ClientAction::SayUnexpected,
            Line::FailedToReceive(_) | Line::FailedToConnect(_) => ClientAction::SayFailed,
            Line::Terminated => ClientAction::SayTerminated,
        },
        What::Note(_) | What::Wrote(_) => ClientAction::Nothing,
    }
}
