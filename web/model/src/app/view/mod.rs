//! What each region of the page shows: gathers for each feature what its view depends on.

mod certificate;
mod composer;
mod header;
mod inspector;
mod lab;
mod lesson;
mod link;
mod packets;
mod runs;
mod server;
mod text;
mod verdict;

pub use server::RoleView;
