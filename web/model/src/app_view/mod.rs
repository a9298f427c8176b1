//! What each region of the page shows: gathers what its view needs from the features.

mod inspector;
