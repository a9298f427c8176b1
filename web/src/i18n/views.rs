//! The views of what happened.

use page_model::transcript::{Direction, Note};

/// The texts of the views.
pub struct ViewWords {
    /// The tabs, to those who do not see them.
    pub views: &'static str,
    /// The view of the bytes.
    pub bytes: &'static str,
    /// The view of the packets.
    pub packets: &'static str,
    /// What is seen is not happening now.
    pub replay: &'static str,
    /// Which event of how many a replay is at.
    pub step: fn(usize, usize) -> String,
    /// Replays the event before.
    pub step_back: &'static str,
    /// Replays the next event.
    pub step_on: &'static str,
    /// So many rows alike, of the bridge's writes or not, with so many bytes in all.
    pub many: fn(Direction, bool, u64, &str) -> String,
    /// The bridge wrote so many bytes.
    pub wrote: fn(&str) -> String,
    /// The three who talk.
    pub page: &'static str,
    /// The second of them.
    pub bridge: &'static str,
    /// The third.
    pub server: &'static str,
    /// What the times between the latter two mean.
    pub bridge_clock: &'static str,
    /// Nobody saw it, but it must have happened.
    pub inferred: &'static str,
    /// Something that is neither bytes nor a line of the program.
    pub note: fn(&Note) -> String,
    /// So many rows are gone.
    pub dropped: fn(u64) -> String,
    /// No row is what the filter asks for.
    pub none: &'static str,
    /// The filter by text.
    pub filter: &'static str,
    /// The filter by direction.
    pub direction: &'static str,
    /// Its choices.
    pub both: &'static str,
    /// Only what was sent.
    pub only_sent: &'static str,
    /// Only what came.
    pub only_received: &'static str,
    /// Copies the row that was chosen.
    pub copy_row: &'static str,
    /// Copies all rows.
    pub copy_all: &'static str,
    /// Saves the Timeline as an SVG file.
    pub save_picture: &'static str,
    /// Both directions in the order of the wire.
    pub follow: &'static str,
    /// How many bytes.
    pub count: fn(u64) -> String,
    /// So many bytes went this way.
    pub moved: fn(Direction, &str) -> String,
    /// Only so much of it is kept.
    pub newest: fn(&str) -> String,
    /// There is nothing to see yet.
    pub no_bytes: &'static str,
    /// The bytes, to those who do not see them.
    pub grid: &'static str,
    /// Which byte of how many.
    pub byte: fn(u64, u64) -> String,
    /// The byte of a control character, or the space: its name, from its English one.
    pub control: fn(u8, &'static str) -> &'static str,
    /// Which byte of how many of a character.
    pub part: fn(usize, usize, char) -> String,
    /// A byte that is no part of a character.
    pub no_character: &'static str,
    /// A byte that came otherwise.
    pub changed: &'static str,
    /// A byte that did not come.
    pub missing: &'static str,
    /// A byte that nobody expected.
    pub extra: &'static str,
}

pub(super) const EN: ViewWords = ViewWords {
    views: "Views",
    bytes: "Bytes",
    packets: "Packets",
    replay: "replay, not live",
    step: |at, of| format!("event {at} of {of}"),
    step_back: "← Step",
    step_on: "Step →",
    many: |way, wrote, count, size| match way {
        Direction::Sent if wrote => format!("{count} writes · {size}"),
        Direction::Sent => format!("{count} messages · {size}"),
        Direction::Received => format!("{count} reads · {size}"),
    },
    wrote: |size| format!("The bridge wrote {size}"),
    page: "page",
    bridge: "bridge",
    server: "server",
    bridge_clock: "µs: since the session began, by the bridge's clock",
    inferred: "inferred",
    note: |note| match note {
        Note::Printed(line) => line.to_string(),
        Note::Connected(peer) => format!("Connected to {peer}"),
        Note::Finished(Direction::Sent) => "You finished (FIN); replies may still come".into(),
        Note::Finished(Direction::Received) => "The server finished (FIN)".into(),
        Note::Reset(Direction::Sent) => "You broke the connection off (RST)".into(),
        Note::Reset(Direction::Received) => "The server broke the connection off (RST)".into(),
        Note::Failed(error) => format!("Failed: {error}"),
        Note::Disconnected => "Disconnected".into(),
    },
    dropped: |rows| match rows {
        1 => "The oldest row is no longer kept.".into(),
        _ => format!("The oldest {rows} rows are no longer kept."),
    },
    none: "No row matches.",
    filter: "Filter rows",
    direction: "Direction",
    both: "→ and ←",
    only_sent: "→ sent",
    only_received: "← received",
    copy_row: "Copy row",
    copy_all: "Copy all rows",
    save_picture: "Save as SVG",
    follow: "Follow",
    count: |n| if n == 1 { "1 byte".into() } else { format!("{n} bytes") },
    moved: |way, count| match way {
        Direction::Sent => format!("{count} sent"),
        Direction::Received => format!("{count} received"),
    },
    newest: |size| format!(", the newest {size} kept"),
    no_bytes: "No bytes yet.",
    grid: "Bytes, sent and received",
    byte: |at, of| format!("byte {at} of {of}"),
    control: |_, name| name,
    part: |nth, of, character| format!("byte {nth} of {character}'s {of}"),
    no_character: "no part of a character",
    changed: "changed",
    missing: "missing",
    extra: "extra",
};

pub(super) const ZH: ViewWords = ViewWords {
    views: "视图",
    bytes: "字节",
    packets: "报文",
    replay: "回放，非实时",
    step: |at, of| format!("第 {at}/{of} 个事件"),
    step_back: "← 上一步",
    step_on: "下一步 →",
    many: |way, wrote, count, size| match way {
        Direction::Sent if wrote => format!("{count} 次写入 · {size}"),
        Direction::Sent => format!("{count} 条消息 · {size}"),
        Direction::Received => format!("{count} 次读取 · {size}"),
    },
    wrote: |size| format!("桥接程序写出 {size}"),
    page: "网页",
    bridge: "桥接程序",
    server: "服务器",
    bridge_clock: "µs：自会话开始，以桥接程序的时钟计",
    inferred: "推断",
    note: |note| match note {
        Note::Printed(line) => line.to_string(),
        Note::Connected(peer) => format!("已连接 {peer}"),
        Note::Finished(Direction::Sent) => "你发完了（FIN），仍可接收".into(),
        Note::Finished(Direction::Received) => "服务器发完了（FIN）".into(),
        Note::Reset(Direction::Sent) => "你强制断开了连接（RST）".into(),
        Note::Reset(Direction::Received) => "服务器强制断开了连接（RST）".into(),
        Note::Failed(error) => format!("失败：{error}"),
        Note::Disconnected => "已断开".into(),
    },
    dropped: |rows| format!("最早的 {rows} 行已不再保留。"),
    none: "没有符合条件的行。",
    filter: "筛选",
    direction: "方向",
    both: "→ 和 ←",
    only_sent: "→ 发出",
    only_received: "← 收回",
    copy_row: "复制此行",
    copy_all: "复制所有行",
    save_picture: "保存为 SVG",
    follow: "按时间交错",
    count: |n| format!("{n} 个字节"),
    moved: |way, count| match way {
        Direction::Sent => format!("发出 {count}"),
        Direction::Received => format!("收回 {count}"),
    },
    newest: |size| format!("，只保留最新的 {size}"),
    no_bytes: "还没有字节。",
    grid: "发出和收回的字节",
    byte: |at, of| format!("第 {at} 个字节，共 {of} 个"),
    control: |byte, _| control_zh(byte),
    part: |nth, of, character| format!("「{character}」{of} 个字节中的第 {nth} 个"),
    no_character: "不属于任何字符",
    changed: "不同",
    missing: "缺失",
    extra: "多出",
};

/// The control characters as Chinese standards (GB/T 1988) name them, and the space.
fn control_zh(byte: u8) -> &'static str {
    const NAMES: [&str; 33] = [
        "空",
        "标题开始",
        "正文开始",
        "正文结束",
        "传输结束",
        "询问",
        "确认",
        "响铃",
        "退格",
        "横向制表",
        "换行",
        "纵向制表",
        "换页",
        "回车",
        "移出",
        "移入",
        "数据链路转义",
        "设备控制 1",
        "设备控制 2",
        "设备控制 3",
        "设备控制 4",
        "否认",
        "同步空转",
        "传输块结束",
        "作废",
        "媒体结束",
        "替换",
        "转义",
        "文卷分隔",
        "群分隔",
        "记录分隔",
        "单元分隔",
        "空格",
    ];
    NAMES.get(usize::from(byte)).copied().unwrap_or("删除")
}
