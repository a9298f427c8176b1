//! The texts of the lab: its cards, the prediction, and what surrounds an explanation.

mod bytes;
mod explanation;
mod fault;

use echo_core::fault::FaultGroup;
use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::lab::outcome::Outcome;

pub use explanation::explanation;
pub use fault::{card_texts, description, parameter, parse_error, title};

/// Returns the heading of the cards.
pub fn heading(lang: Lang) -> &'static str {
    match lang {
        En => "Servers that misbehave",
        Zh => "会出错的服务器",
    }
}

/// Returns the remark that every server of the lab is real.
pub fn real_servers(lang: Lang) -> &'static str {
    match lang {
        En => "Each of these is real: a server of its own, started for one connection.",
        Zh => "它们都是真的：每次连接都单独启动一个服务器。",
    }
}

/// Returns the heading of a group of faults.
pub fn group(lang: Lang, group: FaultGroup) -> &'static str {
    match (group, lang) {
        (FaultGroup::ChangesBytes, En) => "Changes bytes",
        (FaultGroup::ChangesBytes, Zh) => "改动内容",
        (FaultGroup::LosesBytes, En) => "Loses bytes",
        (FaultGroup::LosesBytes, Zh) => "丢失内容",
        (FaultGroup::TakesTime, En) => "Takes its time",
        (FaultGroup::TakesTime, Zh) => "拖延时间",
        (FaultGroup::HangsUp, En) => "Hangs up",
        (FaultGroup::HangsUp, Zh) => "断开连接",
        (FaultGroup::BreaksTls, En) => "Breaks TLS",
        (FaultGroup::BreaksTls, Zh) => "TLS 出错",
        (FaultGroup::Combines, En) => "By chance",
        (FaultGroup::Combines, Zh) => "碰运气",
    }
}

/// Returns the label of the button that fills in a random seed.
pub fn random_seed(lang: Lang) -> &'static str {
    match lang {
        En => "Roll the dice",
        Zh => "掷骰子",
    }
}

/// Returns the question which outcome the user predicts.
pub fn prediction(lang: Lang) -> &'static str {
    match lang {
        En => "Predict what it will say:",
        Zh => "预测：程序会说什么？",
    }
}

/// Returns the translation of what the client prints at an outcome, or `None` if the text needs
/// none.
pub fn outcome_translation(lang: Lang, outcome: Outcome) -> Option<&'static str> {
    match (lang, outcome) {
        (En, _) | (Zh, Outcome::Waits) => None,
        (Zh, Outcome::Ok) => Some("回复正确"),
        (Zh, Outcome::Unexpected) => Some("内容不同"),
        (Zh, Outcome::NotReceived) => Some("没收够"),
        (Zh, Outcome::NotConnected) => Some("没连上"),
    }
}

/// Returns the outcome at which the client prints nothing.
pub fn prints_nothing(lang: Lang) -> &'static str {
    match lang {
        En => "nothing: it waits",
        Zh => "什么也不说：一直等",
    }
}

/// Returns the label of the predicted outcome.
pub fn predicted(lang: Lang) -> &'static str {
    match lang {
        En => "Predicted",
        Zh => "预测",
    }
}

/// Returns the label of the real outcome.
pub fn happened(lang: Lang) -> &'static str {
    match lang {
        En => "Happened",
        Zh => "结果",
    }
}

/// Returns the introduction of the faults that a seed combines.
pub fn combined_faults(lang: Lang) -> &'static str {
    match lang {
        En => "This seed mixes",
        Zh => "这个种子混合了",
    }
}

/// Returns the introduction of the one among several faults that led to the outcome.
pub fn decisive_fault(lang: Lang) -> &'static str {
    match lang {
        En => ". What decided here is",
        Zh => "。这一次起决定作用的是",
    }
}

/// Returns the introduction of the line of the client that decides.
pub fn decisive_line(lang: Lang) -> &'static str {
    match lang {
        En => "The line that decides:",
        Zh => "关键的一行：",
    }
}

/// Returns the introduction of the command that starts the same server in a terminal.
pub fn in_terminal(lang: Lang) -> &'static str {
    match lang {
        En => "This server in a terminal:",
        Zh => "在终端里启动这个服务器：",
    }
}
