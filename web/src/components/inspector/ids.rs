//! The ids of elements that are found again once they are drawn.

/// The id of the element that the tabs lead to.
pub const PANEL_ID: &str = "view";
/// The id of what is said of a byte.
pub const DESCRIPTION_ID: &str = "says";
