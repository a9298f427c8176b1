//! The texts of the page, in each of its languages: a module for each region, and in it a function
//! for each text.
//!
//! A function has its text in all languages, so that one that lacks a language does not compile.

pub mod answer;
pub mod attachment;
pub mod bytes;
pub mod cause;
pub mod certificate;
pub mod class;
pub mod composer;
pub mod connection_log;
pub mod copy;
mod count;
pub mod diagnosis;
pub mod failure;
pub mod format;
pub mod glossary;
pub mod header;
pub mod inspector;
pub mod lab;
pub mod lazy;
pub mod lesson;
pub mod link;
pub mod load_test;
pub mod menu;
pub mod modes;
pub mod next_step;
pub mod packets;
pub mod reason;
pub mod requests;
pub mod role;
pub mod runs;
pub mod sequence_diagram;
pub mod server;
pub mod settings;
pub mod text;
pub mod timeline;
pub mod topic;
pub mod verdict;
