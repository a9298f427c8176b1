//! The texts of the modes: the switch, the settings of a load test, and the buttons.

use std::ops::RangeInclusive;

use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::connection::flow_control::MAX_QUEUED;
use page_model::modes::Mode;

use super::format::{limit, thousands};

/// Returns the accessible name of the switch.
pub fn modes(lang: Lang) -> &'static str {
    match lang {
        En => "How",
        Zh => "方式",
    }
}

/// Returns the name of a mode.
pub fn mode(lang: Lang, mode: Mode) -> &'static str {
    match (lang, mode) {
        (En, Mode::Once) => "Once",
        (En, Mode::Interactive) => "Stay connected",
        (En, Mode::Load) => "Repeat",
        (Zh, Mode::Once) => "一次收发",
        (Zh, Mode::Interactive) => "保持连接",
        (Zh, Mode::Load) => "重复",
    }
}

/// Returns the text that says that the mode cannot be changed now.
pub fn locked(lang: Lang, mode: Mode) -> &'static str {
    match (lang, mode) {
        (En, Mode::Interactive) => "Disconnect before you switch.",
        (En, Mode::Once | Mode::Load) => "Stop before you switch.",
        (Zh, Mode::Interactive) => "先断开，才能切换方式。",
        (Zh, Mode::Once | Mode::Load) => "先停止，才能切换方式。",
    }
}

/// Returns the label of the amount of a load test.
pub fn amount(lang: Lang) -> &'static str {
    match lang {
        En => "Repeat",
        Zh => "重复",
    }
}

/// Returns the accessible name of what the amount counts.
pub fn unit(lang: Lang) -> &'static str {
    match lang {
        En => "Unit",
        Zh => "单位",
    }
}

/// Returns the text that says that the amount counts exchanges.
pub fn times(lang: Lang) -> &'static str {
    match lang {
        En => "times",
        Zh => "次",
    }
}

/// Returns the text that says that the amount counts seconds.
pub fn seconds(lang: Lang) -> &'static str {
    match lang {
        En => "s",
        Zh => "秒",
    }
}

/// Returns the label of the number of connections.
pub fn connections(lang: Lang) -> &'static str {
    match lang {
        En => "Connections",
        Zh => "连接数",
    }
}

/// Returns the text that says that a setting is not a number within its bounds.
pub fn range(lang: Lang, range: &RangeInclusive<u32>) -> String {
    let (low, high) = (range.start(), thousands((*range.end()).into()));
    match lang {
        En => format!("A number from {low} to {high}."),
        Zh => format!("请填 {low} 到 {high} 之间的整数。"),
    }
}

/// Returns the label of the button that connects and sends nothing yet.
pub fn connect(lang: Lang) -> &'static str {
    match lang {
        En => "Connect",
        Zh => "连接",
    }
}

/// Returns the text that says that the message was not sent, because too many bytes are queued.
pub fn full(lang: Lang) -> String {
    let limit = limit(MAX_QUEUED as u64);
    match lang {
        En => format!(
            "Not sent: as much as the page keeps, {limit}, already waits. Try again once the server \
             has taken some."
        ),
        Zh => format!("没有发送：排队待发的已达上限 {limit}，等服务器收下一些再试。"),
    }
}

/// Returns the label of the button that starts a load test.
pub fn start(lang: Lang) -> &'static str {
    match lang {
        En => "Start",
        Zh => "开始",
    }
}

/// Returns the label of the button that stops what is in progress.
pub fn stop(lang: Lang) -> &'static str {
    match lang {
        En => "Stop",
        Zh => "停止",
    }
}
