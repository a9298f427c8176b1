//! What each region of the page shows: gathers for each feature what its view depends on.

mod copy;
mod inspector;
mod lab;
mod lesson;
mod runs;
mod verdict;
