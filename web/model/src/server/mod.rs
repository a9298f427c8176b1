//! The page as a TCP server.

pub mod answer;
