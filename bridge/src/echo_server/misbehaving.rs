//! A server with a fault, on a real connection.

use std::io;

use echo_core::fault::{Action, Fault, Misbehaviour, SETTLE};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy, sink};
use tokio::net::TcpStream;
use tokio::time::{Duration, Instant, sleep, sleep_until, timeout, timeout_at};

use super::{CHUNK, IDLE};

/// How long what the client still says after the server's FIN is read and dropped.
const DROPPING: Duration = Duration::from_mins(1);

/// How a server hung up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HungUp {
    /// With FIN.
    Fin,
    /// With RST.
    Reset,
}

/// A connection, and the server with a fault that is behind it.
pub(crate) struct Misbehaving {
    stream: TcpStream,
    server: Misbehaviour,
    buffer: Vec<u8>,
    finished: bool,
}

impl Misbehaving {
    pub(crate) fn new(stream: TcpStream, fault: &Fault) -> Self {
        let server = Misbehaviour::new(fault);
        Self { stream, server, buffer: vec![0; CHUNK], finished: false }
    }

    /// How many bytes it sent, or was about to.
    pub(crate) fn sent(&self) -> u64 {
        self.server.sent()
    }

    /// Misbehaves until the server has hung up and the client, after a FIN, has, too.
    ///
    /// # Errors
    /// Where the client broke the connection, or said nothing for too long.
    pub(crate) async fn run(&mut self) -> io::Result<HungUp> {
        // Its pieces are to go out as pieces.
        self.stream.set_nodelay(true)?;
        loop {
            while let Some(action) = self.server.next_action() {
                if let Some(how) = self.carry_out(action).await? {
                    return Ok(how);
                }
            }
            timeout(IDLE, self.listen()).await??;
        }
    }

    /// Ends the connection with RST, whatever is under way.
    pub(crate) fn reset(self) {
        // Without it the kernel sends FIN, which is the best that can be done then.
        let _ = self.stream.set_zero_linger();
    }

    async fn carry_out(&mut self, action: Action) -> io::Result<Option<HungUp>> {
        match action {
            Action::Send(bytes) => timeout(IDLE, self.stream.write_all(&bytes)).await??,
            Action::Pause(time) => self.pause(time).await?,
            // No safe interface tells what the client's kernel has acknowledged, and what it has
            // is not yet what the client has read, which other systems drop at an RST.
            Action::Settle => sleep(SETTLE).await,
            Action::Fin => return self.finish().await.map(Some),
            Action::Reset => {
                self.stream.set_zero_linger()?;
                return Ok(Some(HungUp::Reset));
            }
        }
        Ok(None)
    }

    /// Lets `time` pass, and hears what the client says meanwhile.
    async fn pause(&mut self, time: Duration) -> io::Result<()> {
        let end = Instant::now() + time;
        while !self.finished && self.server.room() > 0 {
            match timeout_at(end, self.listen()).await {
                Ok(heard) => heard?,
                Err(_) => return Ok(()),
            }
        }
        sleep_until(end).await;
        Ok(())
    }

    /// Reads once, which may be dropped halfway, and feeds the server.
    async fn listen(&mut self) -> io::Result<()> {
        let most = self.server.room().min(self.buffer.len());
        match self.stream.read(&mut self.buffer[..most]).await? {
            0 => {
                self.finished = true;
                self.server.on_finish();
            }
            count => self.server.on_bytes(&self.buffer[..count]),
        }
        Ok(())
    }

    async fn finish(&mut self) -> io::Result<HungUp> {
        self.stream.shutdown().await?;
        if let Ok(dropped) = timeout(DROPPING, copy(&mut self.stream, &mut sink())).await {
            dropped?;
        }
        Ok(HungUp::Fin)
    }
}
