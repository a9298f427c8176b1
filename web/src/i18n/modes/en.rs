//! How one talks, in English.

use super::ModesWords;
use crate::i18n::format::thousands;
use page_model::modes::Mode;

pub(in crate::i18n) const EN: ModesWords = ModesWords {
    how: "How",
    mode: |mode| match mode {
        Mode::Once => "Once",
        Mode::Interactive => "Stay connected",
        Mode::Load => "Repeat",
    },
    locked: |mode| match mode {
        Mode::Interactive => "Disconnect before you switch.",
        _ => "Stop before you switch.",
    },
    connect: "Connect",
    full: "Not sent: as much as the page keeps, 4 MiB, already waits. Try again once the server has \
           taken some.",
    amount: "Repeat",
    unit: "Unit",
    times: "times",
    seconds: "s",
    connections: "Connections",
    range: |low, high| format!("A number from {low} to {}.", thousands(high.into())),
    start: "Start",
};
