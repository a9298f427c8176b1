//! How good is good enough.

use std::fmt;

/// By how much the medians of the same bridge differ from run to run.
const NOISE: f64 = 1.05;

#[derive(Clone, Copy, Debug)]
pub(crate) enum Goal {
    /// So many times what bare TCP has, or less.
    AtMostTimes(f64),
    /// So many times what bare TCP has, or more.
    AtLeastTimes(f64),
    /// This or less, whatever others have.
    AtMost(f64),
    /// No other bridge has less, by more than rounds differ anyway.
    NoneFaster,
}

/// What the bridge reached.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reached {
    pub(crate) value: f64,
    /// Beside bare TCP.
    pub(crate) ratio: Option<f64>,
    /// The least that another bridge has.
    pub(crate) rival: Option<f64>,
}

impl Goal {
    /// Whether it is met, where that can be said.
    pub(crate) fn is_met(self, reached: Reached) -> Option<bool> {
        match self {
            Self::AtMostTimes(bound) => reached.ratio.map(|ratio| ratio <= bound),
            Self::AtLeastTimes(bound) => reached.ratio.map(|ratio| ratio >= bound),
            Self::AtMost(bound) => Some(reached.value <= bound),
            Self::NoneFaster => reached.rival.map(|rival| reached.value <= rival * NOISE),
        }
    }
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtMostTimes(bound) => write!(f, "<= {bound:.2}x"),
            Self::AtLeastTimes(bound) => write!(f, ">= {bound:.2}x"),
            Self::AtMost(bound) => write!(f, "<= {bound}"),
            Self::NoneFaster => write!(f, "none faster"),
        }
    }
}
