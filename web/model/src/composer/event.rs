//! What somebody does to the draft.

use echo_core::payload::{LineEnding, Notation};

use super::{Composer, ComposerNote, PayloadText, Sample};
use crate::expect::Expect;

/// Something that somebody did to the draft.
#[derive(Clone, Debug)]
pub enum ComposerEvent {
    /// Typed in Message.
    Typed(String),
    /// Chose a mode.
    NotationChosen(Notation),
    /// Chose an ending.
    EndingChosen(LineEnding),
    /// Chose a message to begin with.
    SamplePressed(Sample),
    /// Gave a file.
    FileCame {
        /// Its name.
        name: String,
        /// Its bytes.
        bytes: Result<Vec<u8>, FileError>,
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
pub enum FileError {
    /// It has so many bytes: more than [`MAX_FILE`](super::MAX_FILE).
    TooBig(u64),
    /// The browser could not read it: it may be a folder.
    Unreadable,
}

impl Composer {
    /// Takes in what somebody did.
    pub fn on(&mut self, event: ComposerEvent) {
        if !matches!(event, ComposerEvent::Folded) {
            self.note = None;
        }
        match event {
            ComposerEvent::Typed(text) => {
                self.message = PayloadText::new(&text, self.mode, self.ending);
            }
            ComposerEvent::TheseTyped(text) => {
                self.these = PayloadText::new(&text, self.mode, self.ending);
            }
            ComposerEvent::NotationChosen(mode) => self.switch(mode),
            ComposerEvent::EndingChosen(ending) => {
                let (message, these) = (self.message.text().clone(), self.these.text().clone());
                self.set(self.mode, ending, &message, &these);
            }
            ComposerEvent::SamplePressed(sample) => sample.fill(self),
            ComposerEvent::FileCame { name, bytes } => self.take_file(name, bytes),
            ComposerEvent::ExpectChosen(expect) => self.expect = expect,
            ComposerEvent::Folded => self.unfolded = !self.unfolded,
        }
    }

    fn take_file(&mut self, name: String, bytes: Result<Vec<u8>, FileError>) {
        let note = match bytes {
            Ok(bytes) => {
                // Escapes for what is text but for a few controls, Hex for what is none.
                let is_text = str::from_utf8(&bytes).is_ok();
                let other = if is_text { Notation::Escapes } else { Notation::Hex };
                self.put(&bytes, LineEnding::None, &[Notation::Text, other]);
                ComposerNote::File { name }
            }
            Err(why) => ComposerNote::NoFile { name, why },
        };
        self.note = Some(note);
    }
}
