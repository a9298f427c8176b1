//! What each region of the page shows: gathers for each feature what its view depends on.

mod copy;
mod lab;
mod lesson;
