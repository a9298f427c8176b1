//! What a server with a fault does for a client that sends once and then reads.

use std::time::Duration;

use echo_core::fault::{Action, Fault, Misbehaviour};

/// How many actions of a server are looked at: more than one for each byte of the longest message.
const MAX_ACTIONS: usize = 4 * 1024 * 1024;

/// What the client gets to see.
#[derive(Debug, PartialEq, Eq)]
pub struct Would {
    /// What comes, as far as the client reads.
    pub reply: Vec<u8>,
    /// How the server leaves the connection then.
    pub leaves: Leaves,
    /// How long it has paused in all.
    pub paused: Duration,
}

/// How a server leaves a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaves {
    /// As it is: it listens.
    Open,
    /// It sends FIN.
    Fin,
    /// It sends RST.
    Rst,
    /// There never was one.
    Nothing,
}

impl Would {
    /// What a server with this fault does with the message `sent`.
    #[must_use]
    pub fn of(fault: &Fault, sent: &[u8]) -> Self {
        let leaves = if fault.listens() { Leaves::Open } else { Leaves::Nothing };
        let mut would = Self { reply: Vec::new(), leaves, paused: Duration::ZERO };
        if leaves == Leaves::Nothing {
            return would;
        }
        let mut server = Misbehaviour::new(fault);
        server.on_bytes(sent);
        for _ in 0..MAX_ACTIONS {
            if would.reply.len() >= sent.len() {
                break;
            }
            match server.next_action() {
                Some(Action::Send(bytes)) => would.reply.extend(bytes),
                Some(Action::Pause(time)) => would.paused += time,
                Some(Action::Settle) => {}
                Some(Action::Fin) => would.leaves = Leaves::Fin,
                Some(Action::Reset) => would.leaves = Leaves::Rst,
                None => break,
            }
        }
        would.reply.truncate(sent.len());
        would
    }

    /// Whether it owes some of the bytes `sent` and neither sends them nor hangs up.
    #[must_use]
    pub fn falls_silent(&self, sent: &[u8]) -> bool {
        self.leaves == Leaves::Open && self.reply.len() < sent.len()
    }
}
