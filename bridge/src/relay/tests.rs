//! The relay over duplex pipes.
