//! The regions of the page. Each takes its view as a property and reports events.

pub mod answer;
pub mod callbacks;
pub mod certificate;
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
pub mod pointing;
pub mod role;
pub mod runs;
pub mod sentence;
pub mod server;
pub mod text;
pub mod topic;
pub mod verdict;
