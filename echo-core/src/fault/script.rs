//! What the parts of a fault amount to.

use std::time::Duration;

use super::definition::Fault;

/// The independent properties of a server with a fault. A server without a fault has the default
/// of each.
#[derive(Clone, Debug, Default)]
pub(super) struct Script {
    /// The bytes that are sent first.
    pub(super) greeting: Vec<u8>,
    /// Whether ASCII letters are converted to upper case.
    pub(super) upper: bool,
    /// How many bytes are still to be echoed before the one that is changed.
    pub(super) flip: Option<usize>,
    /// When bytes are echoed.
    pub(super) pace: Pace,
    /// How many bytes are still to be echoed before the server ends the connection.
    pub(super) limit: Option<usize>,
    /// Whether the server ends the connection with RST.
    pub(super) resets: bool,
    /// How many bytes are appended to the echo.
    pub(super) extra: usize,
}

/// When a server echoes what it received.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Pace {
    /// Immediately.
    #[default]
    AtOnce,
    /// After this delay.
    After(Duration),
    /// In pieces of `size` bytes, with a pause of `gap` between two.
    Pieces { size: usize, gap: Duration },
    /// After the client's FIN.
    WhenFinished,
    /// Not at all.
    Never,
}

impl Script {
    pub(super) fn of(fault: &Fault) -> Self {
        let mut script = Self::default();
        for part in fault.parts() {
            script.add(&part);
        }
        script
    }

    fn add(&mut self, part: &Fault) {
        match part {
            Fault::Truncate(n) => self.limit = Some(n.get() as usize),
            Fault::Reset(n) => (self.limit, self.resets) = (Some(n.get() as usize), true),
            // A server that is connected nonetheless resets the connection at the first byte.
            Fault::Refuse => (self.limit, self.resets) = (Some(0), true),
            Fault::Corrupt(offset) => self.flip = Some(offset.get() as usize),
            Fault::Upper => self.upper = true,
            Fault::Delay(time) => self.pace = Pace::After(time.get()),
            Fault::Split { size, gap } => {
                self.pace = Pace::Pieces { size: size.get() as usize, gap: gap.get() };
            }
            Fault::Extra(n) => self.extra = n.get() as usize,
            Fault::Banner(greeting) => self.greeting = greeting.bytes().to_vec(),
            Fault::Silent => self.pace = Pace::Never,
            Fault::LateFin => self.pace = Pace::WhenFinished,
            // They are of TLS, below what is echoed.
            Fault::Expired
            | Fault::WrongName
            | Fault::SelfSigned
            | Fault::Plaintext
            | Fault::NoCloseNotify
            // `Fault::parts` gives the faults that it stands for.
            | Fault::Chaos(_) => {}
        }
    }

    /// Returns how many of `waiting` bytes are sent in one write: none only if none wait or the
    /// limit is reached.
    pub(super) fn piece(&self, waiting: usize) -> usize {
        let allowed = waiting.min(self.limit.unwrap_or(waiting));
        match self.pace {
            Pace::Pieces { size, .. } => allowed.min(size),
            _ => allowed,
        }
    }

    /// Changes the bytes that are sent next as the fault requires, and counts them.
    pub(super) fn change(&mut self, piece: &mut [u8]) {
        if self.upper {
            piece.make_ascii_uppercase();
        }
        if let Some(byte) = self.flip.and_then(|before| piece.get_mut(before)) {
            *byte ^= 1;
        }
        self.flip = self.flip.and_then(|before| before.checked_sub(piece.len()));
        self.limit = self.limit.map(|left| left.saturating_sub(piece.len()));
    }
}
