//! How good is good enough.

use std::fmt;

#[derive(Clone, Copy, Debug)]
pub(crate) enum Goal {
    /// So many times what HAProxy has, or less.
    AtMostTimes(f64),
    /// So many times what HAProxy has, or more.
    AtLeastTimes(f64),
    /// This or less, whatever others have.
    Absolute(f64),
}

impl Goal {
    /// Whether it is met by this value, which is `ratio` times what HAProxy has, where that can be
    /// said.
    pub(crate) fn is_met(self, value: f64, ratio: Option<f64>) -> Option<bool> {
        match self {
            Self::AtMostTimes(bound) => ratio.map(|ratio| ratio <= bound),
            Self::AtLeastTimes(bound) => ratio.map(|ratio| ratio >= bound),
            Self::Absolute(bound) => Some(value <= bound),
        }
    }
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtMostTimes(bound) => write!(f, "<= {bound:.2}x"),
            Self::AtLeastTimes(bound) => write!(f, ">= {bound:.2}x"),
            Self::Absolute(bound) => write!(f, "<= {bound}"),
        }
    }
}
