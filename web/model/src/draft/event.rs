//! What somebody does to the draft.

use echo_core::payload::{Ending, Mode};

use super::{Draft, Note, Sample, Written};
use crate::expect::Expect;

/// Something that somebody did to the draft.
#[derive(Clone, Debug)]
pub enum DraftEvent {
    /// Typed in Message.
    Typed(String),
    /// Chose a mode.
    ModeChosen(Mode),
    /// Chose an ending.
    EndingChosen(Ending),
    /// Chose a message to begin with.
    SamplePressed(Sample),
    /// Gave a file.
    FileCame {
        /// Its name.
        name: String,
        /// Its bytes.
        bytes: Result<Vec<u8>, FileTrouble>,
    },
    /// Chose what should come back.
    ExpectChosen(Expect),
    /// Typed which bytes should come back.
    TheseTyped(String),
    /// Folded the settings, or unfolded them.
    Folded,
}

/// Why a file did not become the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileTrouble {
    /// It has so many bytes: more than [`MAX_FILE`](super::MAX_FILE).
    TooBig(u64),
    /// The browser could not read it: it may be a folder.
    Unreadable,
}

impl Draft {
    /// Takes in what somebody did.
    pub fn on(&mut self, event: DraftEvent) {
        if !matches!(event, DraftEvent::Folded) {
            self.note = None;
        }
        match event {
            DraftEvent::Typed(text) => self.message = Written::new(&text, self.mode, self.ending),
            DraftEvent::TheseTyped(text) => {
                self.these = Written::new(&text, self.mode, self.ending);
            }
            DraftEvent::ModeChosen(mode) => self.switch(mode),
            DraftEvent::EndingChosen(ending) => {
                let (message, these) = (self.message.text().clone(), self.these.text().clone());
                self.set(self.mode, ending, &message, &these);
            }
            DraftEvent::SamplePressed(sample) => sample.fill(self),
            DraftEvent::FileCame { name, bytes } => self.take_file(name, bytes),
            DraftEvent::ExpectChosen(expect) => self.expect = expect,
            DraftEvent::Folded => self.unfolded = !self.unfolded,
        }
    }

    fn take_file(&mut self, name: String, bytes: Result<Vec<u8>, FileTrouble>) {
        let note = match bytes {
            Ok(bytes) => {
                // Escapes for what is text but for a few controls, Hex for what is none.
                let is_text = str::from_utf8(&bytes).is_ok();
                let other = if is_text { Mode::Escapes } else { Mode::Hex };
                self.put(&bytes, Ending::None, &[Mode::Text, other]);
                Note::File { name }
            }
            Err(why) => Note::NoFile { name, why },
        };
        self.note = Some(note);
    }
}
