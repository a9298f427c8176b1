//! How one talks, in Chinese.

use super::ModesWords;
use crate::i18n::format::thousands;
use page_model::modes::Mode;

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
    full: "没有发送：排队待发的已达上限 4 MiB，等服务器收下一些再试。",
    amount: "重复",
    unit: "单位",
    times: "次",
    seconds: "秒",
    connections: "连接数",
    range: |low, high| format!("请填 {low} 到 {} 之间的整数。", thousands(high.into())),
    start: "开始",
};
