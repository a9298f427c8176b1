//! What the value of a field means, beside how it stands there.

use echo_core::packets::layers::{Field, Key};
use echo_core::payload::printable;

use super::Parts;
use page_model::packets::detail::PacketDetail;

/// How many bytes of a payload are shown as text.
const SHOWN: usize = 64;

impl Parts<'_> {
    pub(super) fn value(&self, look: &PacketDetail, field: &Field) -> String {
        match self.meaning(look, field) {
            Some(meaning) if field.value.is_empty() => meaning,
            Some(meaning) => format!("{} ({meaning})", field.value),
            None => field.value.clone(),
        }
    }

    fn meaning(&self, look: &PacketDetail, field: &Field) -> Option<String> {
        let (row, words) = (&look.row, self.words);
        let packet = row.packet;
        Some(match field.key {
            Key::Sequence => (words.relative)(row.seq),
            Key::Acknowledgment => (words.relative)(row.ack?),
            Key::Window => (words.scaled)(row.window?),
            Key::Checksum => (words.checksum)(packet.checksum).to_owned(),
            Key::HeaderChecksum => (words.checksum)(packet.header_checksum()?).to_owned(),
            Key::Protocol => "TCP".to_owned(),
            Key::EtherType if field.value == "0x0800" => "IPv4".to_owned(),
            Key::EtherType if field.value == "0x86dd" => "IPv6".to_owned(),
            Key::Payload => {
                let count = (words.bytes)(packet.payload_length as usize);
                format!("{count}: {}", beginning(packet.payload(), SHOWN))
            }
            _ => return None,
        })
    }
}

/// At most so many of these bytes, as text.
pub(super) fn beginning(bytes: &[u8], most: usize) -> String {
    let (shown, rest) = bytes.split_at(bytes.len().min(most));
    let more = if rest.is_empty() { "" } else { "…" };
    format!("{}{more}", printable(shown))
}
