//! The texts of a load test's verdict and results.

use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::modes::load::LoadTestEnd;
use page_model::modes::load::settings::{
    CONNECTIONS, EXCHANGES, LoadPlan, SECONDS, TIME_LIMIT_SECONDS,
};

use super::count::count;
use super::format::thousands;

/// Returns the text that says what Start does with a message of `bytes` bytes.
pub fn invitation(lang: Lang, plan: Option<LoadPlan>, bytes: usize) -> String {
    match (lang, plan) {
        (En, None) => "Choose how often, or for how long, and on how many connections.".into(),
        (Zh, None) => "请填写重复多少次或多少秒，以及用几条连接。".into(),
        (En, Some(LoadPlan { exchanges, max_seconds, connections })) => {
            let on = count(connections.into(), "connection");
            let ends = match exchanges {
                Some(exchanges) => {
                    format!("until {} are done", count(exchanges.into(), "exchange"))
                }
                None => format!("for {max_seconds} s"),
            };
            format!(
                "Press Start: {on}, each sends {}, waits for the reply and sends again, {ends}.",
                count(bytes as u64, "byte")
            )
        }
        (Zh, Some(LoadPlan { exchanges, max_seconds, connections })) => {
            let ends = match exchanges {
                Some(exchanges) => format!("共 {} 次", thousands(exchanges.into())),
                None => format!("持续 {max_seconds} 秒"),
            };
            let bytes = thousands(bytes as u64);
            format!(
                "按「开始」：{connections} 条连接，每条发出 {bytes} 个字节，等到回应再发下一次，{ends}。"
            )
        }
    }
}

/// Returns the limits of every load test.
pub fn bounds(lang: Lang) -> String {
    let (times, seconds) = (thousands((*EXCHANGES.end()).into()), SECONDS.end());
    let (connections, minutes) = (CONNECTIONS.end(), TIME_LIMIT_SECONDS / 60);
    match lang {
        En => format!(
            "At most {times} exchanges or {seconds} s, on {connections} connections; {minutes} \
             minutes end it in any case."
        ),
        Zh => format!(
            "最多 {times} 次或 {seconds} 秒，{connections} 条连接；无论如何，{minutes} 分钟后结束。"
        ),
    }
}

/// Returns the text that says how many exchanges are over, of how many if their number is planned.
pub fn exchanging(lang: Lang, done: u64, planned: Option<u32>) -> String {
    match (lang, planned) {
        (En, Some(planned)) => {
            format!("{} of {}", thousands(done), count(planned.into(), "exchange"))
        }
        (En, None) => count(done, "exchange"),
        (Zh, Some(planned)) => {
            format!("已收发 {}/{} 次", thousands(done), thousands(planned.into()))
        }
        (Zh, None) => format!("已收发 {} 次", thousands(done)),
    }
}

/// Returns the text that says that no exchange was completed.
pub fn no_exchange(lang: Lang) -> &'static str {
    match lang {
        En => "Stopped before the first reply",
        Zh => "第一个回应到来之前就停止了",
    }
}

/// Returns the text that says that all exchanges brought the message back.
pub fn all_same(lang: Lang, n: u64) -> String {
    match (lang, n) {
        (En, 1) => "1 exchange: it came back unchanged".into(),
        (En, n) => format!("{}: all came back unchanged", count(n, "exchange")),
        (Zh, n) => format!("收发 {} 次：全部原样返回", thousands(n)),
    }
}

/// Returns the text that says how many exchanges did not bring the message back.
pub fn some_failed(lang: Lang, done: u64, failed: u64) -> String {
    match (lang, done - failed) {
        (En, 0) => format!("{}: none came back unchanged", count(done, "exchange")),
        (En, _) => format!(
            "{}: {} did not come back unchanged",
            count(done, "exchange"),
            thousands(failed)
        ),
        (Zh, 0) => format!("收发 {} 次：没有一次原样返回", thousands(done)),
        (Zh, _) => format!("收发 {} 次：{} 次没有原样返回", thousands(done), thousands(failed)),
    }
}

/// Returns the elapsed seconds, of the planned ones if their number is planned.
pub fn elapsed(lang: Lang, seconds: &str, planned: Option<u32>) -> String {
    match (lang, planned) {
        (_, None) => format!("{seconds} s"),
        (En, Some(planned)) => format!("{seconds} of {planned} s"),
        (Zh, Some(planned)) => format!("{seconds} / {planned} s"),
    }
}

/// Returns the text that says what ended a load test.
pub fn end(lang: Lang, end: LoadTestEnd) -> &'static str {
    match (lang, end) {
        (_, LoadTestEnd::Done) => "",
        (En, LoadTestEnd::Stopped) => "You stopped it.",
        (Zh, LoadTestEnd::Stopped) => "你按了停止。",
        (En, LoadTestEnd::NoneLeft) => "No connection was left to go on with.",
        (Zh, LoadTestEnd::NoneLeft) => "没有可用的连接，无法继续。",
        (En, LoadTestEnd::TimeUp) => "It ended after ten minutes, as it always does.",
        (Zh, LoadTestEnd::TimeUp) => "满十分钟，照例结束。",
    }
}

/// Returns the text that says how long a load test took, and how many replies came in a second.
pub fn took(lang: Lang, time: &str, rate: u64) -> String {
    match lang {
        En => format!("{time}, {} a second", thousands(rate)),
        Zh => format!("用时 {time}，每秒 {} 次", thousands(rate)),
    }
}

/// Returns the text that says that no complete reply came within the time limit.
pub fn overdue(lang: Lang, seconds: u32) -> String {
    match lang {
        En => format!("no whole reply in {seconds} s"),
        Zh => format!("{seconds} 秒内没有收到完整的回应"),
    }
}

/// Returns the name of the failures of kinds that are not counted separately.
pub fn other_failures(lang: Lang) -> &'static str {
    match lang {
        En => "something else",
        Zh => "其他情况",
    }
}

/// The name of the times that the bridge measures, in every language.
pub const TCP: &str = "TCP";

/// Returns the text that says what the bridge measures.
pub fn tcp_means(lang: Lang) -> &'static str {
    match lang {
        En => {
            "from the start of the bridge's write to the end of the read that completes the reply"
        }
        Zh => "从桥接程序开始写，到读完整个回应",
    }
}

/// Returns the name of the times that the page measures.
pub fn browser(lang: Lang) -> &'static str {
    match lang {
        En => "Through the browser",
        Zh => "经过浏览器",
    }
}

/// Returns the text that says what the page measures.
pub fn browser_means(lang: Lang) -> &'static str {
    match lang {
        En => "from this page's send to its having the reply",
        Zh => "从本页发出，到本页收到整个回应",
    }
}

/// Returns the heading of the results.
pub fn heading(lang: Lang) -> &'static str {
    match lang {
        En => "How long it took",
        Zh => "用时",
    }
}

/// Returns the text that says how a load test goes, on so many connections.
pub fn method(lang: Lang, connections: u32) -> String {
    match lang {
        En => format!(
            "{}, kept open: each sends, waits for the reply and sends again. Right to within 1 %.",
            count(connections.into(), "connection")
        ),
        Zh => {
            format!("{connections} 条连接，一直保持：发出，等到回应，再发下一次。误差不超过 1%。")
        }
    }
}

/// Returns the description of one half of the chart: what it shows, the median, and the slowest.
pub fn half_of_chart(lang: Lang, name: &str, median: &str, slowest: &str) -> String {
    match lang {
        En => format!("{name}: half took at most {median}, the slowest {slowest}."),
        Zh => format!("{name}：一半不超过 {median}，最慢 {slowest}。"),
    }
}

/// Returns the text that says what the axes of the chart are.
pub fn axes(lang: Lang) -> &'static str {
    match lang {
        En => {
            "Across: time, each line ten times the one before. Up and down: how many exchanges. \
             Dashed: p50."
        }
        Zh => "横向是时间，每条竖线是前一条的十倍；上下是次数；虚线是 p50。",
    }
}

/// Returns the heading of the slowest exchange.
pub fn slowest(lang: Lang) -> &'static str {
    match lang {
        En => "slowest",
        Zh => "最慢",
    }
}
