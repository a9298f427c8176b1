//! How one talks, in Chinese.

use super::ModesWords;
use crate::i18n::format::thousands;
use page_model::modes::Mode;
use page_model::modes::load::settings::{CONNECTIONS, LONGEST_SECONDS, LoadPlan, SECONDS, TIMES};

pub(in crate::i18n) const ZH: ModesWords = ModesWords {
    how: "方式",
    mode: |mode| match mode {
        Mode::Once => "一次收发",
        Mode::Interactive => "保持连接",
        Mode::Load => "重复",
    },
    locked: |mode| match mode {
        Mode::Interactive => "先断开，才能切换方式。",
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
    peer_closed: "服务器发完了（FIN）：你还可以继续说。",
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
    amount: "重复",
    unit: "单位",
    times: "次",
    seconds: "秒",
    connections: "连接数",
    range: |low, high| format!("请填 {low} 到 {} 之间的整数。", thousands(high.into())),
    start: "开始",
    repeat_idle: |plan, n| match plan {
        None => "请填写重复多少次或多少秒，以及用几条连接。".into(),
        Some(LoadPlan { times, seconds, connections }) => {
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
