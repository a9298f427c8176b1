//! Links in the life of the page: one is opened, one is copied.

use echo_core::payload;
use echo_core::wire::ECHO_TARGET;

use super::{ExpectedReply, InvalidValue, Link, MAX_MESSAGE, Setup};
use crate::effect::Effect;
use crate::expect::Expect as Expected;
use crate::lang::Lang;
use crate::{Field, FieldError, Model};

/// Something that happened to a link.
#[derive(Debug)]
pub enum LinkEvent {
    /// The page's address has this behind its `#`.
    Opened(String),
    /// Somebody pressed Copy link.
    CopyPressed,
}

/// What is to be done with a link.
#[derive(Clone, Debug, PartialEq)]
pub enum LinkEffect {
    /// Have this behind the `#` of the page's address, in place of what is there.
    Show(String),
    /// The same, as a place of its own, which the browser leads back from.
    Push(String),
    /// Show this language, for this visit only.
    Speak(Lang),
}

/// What is known of the link that was opened last.
#[derive(Debug, Default)]
pub struct OpenedLink {
    /// What in it was not understood, until Send is pressed.
    pub bad: Vec<InvalidValue>,
    /// What stands in the address bar.
    bar: Link,
}

impl Model {
    /// What the page is set up to do.
    #[must_use]
    pub fn setup(&self) -> Setup {
        let typed = self.target().trim();
        let is_echo = typed.is_empty() || typed == self.echo_address || typed == ECHO_TARGET;
        Setup {
            to: (!is_echo).then(|| typed.to_owned()),
            message: self.composer.message().text().to_string(),
            mode: self.composer.mode(),
            ending: self.composer.ending(),
            how: self.modes.mode,
            expect: match self.composer.expect() {
                Expected::Same => ExpectedReply::Same,
                Expected::These => {
                    let these = payload::parse(self.composer.mode(), self.composer.these().text());
                    ExpectedReply::These(these.unwrap_or_default())
                }
                Expected::Anything => ExpectedReply::Anything,
            },
        }
    }

    /// Sets the page up, but for what a connection that stands has fixed.
    pub fn set_up(&mut self, setup: Setup) {
        let (expect, these) = match setup.expect {
            ExpectedReply::Same => (Expected::Same, vec![]),
            ExpectedReply::These(bytes) => (Expected::These, bytes),
            ExpectedReply::Anything => (Expected::Anything, vec![]),
        };
        self.composer.fill(setup.mode, setup.ending, &setup.message, expect, &these);
        self.wrong = None;
        if !self.modes.is_locked() {
            self.typed_target = setup.to;
            self.modes.mode = setup.how;
        }
    }

    /// The address that sets another page up as this one is; none for a message that is too long.
    #[must_use]
    pub fn link(&self) -> Option<String> {
        self.as_link().map(|link| self.address(&link.print()))
    }

    fn address(&self, fragment: &str) -> String {
        format!("{}/#{fragment}", self.origin)
    }

    fn as_link(&self) -> Option<Link> {
        let setup = self.setup();
        let fits = setup.message.len() <= MAX_MESSAGE;
        fits.then(|| Link {
            setup: Some(setup),
            view: self.inspector.tab,
            lesson: self.lesson.number(),
            lang: Some(self.lang),
        })
    }

    /// Takes in what happened to a link.
    pub fn on_link(&mut self, event: LinkEvent) -> Vec<Effect> {
        match event {
            LinkEvent::Opened(fragment) => self.open(&fragment),
            LinkEvent::CopyPressed => self.copy_link(),
        }
    }

    fn open(&mut self, fragment: &str) -> Vec<Effect> {
        let (link, bad) = Link::parse(fragment);
        let is_set = link.setup.is_some();
        if let Some(setup) = link.setup.clone() {
            self.set_up(setup);
        }
        self.inspector.tab = link.view;
        let other = link.lang.filter(|&lang| lang != self.lang);
        self.lang = link.lang.unwrap_or(self.lang);
        let mut effects = self.on_lesson_link(link.lesson, is_set);
        effects.extend(other.map(|lang| Effect::Link(LinkEffect::Speak(lang))));
        self.opened = OpenedLink { bad, bar: link };
        effects
    }

    /// After every event: the address bar follows the lesson's step, each of which is a place of
    /// its own, and the view. What a link had set up is not what the next step sets.
    pub(crate) fn follow(&mut self) -> Option<Effect> {
        let (lesson, view) = (self.lesson.number(), self.inspector.tab);
        let bar = &mut self.opened.bar;
        let turned = bar.lesson != lesson;
        if !turned && bar.view == view {
            return None;
        }
        bar.setup.take_if(|_| turned);
        (bar.lesson, bar.view) = (lesson, view);
        let fragment = bar.print();
        let how = if turned { LinkEffect::Push } else { LinkEffect::Show };
        Some(Effect::Link(how(fragment)))
    }

    /// What is copied stands in the address bar, too: whoever looks there sees what went along.
    fn copy_link(&mut self) -> Vec<Effect> {
        let Some(link) = self.as_link() else {
            return vec![Effect::Focus(FieldError { field: Field::Message, selection: None })];
        };
        let fragment = link.print();
        let address = self.address(&fragment);
        self.opened.bar = link;
        vec![Effect::Link(LinkEffect::Show(fragment)), Effect::Copy(address)]
    }
}
