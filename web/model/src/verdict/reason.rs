//! Why a run ended as it did.

use super::statement::Progress;
use crate::cause::Cause;

/// Why a run ended as it did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// All of so many bytes came back unchanged.
    Unchanged(usize),
    /// All of so many bytes came as expected.
    AsExpected(usize),
    /// Other bytes came.
    Different {
        /// What was expected.
        expectation: Expectation,
        /// The first difference.
        difference: Difference,
    },
    /// The connection ended or failed.
    Failed(CauseView),
    /// The connection ended or failed before enough bytes came.
    CutShort {
        /// Why, unless something else says so.
        cause: Option<CauseView>,
        /// How many bytes had come.
        progress: Progress,
    },
    /// The page waits no longer than so many seconds.
    TimeLimit(u32),
    /// The user waited no longer.
    StoppedByUser,
    /// Both sides sent FIN.
    BothFinished,
    /// The user sent RST.
    ResetByUser,
    /// The user closed the connection.
    ClosedByUser,
}

impl Reason {
    /// Returns whether it is a failure that the bridge has told.
    #[must_use]
    pub fn is_told_by_bridge(&self) -> bool {
        match self {
            Self::Failed(view) | Self::CutShort { cause: Some(view), .. } => {
                matches!(view.cause, Cause::Failed(..))
            }
            _ => false,
        }
    }
}

/// Which bytes a reply is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expectation {
    /// Those that were sent.
    Sent,
    /// Others.
    Others,
}

/// The first byte in which a reply differs from what was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The offset of the byte.
    pub offset: usize,
    /// How many bytes are expected.
    pub length: usize,
    /// The byte that is expected.
    pub expected: u8,
    /// The byte that came.
    pub received: u8,
}

/// A cause, with what it takes to say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CauseView {
    /// The cause.
    pub cause: Cause,
    /// The target.
    pub target: String,
    /// Where the page was loaded from.
    pub origin: String,
}

impl CauseView {
    /// Creates the view of a cause on a page that was loaded from `origin`.
    pub(crate) fn new(cause: Cause, target: &str, origin: &str) -> Self {
        Self { cause, target: target.to_owned(), origin: origin.to_owned() }
    }
}
