//! The earlier messages of interactive connections, which the arrow keys bring back as in a shell.

use std::collections::VecDeque;
use std::rc::Rc;

use echo_core::payload::{LineEnding, Notation};

/// The most messages that are remembered. Each is as long as the field takes it.
pub(super) const MAX_MESSAGES: usize = 50;

/// A message as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TypedMessage {
    /// Its notation.
    pub(super) notation: Notation,
    /// The line ending that is sent after it.
    pub(super) ending: LineEnding,
    /// The text.
    pub(super) text: Rc<str>,
}

/// A step through the earlier messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryStep {
    /// To the message before.
    Older,
    /// To the message after.
    Newer,
}

/// The messages that were sent, oldest first, and where among them the user is.
#[derive(Debug, Default)]
pub(super) struct History {
    sent: VecDeque<TypedMessage>,
    /// While the user steps through the messages: each as the user left it, and last what was being
    /// typed before.
    visited: Vec<TypedMessage>,
    /// The index of the shown one in `visited`.
    at: usize,
}

impl History {
    /// Returns whether there is no message to go to.
    #[must_use]
    pub(super) fn is_empty(&self) -> bool {
        self.sent.is_empty()
    }

    /// Remembers a message that was sent. Equal ones in a row count once.
    pub(super) fn remember(&mut self, message: TypedMessage) {
        self.visited.clear();
        if self.sent.back() == Some(&message) {
            return;
        }
        if self.sent.len() == MAX_MESSAGES {
            self.sent.pop_front();
        }
        self.sent.push_back(message);
    }

    /// Goes to another message, and returns it. `current` is what is in the field: it is found there
    /// again when the user comes back.
    pub(super) fn go(&mut self, step: HistoryStep, current: TypedMessage) -> Option<TypedMessage> {
        match self.visited.get_mut(self.at) {
            Some(place) => *place = current,
            None => self.begin(current),
        }
        let at = match step {
            HistoryStep::Older => self.at.checked_sub(1)?,
            HistoryStep::Newer => self.at + 1,
        };
        let message = self.visited.get(at)?.clone();
        self.at = at;
        Some(message)
    }

    fn begin(&mut self, current: TypedMessage) {
        self.visited = self.sent.iter().cloned().collect();
        // What was just sent is still in the field, and is not gone to.
        if self.visited.last() != Some(&current) {
            self.visited.push(current);
        }
        self.at = self.visited.len() - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> TypedMessage {
        let (notation, ending) = (Notation::Text, LineEnding::None);
        TypedMessage { notation, ending, text: text.into() }
    }

    fn after(sent: &[&str]) -> History {
        let mut history = History::default();
        for text in sent {
            history.remember(typed(text));
        }
        history
    }

    /// Goes where the steps lead (`-` to older ones), and returns the texts that were shown.
    fn walk(history: &mut History, from: &str, steps: &str) -> Vec<String> {
        let mut shown = from.to_owned();
        let mut texts = vec![];
        for step in steps.chars() {
            let step = if step == '-' { HistoryStep::Older } else { HistoryStep::Newer };
            if let Some(message) = history.go(step, typed(&shown)) {
                shown = message.text.to_string();
            }
            texts.push(shown.clone());
        }
        texts
    }

    #[test]
    fn earlier_messages_come_back_and_what_was_being_typed_is_not_lost() {
        let mut history = after(&["one", "two"]);
        let texts = walk(&mut history, "draft", "---+++");
        assert_eq!(texts, ["two", "one", "one", "two", "draft", "draft"]);
    }

    #[test]
    fn what_was_just_sent_is_not_gone_to() {
        assert_eq!(walk(&mut after(&["one", "two"]), "two", "-+"), ["one", "two"]);
        assert_eq!(walk(&mut after(&["one"]), "one", "-"), ["one"]);
    }

    #[test]
    fn a_message_that_was_changed_is_found_as_it_was_left_until_one_is_sent() {
        let mut history = after(&["one", "two"]);
        assert_eq!(walk(&mut history, "", "--"), ["two", "one"]);
        assert_eq!(walk(&mut history, "one and more", "+-"), ["two", "one and more"]);
        history.remember(typed("three"));
        assert_eq!(walk(&mut history, "", "---"), ["three", "two", "one"]);
    }

    #[test]
    fn without_messages_the_field_stays() {
        assert_eq!(walk(&mut History::default(), "draft", "-+"), ["draft", "draft"]);
    }

    #[test]
    fn the_latest_messages_are_remembered() {
        let mut history = History::default();
        for number in 0..=MAX_MESSAGES {
            history.remember(typed(&number.to_string()));
        }
        let texts = walk(&mut history, "", &"-".repeat(MAX_MESSAGES + 1));
        assert_eq!((texts[0].as_str(), texts[MAX_MESSAGES].as_str()), ("50", "1"));
    }
}
