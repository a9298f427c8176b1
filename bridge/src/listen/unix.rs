//! A listener on a Unix socket, and the file that stands for it.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use socket2::{Domain, SockAddr, Socket, Type};
use tokio::net::{UnixListener, UnixSocket, UnixStream};

use super::BACKLOG;

/// Who may connect: the bridge's user and its group, such as that of a reverse proxy.
const MODE: u32 = 0o660;

/// A listener on a Unix socket.
#[derive(Debug)]
pub struct UnixSocketListener {
    listener: UnixListener,
    /// The file, unless it belongs to whoever handed the socket over.
    _file: Option<SocketFile>,
}

/// The file of a socket that the bridge made; dropped, it is removed, unless another program has
/// put one of its own in its place.
#[derive(Debug)]
struct SocketFile {
    path: PathBuf,
    /// The numbers of its device and inode.
    id: (u64, u64),
}

impl UnixSocketListener {
    /// Makes a socket at `path` and listens on it. One on which nobody listens any more is
    /// replaced. `flag` is the one whose value `path` is.
    ///
    /// # Errors
    /// Fails if there is something else at `path`, with what to do, and with the system's error.
    pub(super) fn bind(path: &Path, flag: &str) -> io::Result<Self> {
        remove_stale(path, flag)?;
        let socket = UnixSocket::new_stream()?;
        socket.bind(path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => {
                let sentence = format!("{error}; make the folder first");
                io::Error::new(error.kind(), sentence)
            }
            io::ErrorKind::PermissionDenied => {
                let sentence = format!("{error}; {flag} takes a path where this user may write");
                io::Error::new(error.kind(), sentence)
            }
            _ => error,
        })?;
        let file = SocketFile::of(path)?;
        // Nobody can connect before it listens.
        fs::set_permissions(path, Permissions::from_mode(MODE))?;
        Ok(Self { listener: socket.listen(BACKLOG)?, _file: Some(file) })
    }

    /// Listens on a socket that was handed over, and whose file is left alone.
    ///
    /// # Errors
    /// Returns the system's error.
    pub(super) fn inherit(listener: std::os::unix::net::UnixListener) -> io::Result<Self> {
        listener.set_nonblocking(true)?;
        Ok(Self { listener: UnixListener::from_std(listener)?, _file: None })
    }

    /// Returns the path; it is empty for a socket that was handed over without one.
    pub(super) fn path(&self) -> io::Result<PathBuf> {
        let address = self.listener.local_addr()?;
        Ok(address.as_pathname().map(Path::to_owned).unwrap_or_default())
    }

    /// Returns the next connection. Cancelling it loses none.
    pub(super) async fn accept(&self) -> io::Result<UnixStream> {
        self.listener.accept().await.map(|(stream, _)| stream)
    }
}

impl SocketFile {
    fn of(path: &Path) -> io::Result<Self> {
        Ok(Self { path: path.to_owned(), id: id(path)? })
    }
}

impl Drop for SocketFile {
    fn drop(&mut self) {
        if id(&self.path).is_ok_and(|id| id == self.id) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn id(path: &Path) -> io::Result<(u64, u64)> {
    let metadata = fs::symlink_metadata(path)?;
    Ok((metadata.dev(), metadata.ino()))
}

/// Removes the socket at `path` that a program left which listens no more, as one that was killed
/// does.
fn remove_stale(path: &Path, flag: &str) -> io::Result<()> {
    let Ok(metadata) = fs::symlink_metadata(path) else { return Ok(()) };
    let in_use = |sentence: &str| {
        let sentence = format!("{sentence}; {flag} takes another path");
        Err(io::Error::new(io::ErrorKind::AddrInUse, sentence))
    };
    if !metadata.file_type().is_socket() {
        return in_use("there is something that is not a socket");
    }
    match try_connect(path) {
        Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => fs::remove_file(path),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            in_use("there is a socket of another user")
        }
        // One whose queue is full (`WouldBlock`) has somebody who listens, too.
        Ok(()) | Err(_) => in_use("something listens there already, perhaps another bridge"),
    }
}

/// Connects to the socket at `path`, without waiting for room in its queue.
fn try_connect(path: &Path) -> io::Result<()> {
    let socket = Socket::new(Domain::UNIX, Type::STREAM, None)?;
    socket.set_nonblocking(true)?;
    socket.connect(&SockAddr::unix(path)?)
}
