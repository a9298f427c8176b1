//! What the view of packets shares with the other views.

pub use super::inspector::direction::{arrow, name as value};
pub use super::inspector::ids::pane_id;
pub use super::inspector::moves::moves;
pub use super::inspector::pane::place;
pub use super::inspector::span_class;
