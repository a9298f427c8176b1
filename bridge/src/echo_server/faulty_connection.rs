//! A server with a fault on a TCP connection.

use std::io;

use echo_core::fault::{Action, Fault, FaultBehavior, SETTLE};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy, sink};
use tokio::net::TcpStream;
use tokio::time::{Duration, Instant, sleep, sleep_until, timeout, timeout_at};

use super::limits::{CHUNK, IDLE};

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

/// A TCP connection and the state of the server with a fault that serves it.
pub(crate) struct FaultyConnection {
    stream: TcpStream,
    behavior: FaultBehavior,
    buffer: Vec<u8>,
    client_finished: bool,
}

impl FaultyConnection {
    /// Creates a server with this fault on a connection that was just accepted.
    pub(crate) fn new(stream: TcpStream, fault: &Fault) -> Self {
        let behavior = FaultBehavior::new(fault);
        Self { stream, behavior, buffer: vec![0; CHUNK], client_finished: false }
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
        self.stream.set_nodelay(true)?;
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
        // If this fails, the kernel sends FIN when the socket is closed.
        let _ = self.stream.set_zero_linger();
    }

    async fn perform(&mut self, action: Action) -> io::Result<Option<HungUp>> {
        match action {
            Action::Send(bytes) => timeout(IDLE, self.stream.write_all(&bytes)).await??,
            Action::Pause(time) => self.pause(time).await?,
            // No safe interface tells what the client's kernel has acknowledged, and some systems
            // discard at an RST even what is acknowledged and not yet read.
            Action::Settle => sleep(SETTLE).await,
            Action::Fin => return self.finish().await.map(Some),
            Action::Reset => {
                self.stream.set_zero_linger()?;
                return Ok(Some(HungUp::Reset));
            }
        }
        Ok(None)
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
        self.stream.shutdown().await?;
        if let Ok(discarded) = timeout(DISCARD_TIMEOUT, copy(&mut self.stream, &mut sink())).await {
            discarded?;
        }
        Ok(HungUp::Fin)
    }
}
