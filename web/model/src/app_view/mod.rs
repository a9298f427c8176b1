//! The views of the page: each gathers what a feature's view takes from the rest of the model.

mod runs;
mod verdict;
