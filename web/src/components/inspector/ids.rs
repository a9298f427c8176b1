//! The ids of elements that are found again once they are drawn.

use page_model::inspector::Tab;
use page_model::transcript::Direction;

use super::direction;

/// The id of the element that the tabs lead to.
pub const PANEL_ID: &str = "view";
/// The id of what is said of a byte.
pub const DESCRIPTION_ID: &str = "says";

/// Returns the id of a tab.
pub fn tab_id(tab: Tab) -> &'static str {
    match tab {
        Tab::Timeline => "tab-timeline",
        Tab::Bytes => "tab-bytes",
        Tab::Packets => "tab-packets",
    }
}

/// Returns the id of the element of a view that scrolls.
pub fn pane_id(tab: Tab) -> &'static str {
    match tab {
        Tab::Timeline => "timeline",
        Tab::Bytes => "bytes",
        Tab::Packets => "packets",
    }
}

/// Returns the id of a byte's cell.
pub fn byte_id(direction: Direction, offset: u64) -> String {
    format!("{}-{offset}", direction::name(direction))
}
