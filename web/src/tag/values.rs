//! The values that an attribute can have.

use super::Tag;

/// What can be the value of an attribute: `None` leaves it out.
pub trait Value {
    /// Sets it.
    fn set(self, tag: Tag, name: &'static str) -> Tag;
}

impl Value for &'static str {
    fn set(self, tag: Tag, name: &'static str) -> Tag {
        tag.put_static(name, self)
    }
}

impl Value for String {
    fn set(self, tag: Tag, name: &'static str) -> Tag {
        tag.put_string(name, self)
    }
}

impl<V: Value> Value for Option<V> {
    fn set(self, tag: Tag, name: &'static str) -> Tag {
        match self {
            Some(value) => value.set(tag, name),
            None => tag,
        }
    }
}
