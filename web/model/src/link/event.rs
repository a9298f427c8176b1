//! The events of links.

/// An event of a link.
#[derive(Debug)]
pub enum LinkEvent {
    /// The page was opened with, or its URL was changed to, this fragment, without its `#`.
    Opened(String),
    /// The user pressed Copy link.
    CopyPressed,
}
