//! The saved requests, and the form in which one gets its name.

use super::document::{self, Change};
use super::request::{MAX_NAME, MAX_REQUESTS, Request, RequestError, suggested_name};
use crate::dom::{DomCommand, Focus};
use crate::format;
use crate::setup::Setup;

/// The id of the field for a name.
pub const NAME_FIELD: &str = "request-name";
/// The id of the button that opens the form.
pub const SAVE_BUTTON: &str = "save-request";

/// The saved requests.
#[derive(Debug, Default)]
pub struct Requests {
    /// The requests, in the order in which they were saved.
    pub saved: Vec<Request>,
    /// The name of the one that was opened or saved last.
    pub opened: Option<String>,
    /// The form, while it is open.
    pub form: Option<RequestForm>,
}

/// The form in which a request gets its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestForm {
    /// The name in the field.
    pub name: String,
    /// The name of the request that gets another one, or `None` if a new one is saved.
    pub renamed: Option<String>,
    /// Why it could not be saved, until another name is typed.
    pub error: Option<FormError>,
}

/// Why a request cannot be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormError {
    /// The request is not valid.
    Invalid(RequestError),
    /// There are [`MAX_REQUESTS`] already.
    Full,
}

/// An event of the saved requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestsEvent {
    /// The user wants to save what the page is set up with.
    SavePressed,
    /// The user wants to give the request of this name another one.
    RenamePressed(String),
    /// The user typed a name.
    NameTyped(String),
    /// The user wants the form to do what it is open for.
    Submitted,
    /// The user closes the form.
    Cancelled,
    /// The user wants the page set up with the request of this name.
    Opened(String),
    /// The user removes the request of this name.
    DeletePressed(String),
}

impl Requests {
    /// Returns the request of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Request> {
        self.saved.iter().find(|it| it.name() == name)
    }

    /// Returns whether there is something to show.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        !self.saved.is_empty() || self.form.is_some()
    }

    /// Opens the form to save a setup. It suggests the name of the opened request, which it replaces
    /// then, or one that is made from the setup.
    pub(super) fn open_form(&mut self, setup: &Setup) -> DomCommand {
        let opened = self.opened.clone().filter(|name| self.get(name).is_some());
        let name = opened.unwrap_or_else(|| suggested_name(setup));
        self.show_form(RequestForm { name, renamed: None, error: None })
    }

    /// Opens the form to rename a request.
    pub(super) fn open_rename(&mut self, name: String) -> DomCommand {
        self.show_form(RequestForm { name: name.clone(), renamed: Some(name), error: None })
    }

    fn show_form(&mut self, form: RequestForm) -> DomCommand {
        let length = u32::try_from(form.name.encode_utf16().count()).unwrap_or(u32::MAX);
        self.form = Some(form);
        let id = NAME_FIELD.into();
        DomCommand::Focus(Focus { id, selection: Some(0..length), scrolls: true })
    }

    /// Returns the change that the form stands for, and closes it, or has it say what is wrong.
    /// `setup` is what the page is set up with.
    pub(super) fn submit(&mut self, setup: &Setup) -> Option<Change> {
        let form = self.form.as_mut()?;
        let renamed = form.renamed.clone();
        let old = renamed.as_ref().and_then(|name| self.saved.iter().find(|it| it.name() == name));
        let request = match old {
            Some(old) => old.renamed(&form.name),
            None => Request::new(&form.name, setup.clone()),
        };
        let request = match request {
            Ok(request) => request,
            Err(error) => {
                form.error = Some(FormError::Invalid(error));
                return None;
            }
        };
        let is_new = old.is_none() && !self.saved.iter().any(|it| it.name() == request.name());
        if is_new && self.saved.len() >= MAX_REQUESTS {
            form.error = Some(FormError::Full);
            return None;
        }
        self.form = None;
        self.opened = Some(request.name().to_owned());
        Some(if let Some(from) = renamed.filter(|_| old.is_some()) {
            document::rename(&mut self.saved, &from, request.clone());
            Change::RenameRequest { from, to: request }
        } else {
            document::save(&mut self.saved, request.clone());
            Change::SaveRequest(request)
        })
    }

    /// Adds requests of a file, and returns how many were new, known and left out. One that has the
    /// name of another request gets a number.
    pub(super) fn take_in(&mut self, requests: Vec<Request>) -> [usize; 3] {
        let mut counts = [0; 3];
        for request in requests {
            let index = match self.free_name(&request) {
                None => 1,
                Some(_) if self.saved.len() >= MAX_REQUESTS => 2,
                Some(request) => {
                    self.saved.push(request);
                    0
                }
            };
            counts[index] += 1;
        }
        counts
    }

    /// Returns the request under a name that no other has, or `None` if it is there already.
    fn free_name(&self, request: &Request) -> Option<Request> {
        /// How many characters a number takes behind a name.
        const NUMBER: usize = " (50)…".len();
        let start = format::shortened(request.name().to_owned(), MAX_NAME - NUMBER);
        let numbers = 2..=MAX_REQUESTS + 1;
        let others = numbers.filter_map(|it| request.renamed(&format!("{start} ({it})")).ok());
        for candidate in [request.clone()].into_iter().chain(others) {
            match self.get(candidate.name()) {
                None => return Some(candidate),
                Some(other) if other.setup() == request.setup() => return None,
                Some(_) => {}
            }
        }
        None
    }
}
