//! What is shown of the saved requests.

use super::request::MAX_NAME;
use super::requests::{FormError, Requests};

/// The saved requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestsView {
    /// Their names, each with whether it is the one that was opened last.
    pub names: Vec<(String, bool)>,
    /// The name of the one that was opened last.
    pub opened: Option<String>,
    /// The form, while it is open.
    pub form: Option<FormView>,
}

/// The form in which a request gets its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormView {
    /// The name in the field.
    pub name: String,
    /// The longest name, in characters.
    pub max_name: usize,
    /// Whether a request gets another name, and is not saved anew.
    pub is_rename: bool,
    /// Whether another request has this name, and would be replaced.
    pub replaces: bool,
    /// Why it could not be saved.
    pub error: Option<FormError>,
}

impl Requests {
    /// Returns what is shown of the requests.
    #[must_use]
    pub fn view(&self) -> RequestsView {
        let opened = self.opened.as_ref().filter(|name| self.get(name).is_some());
        let name = |name: &str| (name.to_owned(), opened.is_some_and(|it| it == name));
        RequestsView {
            names: self.saved.iter().map(|request| name(request.name())).collect(),
            opened: opened.cloned(),
            form: self.form.as_ref().map(|form| FormView {
                name: form.name.clone(),
                max_name: MAX_NAME,
                is_rename: form.renamed.is_some(),
                replaces: form.renamed.as_deref() != Some(form.name.trim())
                    && self.get(form.name.trim()).is_some(),
                error: form.error,
            }),
        }
    }
}
