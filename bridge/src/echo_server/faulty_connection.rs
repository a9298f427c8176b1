//! A server with a fault on a TCP connection.

use std::io;

use echo_core::fault::{Action, Fault, FaultBehavior, SETTLE};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy, sink};
use tokio::time::{Duration, Instant, sleep, sleep_until, timeout, timeout_at};

use super::limits::{CHUNK, IDLE};
use crate::stream::Stream;

/// How long the server reads and discards what the client still sends after the server's FIN.
const DISCARD_TIMEOUT: Duration = Duration::from_mins(1);

/// How a server ended its connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HungUp {
    /// With FIN.
    Fin,
    /// With RST.
    Reset,
}

/// A connection, perhaps over TLS, and the state of the server with a fault that serves it.
pub(crate) struct FaultyConnection {
    stream: Stream,
    behavior: FaultBehavior,
    /// Whether TLS, if there is any, ends without `close_notify`.
    omits_close_notify: bool,
    buffer: Vec<u8>,
    client_finished: bool,
}

impl FaultyConnection {
    /// Creates a server with this fault on a connection that was just accepted.
    pub(crate) fn new(stream: Stream, fault: &Fault) -> Self {
        Self {
            stream,
            behavior: FaultBehavior::new(fault),
            omits_close_notify: *fault == Fault::NoCloseNotify,
            buffer: vec![0; CHUNK],
            client_finished: false,
        }
    }

    /// Returns how many bytes the server sent or was about to send.
    pub(crate) fn sent(&self) -> u64 {
        self.behavior.sent()
    }

    /// Runs until the server has ended the connection and, if it sent FIN, the client has sent FIN
    /// or [`DISCARD_TIMEOUT`] has passed.
    ///
    /// # Errors
    /// Returns an error if the connection fails, or if the client neither sends nor reads anything
    /// for [`IDLE`].
    pub(crate) async fn run(&mut self) -> io::Result<HungUp> {
        // Nagle's algorithm would join the pieces that some faults send.
        if let Some(tcp) = self.stream.tcp() {
            tcp.set_nodelay(true)?;
        }
        loop {
            while let Some(action) = self.behavior.next_action() {
                if let Some(end) = self.perform(action).await? {
                    return Ok(end);
                }
            }
            timeout(IDLE, self.read()).await??;
        }
    }

    /// Ends the connection with RST, even while [`run`](Self::run) was cancelled halfway.
    pub(crate) fn reset(self) {
        self.stream.set_reset_on_close();
    }

    async fn perform(&mut self, action: Action) -> io::Result<Option<HungUp>> {
        match action {
            Action::Send(bytes) => timeout(IDLE, self.send(&bytes)).await??,
            Action::Pause(time) => self.pause(time).await?,
            // No safe interface tells what the client's kernel has acknowledged, and some systems
            // discard at an RST even what is acknowledged and not yet read.
            Action::Settle => sleep(SETTLE).await,
            Action::Fin => return self.finish().await.map(Some),
            Action::Reset => {
                self.stream.set_reset_on_close();
                return Ok(Some(HungUp::Reset));
            }
        }
        Ok(None)
    }

    async fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes).await?;
        self.stream.flush().await
    }

    /// Waits for `time` and reads what the client sends meanwhile.
    async fn pause(&mut self, time: Duration) -> io::Result<()> {
        let end = Instant::now() + time;
        while !self.client_finished && self.behavior.room() > 0 {
            match timeout_at(end, self.read()).await {
                Ok(read) => read?,
                Err(_) => return Ok(()),
            }
        }
        sleep_until(end).await;
        Ok(())
    }

    /// Reads once and feeds the server. The future can be dropped without losing bytes.
    async fn read(&mut self) -> io::Result<()> {
        let limit = self.behavior.room().min(self.buffer.len());
        match self.stream.read(&mut self.buffer[..limit]).await? {
            0 => {
                self.client_finished = true;
                self.behavior.on_finish();
            }
            count => self.behavior.on_bytes(&self.buffer[..count]),
        }
        Ok(())
    }

    /// Sends FIN, then reads and discards until the client's FIN.
    async fn finish(&mut self) -> io::Result<HungUp> {
        if self.omits_close_notify {
            self.stream.socket_mut().shutdown().await?;
        } else {
            self.stream.shutdown().await?;
        }
        if let Ok(discarded) = timeout(DISCARD_TIMEOUT, copy(&mut self.stream, &mut sink())).await {
            discarded?;
        }
        Ok(HungUp::Fin)
    }
}
