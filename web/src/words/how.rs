//! How one talks: once, staying connected, again and again.

use super::format::thousands;
use crate::model::how::Way;
use crate::model::how::settings::{CONNECTIONS, LONGEST_SECONDS, Plan, SECONDS, TIMES};

/// The texts about it, in one language.
pub struct HowWords {
    /// The name of the switch.
    pub how: &'static str,
    /// A way.
    pub way: fn(Way) -> &'static str,
    /// Why the switch waits.
    pub locked: fn(Way) -> &'static str,
    /// Connects, and sends nothing yet.
    pub connect: &'static str,
    /// Connects once more.
    pub connect_again: &'static str,
    /// Sends FIN.
    pub finish: &'static str,
    /// Sends RST.
    pub reset: &'static str,
    /// Closes the connection.
    pub disconnect: &'static str,
    /// The three of them.
    pub end_it: &'static str,
    /// There is no room for what is to be sent.
    pub full: &'static str,
    /// What Send does, of so many bytes, and what Connect does.
    pub stay_idle: fn(usize) -> String,
    /// The connection to this target stands.
    pub connected: fn(&str) -> String,
    /// Nobody has said anything.
    pub nothing_said: &'static str,
    /// Both may speak, and somebody has.
    pub both_speak: &'static str,
    /// We finish, once what waits is sent.
    pub finishing: &'static str,
    /// We finished.
    pub we_finished: &'static str,
    /// They finished.
    pub they_finished: &'static str,
    /// The bridge was told to break it off.
    pub resetting: &'static str,
    /// So many bytes wait to be sent.
    pub queued: fn(usize) -> String,
    /// There was no connection, in these words.
    pub not_connected: fn(&str) -> String,
    /// It broke, in these words.
    pub broken: fn(&str) -> String,
    /// So many bytes were never sent.
    pub unsent: fn(usize) -> String,
    /// It is over, as both wanted it.
    pub over: &'static str,
    /// Both sides finished.
    pub both_finished: &'static str,
    /// We broke it off.
    pub we_reset: &'static str,
    /// What that means.
    pub we_reset_because: &'static str,
    /// We ended it.
    pub we_disconnected: &'static str,
    /// What that means.
    pub we_disconnected_because: &'static str,
    /// What the rows' times mean.
    pub since_connect: &'static str,
    /// The label of the amount.
    pub amount: &'static str,
    /// The label of the unit.
    pub unit: &'static str,
    /// Exchanges, as a unit.
    pub times: &'static str,
    /// Seconds, as a unit.
    pub seconds: &'static str,
    /// The label of the number of connections.
    pub connections: &'static str,
    /// A number must be within these.
    pub range: fn(u32, u32) -> String,
    /// Starts a repetition.
    pub start: &'static str,
    /// What Start does, with so many bytes.
    pub repeat_idle: fn(Option<Plan>, usize) -> String,
    /// What bounds it.
    pub bounds: fn() -> String,
    /// So many exchanges are done, of so many.
    pub under_way: fn(u64, Option<u32>) -> String,
    /// So many seconds of so many.
    pub of_seconds: fn(&str, u32) -> String,
    /// So many exchanges, all of them well.
    pub all_same: fn(u64) -> String,
    /// So many exchanges, of which so many went otherwise.
    pub some_not: fn(u64, u64) -> String,
    /// No exchange was completed.
    pub none: &'static str,
    /// Somebody stopped it.
    pub stopped: &'static str,
    /// No connection was left.
    pub none_left: &'static str,
    /// No number is complete after this long.
    pub longest: &'static str,
    /// It took so long, and so many a second.
    pub took: fn(&str, u64) -> String,
    /// No whole reply came in so many seconds.
    pub overdue: fn(u32) -> String,
    /// Something else.
    pub something_else: &'static str,
    /// Over TCP.
    pub tcp: &'static str,
    /// What that is.
    pub tcp_means: &'static str,
    /// Through the browser.
    pub browser: &'static str,
    /// What that is.
    pub browser_means: &'static str,
    /// The heading of the results.
    pub times_heading: &'static str,
    /// How a repetition goes, on so many connections.
    pub method: fn(u32) -> String,
    /// What the chart shows: what, most within these, and the longest.
    pub chart: fn(&str, &str, &str) -> String,
    /// The axes of the chart.
    pub axes: &'static str,
    /// The longest of all.
    pub slowest: &'static str,
}

fn exchanges(n: u64) -> String {
    if n == 1 { "1 exchange".into() } else { format!("{} exchanges", thousands(n)) }
}

fn connections(n: u32) -> String {
    if n == 1 { "1 connection".into() } else { format!("{n} connections") }
}

fn bytes(n: usize) -> String {
    if n == 1 { "1 byte".into() } else { format!("{} bytes", thousands(n as u64)) }
}

pub(super) const EN: HowWords = HowWords {
    how: "How",
    way: |way| match way {
        Way::Once => "Once",
        Way::Stay => "Stay connected",
        Way::Repeat => "Repeat",
    },
    locked: |way| match way {
        Way::Stay => "Disconnect before you switch.",
        _ => "Stop before you switch.",
    },
    connect: "Connect",
    connect_again: "Connect again",
    finish: "Finish (FIN)",
    reset: "Reset (RST)",
    disconnect: "Disconnect",
    end_it: "End the connection",
    full: "Not sent: as much as the page keeps, 4 MiB, already waits. Try again once the server has \
           taken some.",
    stay_idle: |n| match n {
        0 => {
            "Press Connect: the connection stays, and what comes is shown whenever it comes.".into()
        }
        n => format!(
            "Press Send to connect and send {}, or Connect to listen first. The connection stays \
             until one side ends it.",
            bytes(n)
        ),
    },
    connected: |target| format!("Connected to {target}"),
    nothing_said: "Nothing said yet; an echo server waits for you to speak.",
    both_speak: "Both sides may speak.",
    finishing: "What waits goes out first, then FIN.",
    we_finished: "You are finished (FIN sent): the server may still speak.",
    they_finished: "The server is finished (FIN): you may still speak.",
    resetting: "Breaking the connection off (RST).",
    queued: |n| format!("{} wait to be sent", bytes(n)),
    not_connected: |error| format!("Not connected: {error}"),
    broken: |error| format!("Connection lost: {error}"),
    unsent: |n| match n {
        1 => "1 byte was never sent.".into(),
        n => format!("{} were never sent.", bytes(n)),
    },
    over: "The connection is over",
    both_finished: "Both sides finished, each with a FIN.",
    we_reset: "You broke the connection off",
    we_reset_because: "With RST: what was still on its way may be lost, on both sides.",
    we_disconnected: "You disconnected",
    we_disconnected_because: "What you had sent still reaches the server, then FIN; what it still \
                              says is not read.",
    since_connect: "since the start, by this page's clock",
    amount: "Repeat",
    unit: "Unit",
    times: "times",
    seconds: "s",
    connections: "Connections",
    range: |low, high| format!("A number from {low} to {}.", thousands(high.into())),
    start: "Start",
    repeat_idle: |plan, n| match plan {
        None => "Choose how often, or for how long, and on how many connections.".into(),
        Some(Plan { times, seconds, connections: on }) => {
            let on = connections(on);
            let ends = match times {
                Some(times) => format!("until {} are done", exchanges(times.into())),
                None => format!("for {seconds} s"),
            };
            format!(
                "Press Start: {on}, each sends {}, waits for the reply and sends again, {ends}.",
                bytes(n)
            )
        }
    },
    bounds: || {
        format!(
            "At most {} exchanges or {} s, on {} connections; {} minutes end it in any case.",
            thousands((*TIMES.end()).into()),
            SECONDS.end(),
            CONNECTIONS.end(),
            LONGEST_SECONDS / 60
        )
    },
    under_way: |done, of| match of {
        Some(of) => format!("{} of {}", thousands(done), exchanges(of.into())),
        None => exchanges(done),
    },
    of_seconds: |now, of| format!("{now} of {of} s"),
    all_same: |n| match n {
        1 => "1 exchange: it came back unchanged".into(),
        n => format!("{}: all came back unchanged", exchanges(n)),
    },
    some_not: |n, others| match n - others {
        0 => format!("{}: none came back unchanged", exchanges(n)),
        _ => format!("{}: {} did not come back unchanged", exchanges(n), thousands(others)),
    },
    none: "Stopped before the first reply",
    stopped: "You stopped it.",
    none_left: "No connection was left to go on with.",
    longest: "It ended after ten minutes, as it always does.",
    took: |time, rate| format!("{time}, {} a second", thousands(rate)),
    overdue: |s| format!("no whole reply in {s} s"),
    something_else: "something else",
    tcp: "TCP",
    tcp_means: "from the bridge's write to the read that completes the reply",
    browser: "Through the browser",
    browser_means: "from this page's send to its having the reply",
    times_heading: "How long it took",
    method: |n| {
        format!(
            "{}, kept open: each sends, waits for the reply and sends again. Right to within 1 %.",
            connections(n)
        )
    },
    chart: |what, middle, longest| {
        format!("{what}: half took at most {middle}, the slowest {longest}.")
    },
    axes: "Across: time, each line ten times the one before. Up and down: how many exchanges. \
           Dashed: p50.",
    slowest: "slowest",
};

pub(super) const ZH: HowWords = HowWords {
    how: "方式",
    way: |way| match way {
        Way::Once => "一次收发",
        Way::Stay => "保持连接",
        Way::Repeat => "重复",
    },
    locked: |way| match way {
        Way::Stay => "先断开，才能切换方式。",
        _ => "先停止，才能切换方式。",
    },
    connect: "连接",
    connect_again: "重新连接",
    finish: "发完了（FIN）",
    reset: "强制断开（RST）",
    disconnect: "断开",
    end_it: "结束连接",
    full: "没有发送：排队待发的已达上限 4 MiB，等服务器收下一些再试。",
    stay_idle: |n| match n {
        0 => "按「连接」：连接会一直保持，收到什么就显示什么。".into(),
        n => format!(
            "按「发送」：连上并发出 {n} 个字节；按「连接」：先听对方说。连接会一直保持，直到一方结束它。"
        ),
    },
    connected: |target| format!("已连接 {target}"),
    nothing_said: "还没有人说话；回显服务器在等你先开口。",
    both_speak: "双方都可以继续说。",
    finishing: "先发完排队的字节，再发 FIN。",
    we_finished: "你发完了（已发 FIN）：服务器还可以继续说。",
    they_finished: "服务器发完了（FIN）：你还可以继续说。",
    resetting: "正在强制断开（RST）。",
    queued: |n| format!("{n} 个字节排队待发"),
    not_connected: |error| format!("没连上：{error}"),
    broken: |error| format!("连接断了：{error}"),
    unsent: |n| format!("有 {n} 个字节没有发出。"),
    over: "连接已结束",
    both_finished: "双方都发完了，各发了一个 FIN。",
    we_reset: "你强制断开了连接",
    we_reset_because: "用的是 RST：还在路上的字节可能丢失，双方都是。",
    we_disconnected: "你断开了连接",
    we_disconnected_because: "已发出的仍会送到服务器，然后是 FIN；服务器之后再说什么，就不读了。",
    since_connect: "自开始连接起，以本页时钟计",
    amount: "重复",
    unit: "单位",
    times: "次",
    seconds: "秒",
    connections: "连接数",
    range: |low, high| format!("请填 {low} 到 {} 之间的整数。", thousands(high.into())),
    start: "开始",
    repeat_idle: |plan, n| match plan {
        None => "请填写重复多少次或多少秒，以及用几条连接。".into(),
        Some(Plan { times, seconds, connections }) => {
            let ends = match times {
                Some(times) => format!("共 {} 次", thousands(times.into())),
                None => format!("持续 {seconds} 秒"),
            };
            format!(
                "按「开始」：{connections} 条连接，每条发出 {n} 个字节，等到回应再发下一次，{ends}。"
            )
        }
    },
    bounds: || {
        format!(
            "最多 {} 次或 {} 秒，{} 条连接；无论如何，{} 分钟后结束。",
            thousands((*TIMES.end()).into()),
            SECONDS.end(),
            CONNECTIONS.end(),
            LONGEST_SECONDS / 60
        )
    },
    under_way: |done, of| match of {
        Some(of) => format!("已收发 {}/{} 次", thousands(done), thousands(of.into())),
        None => format!("已收发 {} 次", thousands(done)),
    },
    of_seconds: |now, of| format!("{now} / {of} s"),
    all_same: |n| format!("收发 {} 次：全部原样返回", thousands(n)),
    some_not: |n, others| match n - others {
        0 => format!("收发 {} 次：没有一次原样返回", thousands(n)),
        _ => format!("收发 {} 次：{} 次没有原样返回", thousands(n), thousands(others)),
    },
    none: "第一个回应到来之前就停止了",
    stopped: "你按了停止。",
    none_left: "没有可用的连接，无法继续。",
    longest: "满十分钟，照例结束。",
    took: |time, rate| format!("用时 {time}，每秒 {} 次", thousands(rate)),
    overdue: |s| format!("{s} 秒内没有收到完整的回应"),
    something_else: "其他情况",
    tcp: "TCP",
    tcp_means: "从桥接程序写出，到读完整个回应",
    browser: "经过浏览器",
    browser_means: "从本页发出，到本页收到整个回应",
    times_heading: "用时",
    method: |n| format!("{n} 条连接，一直保持：发出，等到回应，再发下一次。误差不超过 1%。"),
    chart: |what, middle, longest| format!("{what}：一半不超过 {middle}，最慢 {longest}。"),
    axes: "横向是时间，每条竖线是前一条的十倍；上下是次数；虚线是 p50。",
    slowest: "最慢",
};
