//! TCP packets: captured or inferred, opened into their layers, and as files.
//!
//! - [`Frame`]: a packet's bytes as they were captured, and when;
//! - [`Packet`]: the same, decoded: addresses, flags, numbers, options, checksums;
//! - [`layers`]: the fields of a packet, each with its bytes;
//! - [`Capture`]: the packets of one connection, with what each means beside the others, and
//!   [`follow`], both directions' bytes in the order of the wire;
//! - [`inferred`]: the packets that a session's trace stands for, where none were captured;
//! - [`tls`]: the records of TLS in them, by their headers;
//! - [`file`]: all of it as pcapng, and pcapng and pcap files read.
//!
//! What is shown as measured was measured: [`Origin`] tells the two apart, for each field.

pub mod capture;
mod checksum;
mod decode;
mod decode_error;
pub mod file;
pub mod follow;
mod frame;
pub mod inferred;
pub mod layers;
mod link;
mod option;
mod origin;
mod sequence;
#[cfg(test)]
mod tests;
pub mod tls;

pub use capture::{Capture, End, PushOutcome, Row};
pub use checksum::Checksum;
pub use decode::{Flags, Packet};
pub use decode_error::DecodeError;
pub use frame::Frame;
pub use link::Link;
pub use option::{OptionKind, TcpOption};
pub use origin::{Aspect, Origin};
pub use sequence::Note;
