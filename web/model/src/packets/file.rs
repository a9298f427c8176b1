//! A file that was opened.

use std::cell::OnceCell;
use std::net::SocketAddr;

use echo_core::packets::file::{self, Read};
use echo_core::packets::{Capture, DecodeError, End, follow};

use crate::composer::FileError;

/// How many bytes of a conversation are shown.
pub const MOST_SAID: usize = 64 * 1024;
/// How many pieces of it are.
const MOST_TURNS: usize = 1_000;

/// Why a file is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaptureFileError {
    /// The browser could not read it: it may be a folder.
    Unreadable,
    /// What is in it is not what is shown here.
    Bad(DecodeError),
}

/// A file, and which of its connections is shown.
#[derive(Debug)]
pub struct CaptureFile {
    /// What it is called.
    pub name: String,
    /// Which connection is shown, the first being 0.
    pub chosen: usize,
    read: Read,
    conversation: OnceCell<Conversation>,
}

/// What both ends said, in the order of the wire.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Conversation {
    /// Piece by piece.
    pub turns: Vec<ConversationTurn>,
    /// Whether there is more than is shown.
    pub has_more: bool,
}

/// What one end said before the other said something.
#[derive(Debug, PartialEq, Eq)]
pub struct ConversationTurn {
    /// Who.
    pub by: End,
    /// How many bytes before it were not captured.
    pub missing: u32,
    /// What.
    pub bytes: Vec<u8>,
}

impl CaptureFile {
    /// The file of this name.
    ///
    /// # Errors
    /// Why it cannot be shown.
    pub fn open(
        name: String,
        bytes: Result<Vec<u8>, FileError>,
    ) -> Result<Self, (String, CaptureFileError)> {
        let read = match bytes {
            Ok(bytes) => file::read(&bytes).map_err(CaptureFileError::Bad),
            Err(FileError::TooBig(_)) => Err(CaptureFileError::Bad(DecodeError::TooLong)),
            Err(FileError::Unreadable) => Err(CaptureFileError::Unreadable),
        };
        match read {
            Ok(read) => Ok(Self { name, chosen: 0, read, conversation: OnceCell::new() }),
            Err(refusal) => Err((name, refusal)),
        }
    }

    /// Shows another of its connections.
    pub fn choose(&mut self, connection: usize) {
        self.chosen = connection;
        self.conversation.take();
    }

    /// The packets of the connection that is shown.
    #[must_use]
    pub fn capture(&self) -> Option<&Capture> {
        self.read.captures.get(self.chosen)
    }

    /// All its connections.
    #[must_use]
    pub fn captures(&self) -> &[Capture] {
        &self.read.captures
    }

    /// How many of its packets are not shown.
    #[must_use]
    pub fn skipped(&self) -> u64 {
        self.read.skipped
    }

    /// An address, by its name where the file has one.
    #[must_use]
    pub fn called(&self, address: SocketAddr) -> String {
        let known = self.read.names.iter().find(|(known, _)| *known == address.ip());
        match known {
            Some((_, name)) => format!("{name}:{}", address.port()),
            None => address.to_string(),
        }
    }

    /// What the ends of the connection said.
    #[must_use]
    pub fn conversation(&self) -> &Conversation {
        let found = || self.capture().map(Conversation::of).unwrap_or_default();
        self.conversation.get_or_init(found)
    }
}

impl Conversation {
    fn of(capture: &Capture) -> Self {
        let mut all = Self::default();
        let mut room = MOST_SAID;
        for chunk in follow::follow(capture) {
            if room == 0 || all.turns.len() == MOST_TURNS {
                all.has_more = true;
                break;
            }
            let fitting = &chunk.bytes[..chunk.bytes.len().min(room)];
            room -= fitting.len();
            all.has_more |= fitting.len() < chunk.bytes.len();
            match all.turns.last_mut() {
                Some(turn) if turn.by == chunk.by && chunk.missing == 0 => {
                    turn.bytes.extend_from_slice(fitting);
                }
                _ => all.turns.push(ConversationTurn {
                    by: chunk.by,
                    missing: chunk.missing,
                    bytes: fitting.to_vec(),
                }),
            }
        }
        all
    }
}
