//! What a fault, or several at once, comes down to.

use std::time::Duration;

use super::Fault;

/// What a server does, each thing apart from the others. A healthy one does none of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Script {
    /// What it says first.
    pub(super) greeting: Vec<u8>,
    /// Whether it makes letters upper-case.
    pub(super) upper: bool,
    /// How many bytes come before the one that it changes.
    pub(super) flip: Option<usize>,
    /// When it speaks.
    pub(super) pace: Pace,
    /// How many bytes it echoes before it hangs up.
    pub(super) limit: Option<usize>,
    /// Whether it hangs up with RST.
    pub(super) resets: bool,
    /// How many bytes it adds.
    pub(super) extra: usize,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Pace {
    #[default]
    AtOnce,
    After(Duration),
    Pieces {
        size: usize,
        gap: Duration,
    },
    WhenFinished,
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
            // Whoever listens nonetheless hangs up as soon as it can be heard.
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
            // Its parts stand for it.
            Fault::Chaos(_) => {}
        }
    }

    /// How many of `waiting` bytes go out at once: none only where none wait or the limit is
    /// reached.
    pub(super) fn piece(&self, waiting: usize) -> usize {
        let allowed = waiting.min(self.limit.unwrap_or(waiting));
        match self.pace {
            Pace::Pieces { size, .. } => allowed.min(size),
            _ => allowed,
        }
    }

    /// Changes the bytes that go out next, and counts them.
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
