//! What a flood is, and what comes of one.

use std::io;

use futures_util::future::LocalBoxFuture;

use crate::attack::Attack;
use crate::bridge::Setup;
use crate::good::Good;

/// One way to attack a bridge.
pub(crate) struct Flood {
    /// Its name on the command line and in the table.
    pub(crate) name: &'static str,
    /// The good clients beside it.
    pub(crate) good: &'static [Good],
    /// How much more memory than before the bridge may hold at its peak, in MiB.
    pub(crate) most_growth: u64,
    /// Whether the bridge is told to end afterwards, instead of being left alone.
    pub(crate) terminates: bool,
    /// How the bridge is to be started; an error of the kind `Unsupported` skips the flood.
    pub(crate) prepare: fn() -> io::Result<Setup>,
    /// Attacks until the attack's end; an error of the kind `Unsupported` skips the flood.
    pub(crate) run: for<'a> fn(&'a Attack) -> LocalBoxFuture<'a, io::Result<Outcome>>,
}

impl Flood {
    /// A flood of a bridge with its default flags, beside round trips alone.
    pub(super) const fn new(
        name: &'static str,
        run: for<'a> fn(&'a Attack) -> LocalBoxFuture<'a, io::Result<Outcome>>,
    ) -> Self {
        let prepare = || Ok(Setup::default());
        Self { name, good: &[Good::RoundTrip], most_growth: 32, terminates: false, prepare, run }
    }
}

/// What came of a flood, besides what the good clients and the memory tell.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// How much of the flood got through, and what else was seen.
    pub(crate) notes: Vec<String>,
    /// Whether goals of this flood alone are met.
    pub(crate) met: bool,
}

impl Outcome {
    /// An outcome of a flood that has no goals of its own.
    pub(super) fn note(note: String) -> Self {
        Self { notes: vec![note], met: true }
    }
}

/// The error that skips a flood.
pub(super) fn unsupported(sentence: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::Unsupported, sentence.into())
}
