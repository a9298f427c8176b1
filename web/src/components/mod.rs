//! How the page looks: a file for each part. What is shown goes in, events come out.

pub mod command;
pub mod comparison;
pub mod composer;
pub mod header;
pub mod how;
pub mod shown;
pub mod verdict;
pub mod views;
