//! What the kernel knows of the connection.

use yew::Html;

use super::Parts;
use crate::i18n::format;
use crate::i18n::packets::NUMBERS;
use crate::tag::tag;

impl Parts<'_> {
    /// Folded, until somebody wants it.
    pub(super) fn kernel(&self) -> Html {
        let content = match self.numbers() {
            Some(values) => {
                let rows = self.words.numbers.iter().zip(values);
                tag("dl").children(rows.map(|((name, means), value)| {
                    tag("div")
                        .key(*name)
                        .child(tag("dt").child(*name))
                        .child(tag("dd").class("number").child(value))
                        .child(tag("dd").class("means").child(*means))
                }))
            }
            None => tag("p").child(self.words.no_kernel),
        };
        tag("details")
            .key("kernel")
            .class("fold kernel")
            .child(tag("summary").child(self.words.kernel))
            .child(content)
            .html()
    }

    /// In the order of their names.
    fn numbers(&self) -> Option<[String; NUMBERS]> {
        let info = self.state.told().kernel()?;
        let time = |us: u32| format::micros(u64::from(us));
        let segments = self.words.segments;
        Some([
            time(info.rtt_us),
            time(info.rttvar_us),
            time(info.rto_us),
            segments(info.cwnd),
            (self.words.bytes)(info.mss as usize),
            info.retransmits.to_string(),
            info.segs_in.to_string(),
            info.segs_out.to_string(),
            info.unacked.to_string(),
        ])
    }
}
