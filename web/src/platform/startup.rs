//! Creates the model from what the browser stores and from the link in the address bar.

use page_model::command::{Command, StorageKey};
use page_model::lesson::{LessonEvent, System};
use page_model::link::LinkEvent;
use page_model::menu::MenuEvent;
use page_model::runs::RunsEvent;
use page_model::{Event, Lang, Model};

use super::browser::{self, window};
use super::dom::set_root_attribute;
use super::storage;

/// Creates the model, and returns the first commands.
pub fn create_model() -> (Model, Vec<Command<Event>>) {
    let lang = language();
    set_root_attribute("lang", lang.tag());
    let (mut model, mut commands) = Model::new(lang, browser::origin());
    model.clock_began = browser::clock_began();
    for event in first_events().into_iter().flatten() {
        commands.extend(model.update(event));
    }
    (model, commands)
}

/// Returns what was stored on earlier visits. The link comes last: what it sets wins over a draft, and
/// it may open a step of the lesson, which then counts on what was stored.
fn first_events() -> [Option<Event>; 6] {
    let read = storage::read;
    let (theme, bare_keys) = (read(StorageKey::Theme), read(StorageKey::BareKeys));
    let menu = MenuEvent::remembered(theme.as_deref(), bare_keys.as_deref());
    let runs = read(StorageKey::Runs).map(|_| Event::Runs(RunsEvent::StoreFound));
    let draft = read(StorageKey::Draft).map(Event::DraftFound);
    let platform = window().navigator().platform().unwrap_or_default();
    let system = System::of_platform(&platform);
    let lesson = LessonEvent::Loaded { stored: read(StorageKey::Lesson), system };
    let expectations = read(StorageKey::Expectations).unwrap_or_default();
    let link = LinkEvent::Opened(browser::fragment());
    [
        Some(Event::Menu(menu)),
        runs,
        Some(Event::ExpectationsLoaded(expectations)),
        draft,
        Some(Event::Lesson(lesson)),
        Some(Event::Link(link)),
    ]
}

/// Returns the language to begin with: the one chosen before, or the browser's.
fn language() -> Lang {
    let tag = storage::read(StorageKey::Language);
    let tag = tag.or_else(|| window().navigator().language());
    Lang::from_tag(&tag.unwrap_or_default())
}
