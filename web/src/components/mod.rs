//! How the page looks: a file for each part. What is shown goes in, events come out.

pub mod command;
pub mod comparison;
pub mod composer;
pub mod header;
pub mod link;
pub mod menu;
pub mod runs;
pub mod shown;
pub mod timeline;
pub mod verdict;
