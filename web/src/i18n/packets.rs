//! The packets: what they are, what their fields are called, and what the kernel says.

mod en;
mod zh;

use echo_core::packets::layers::Key;
use echo_core::packets::{Checksum, Note};

use page_model::lang::Lang;
use page_model::packets::file::CaptureFileError;

/// How many numbers the kernel tells.
pub const NUMBERS: usize = 9;

/// The texts of the packets in one language.
pub struct PacketWords {
    /// So many packets of the connection were captured; whether more may come, and how many more
    /// passed that are not shown.
    pub captured: fn(usize, bool, u64) -> String,
    /// They were inferred, and what is made up is marked so.
    pub inferred: &'static str,
    /// Only so many are shown, the first ones.
    pub first: fn(usize) -> String,
    /// What is said of a field that is made up.
    pub made_up: &'static str,
    /// They are being captured, and none was seen yet.
    pub awaits: &'static str,
    /// There are none.
    pub none: &'static str,
    /// The switch.
    pub capture: &'static str,
    /// From when on it holds.
    pub from_next: &'static str,
    /// The bridge cannot capture, and why.
    pub cannot: &'static str,
    /// What leads over to the command that changes that.
    pub remedy: &'static str,
    /// The bridge knows nothing of capturing.
    pub older: &'static str,
    /// The button that saves.
    pub save: &'static str,
    /// The button that opens a file.
    pub open: &'static str,
    /// This file was not opened, and why.
    pub refused: fn(&str, CaptureFileError) -> String,
    /// The button that is done with that.
    pub close: &'static str,
    /// The button that is done with a file.
    pub back: &'static str,
    /// So many of its packets are not shown.
    pub skipped: fn(u64) -> String,
    /// The choice of a connection.
    pub connection: &'static str,
    /// So many packets.
    pub packets: fn(usize) -> String,
    /// The list, to those who do not see it.
    pub list: &'static str,
    /// The heads of its columns.
    pub heads: [&'static str; 9],
    /// What is worth a word about a packet, and what that means.
    pub note: fn(Note) -> (&'static str, &'static str),
    /// The number of the opened packet.
    pub packet: fn(usize) -> String,
    /// It was cut short: so many bytes of so many are there.
    pub cut_short: fn(usize, u32) -> String,
    /// What a field is called.
    pub field: fn(Key) -> &'static str,
    /// A sequence number, counted from the SYN.
    pub relative: fn(u32) -> String,
    /// A window in bytes, its scale counted in.
    pub scaled: fn(u32) -> String,
    /// What a checksum says.
    pub checksum: fn(Checksum) -> &'static str,
    /// So many bytes.
    pub bytes: fn(usize) -> String,
    /// Which of a packet's bytes: the first and the last.
    pub place: fn(usize, usize) -> String,
    /// The bytes of the packet, to those who do not see them.
    pub octets: &'static str,
    /// So many more bytes are not shown.
    pub more_octets: fn(usize) -> String,
    /// The panel of the kernel.
    pub kernel: &'static str,
    /// What it tells: the name of each number, and what it means.
    pub numbers: [(&'static str, &'static str); NUMBERS],
    /// A number of segments.
    pub segments: fn(u32) -> String,
    /// The kernel told nothing.
    pub no_kernel: &'static str,
    /// The panel of the conversation.
    pub conversation: &'static str,
    /// So many bytes are missing here.
    pub missing: fn(u32) -> String,
    /// Only the beginning of it is shown.
    pub beginning: &'static str,
    /// Nothing was said.
    pub silence: &'static str,
    /// Who sends.
    pub ends: [&'static str; 2],
}

/// The texts of the packets in a language.
#[must_use]
pub fn words(lang: Lang) -> &'static PacketWords {
    match lang {
        Lang::En => &en::WORDS,
        Lang::Zh => &zh::WORDS,
    }
}
