//! A value that is computed again only when what it depends on has changed.

use std::cell::RefCell;
use std::rc::Rc;

/// The latest value that was computed, and the key for which it was.
///
/// Views are built after every event. What is too expensive for that, such as a comparison of
/// megabytes, is kept here, beside the state from which it is computed.
#[derive(Debug)]
pub(crate) struct Memo<K, V>(RefCell<Option<(K, Rc<V>)>>);

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self(RefCell::new(None))
    }
}

impl<K: PartialEq, V> Memo<K, V> {
    /// Returns the value for `key`: the kept one, if it has this key, or else a new one.
    pub(crate) fn get(&self, key: K, compute: impl FnOnce() -> V) -> Rc<V> {
        if let Some((kept, value)) = &*self.0.borrow()
            && *kept == key
        {
            return Rc::clone(value);
        }
        let value = Rc::new(compute());
        self.0.replace(Some((key, Rc::clone(&value))));
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_computed_once_for_each_key() {
        let memo = Memo::default();
        let first = memo.get(1, || "one");
        assert!(Rc::ptr_eq(&first, &memo.get(1, || panic!("it is kept"))));
        assert_eq!(*memo.get(2, || "two"), "two");
    }
}
