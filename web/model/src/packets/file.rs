//! A capture file that the user opened.

use std::cell::OnceCell;
use std::net::SocketAddr;
use std::rc::Rc;

use echo_core::packets::file::{self, FileEnd, Read};
use echo_core::packets::tls::{self, Record};
use echo_core::packets::{Capture, DecodeError, End};

use super::conversation::Conversation;
use crate::composer::FileError;
use crate::runs::file::FORMAT;

/// Why a file is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaptureFileError {
    /// The browser could not read it; it may be a folder.
    Unreadable,
    /// Its content could not be decoded.
    Bad(DecodeError),
    /// It is something else, which this page or a browser opens in another way.
    Other(OtherFile),
}

/// A file that is no capture, by what it begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherFile {
    /// A file of runs, which this page exported.
    Runs,
    /// JSON.
    Json,
    /// HTML or XML.
    Html,
}

impl OtherFile {
    /// The most bytes of a file that are looked at.
    const BEGINNING: usize = 512;

    /// Returns what a file that is no capture may be, if it can be told from its beginning.
    fn of(bytes: &[u8]) -> Option<Self> {
        const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
        let beginning = &bytes[..bytes.len().min(Self::BEGINNING)];
        let text = beginning.strip_prefix(BYTE_ORDER_MARK).unwrap_or(beginning).trim_ascii_start();
        let has = |format: &str| text.windows(format.len()).any(|it| it == format.as_bytes());
        match text.first()? {
            b'{' if has(FORMAT) => Some(Self::Runs),
            b'{' | b'[' => Some(Self::Json),
            b'<' => Some(Self::Html),
            _ => None,
        }
    }
}

/// A capture file and which of its connections is shown.
#[derive(Debug)]
pub struct CaptureFile {
    name: Rc<str>,
    chosen: usize,
    read: Read,
    connections: Rc<[FileConnection]>,
    conversation: OnceCell<Rc<Conversation>>,
    tls_records: OnceCell<Rc<Vec<Record>>>,
}

/// A connection in a file.
#[derive(Debug, PartialEq, Eq)]
pub struct FileConnection {
    /// The client's name or address, with its port.
    pub client: String,
    /// The server's name or address, with its port.
    pub server: String,
    /// How many of its packets there are.
    pub packets: usize,
}

impl CaptureFile {
    /// Opens the file with this name and content.
    ///
    /// # Errors
    /// Why the file cannot be shown.
    pub fn open(name: &str, bytes: Result<Vec<u8>, FileError>) -> Result<Self, CaptureFileError> {
        let read = match bytes {
            Ok(bytes) => file::read(&bytes).map_err(|error| CaptureFileError::of(error, &bytes))?,
            Err(FileError::TooBig(_)) => return Err(CaptureFileError::Bad(DecodeError::TooLong)),
            Err(FileError::Unreadable | FileError::Empty) => {
                return Err(CaptureFileError::Unreadable);
            }
        };
        let connections = read.captures.iter().map(|it| FileConnection::of(it, &read)).collect();
        let (conversation, tls_records) = (OnceCell::new(), OnceCell::new());
        Ok(Self { name: name.into(), chosen: 0, read, connections, conversation, tls_records })
    }

    /// Shows the connection with this index.
    pub fn choose(&mut self, connection: usize) {
        self.chosen = connection;
        self.conversation.take();
        self.tls_records.take();
    }

    /// Returns the file's name.
    #[must_use]
    pub fn name(&self) -> &Rc<str> {
        &self.name
    }

    /// Returns the index of the connection that is shown.
    #[must_use]
    pub fn chosen(&self) -> usize {
        self.chosen
    }

    /// Returns the packets of the connection that is shown.
    #[must_use]
    pub fn capture(&self) -> Option<&Capture> {
        self.read.captures.get(self.chosen)
    }

    /// Returns all connections of the file, in the order of their first packets.
    #[must_use]
    pub fn connections(&self) -> &Rc<[FileConnection]> {
        &self.connections
    }

    /// Returns how many packets the file has, of all its connections and of none.
    #[must_use]
    pub fn packet_count(&self) -> u64 {
        self.read.packet_count()
    }

    /// Returns whether the file has secrets by which packets of TLS can be decrypted.
    #[must_use]
    pub fn has_secrets(&self) -> bool {
        !self.read.tls_secrets.is_empty()
    }

    /// Returns whether the file could be read to its end.
    #[must_use]
    pub fn end(&self) -> FileEnd {
        self.read.end
    }

    /// Returns how many packets of the file are not shown.
    #[must_use]
    pub fn skipped(&self) -> u64 {
        self.read.skipped
    }

    /// Returns the records of TLS in the packets of the shown connection.
    pub(super) fn tls_records(&self) -> &Rc<Vec<Record>> {
        let records = || self.capture().map(tls::records).unwrap_or_default();
        self.tls_records.get_or_init(|| Rc::new(records()))
    }

    /// Returns what the ends of the shown connection said.
    #[must_use]
    pub fn conversation(&self) -> &Rc<Conversation> {
        let conversation = || self.capture().map(Conversation::of).unwrap_or_default();
        self.conversation.get_or_init(|| Rc::new(conversation()))
    }
}

impl CaptureFileError {
    fn of(error: DecodeError, bytes: &[u8]) -> Self {
        let other = if error == DecodeError::NotACapture { OtherFile::of(bytes) } else { None };
        other.map_or(Self::Bad(error), Self::Other)
    }
}

impl FileConnection {
    fn of(capture: &Capture, file: &Read) -> Self {
        Self {
            client: name(file, capture.address(End::Client)),
            server: name(file, capture.address(End::Server)),
            packets: capture.packets().len(),
        }
    }
}

/// Returns an address with its port, by its name if the file has one.
fn name(file: &Read, address: SocketAddr) -> String {
    match file.names.iter().find(|(known, _)| *known == address.ip()) {
        Some((_, name)) => format!("{name}:{}", address.port()),
        None => address.to_string(),
    }
}
