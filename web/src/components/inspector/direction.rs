//! Directions as attributes, classes and arrows have them.

use page_model::transcript::Direction;

/// Returns the name of a direction, in attributes and classes.
pub fn name(direction: Direction) -> &'static str {
    match direction {
        Direction::Sent => "sent",
        Direction::Received => "received",
    }
}

/// Returns the direction of this name.
pub fn from_name(name: &str) -> Option<Direction> {
    Direction::BOTH.into_iter().find(|direction| self::name(*direction) == name)
}

/// Returns an arrow: the page stands left, the server right.
pub fn arrow(direction: Direction) -> &'static str {
    match direction {
        Direction::Sent => "→",
        Direction::Received => "←",
    }
}
