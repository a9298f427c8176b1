//! A part of the page that is loaded on demand.

/// How far a part of the page is loaded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Loadable<T> {
    /// The part has not been needed yet.
    #[default]
    NotLoaded,
    /// The platform was asked for it and has not answered yet.
    Loading,
    /// The platform could not load the part. It is asked again only when the user wants that.
    Failed,
    /// The part is loaded, and stays so for as long as the page is open.
    Loaded(T),
}

/// A part could not be loaded: the bridge does not answer, or serves another build of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoadError;

impl<T> Loadable<T> {
    /// Returns the part if it is loaded.
    pub fn loaded(&self) -> Option<&T> {
        match self {
            Self::Loaded(part) => Some(part),
            Self::NotLoaded | Self::Loading | Self::Failed => None,
        }
    }

    /// Returns the part if it is loaded.
    pub fn loaded_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Loaded(part) => Some(part),
            Self::NotLoaded | Self::Loading | Self::Failed => None,
        }
    }

    /// Returns whether the platform is to be asked for the part now, because it is needed and was
    /// not asked for yet. Then it counts as loading until the platform answers.
    pub fn start_loading(&mut self, is_needed: bool) -> bool {
        let starts = is_needed && matches!(self, Self::NotLoaded);
        if starts {
            *self = Self::Loading;
        }
        starts
    }

    /// Lets the part be loaded again after that has failed.
    pub fn retry(&mut self) {
        if matches!(self, Self::Failed) {
            *self = Self::NotLoaded;
        }
    }

    /// Turns the part, if it is loaded, into something else.
    pub fn map<U>(self, transform: impl FnOnce(T) -> U) -> Loadable<U> {
        match self {
            Self::NotLoaded => Loadable::NotLoaded,
            Self::Loading => Loadable::Loading,
            Self::Failed => Loadable::Failed,
            Self::Loaded(part) => Loadable::Loaded(transform(part)),
        }
    }

    /// Borrows the part.
    pub fn as_ref(&self) -> Loadable<&T> {
        match self {
            Self::NotLoaded => Loadable::NotLoaded,
            Self::Loading => Loadable::Loading,
            Self::Failed => Loadable::Failed,
            Self::Loaded(part) => Loadable::Loaded(part),
        }
    }
}

impl<T> From<Result<T, LoadError>> for Loadable<T> {
    fn from(result: Result<T, LoadError>) -> Self {
        result.map_or(Self::Failed, Self::Loaded)
    }
}
