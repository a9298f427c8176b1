//! How the page looks: a file for each part. What is shown goes in, events come out.

pub mod callbacks;
pub mod command;
pub mod composer;
pub mod connection_log;
pub mod context;
pub mod copy;
pub mod header;
pub mod inspector;
pub mod lab;
pub mod lesson;
pub mod link;
pub mod load_results;
pub mod menu;
pub mod modes;
pub mod packets;
pub mod placeholder;
pub mod runs;
pub mod sentence;
pub mod verdict;
