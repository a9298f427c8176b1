//! The runs that are over.

use page_model::runs::file::ImportError;
use page_model::runs::list::{ImportSummary, MAX_RUNS};

/// The texts about runs.
pub struct RunsWords {
    /// The heading of the list.
    pub runs: &'static str,
    /// What the button `⋯` is for.
    pub more: &'static str,
    /// The button that reads a file.
    pub import: &'static str,
    /// The button that writes one.
    pub export: &'static str,
    /// The button that removes all runs.
    pub clear: &'static str,
    /// The button that brings them back.
    pub undo: &'static str,
    /// So many were removed.
    pub cleared: fn(usize) -> String,
    /// What became of the runs in a file.
    pub imported: fn(ImportSummary) -> String,
    /// A file was not taken, for this reason.
    pub not_imported: fn(&str) -> String,
    /// Why a file is not taken.
    pub refused: fn(&ImportError) -> String,
    /// The browser keeps nothing.
    pub not_kept: &'static str,
    /// What it had kept could not be read, for this reason.
    pub unread: fn(&str) -> String,
    /// What leads over to the date of an earlier run.
    pub earlier: &'static str,
    /// The button that sends its message again.
    pub repeat: &'static str,
    /// Why there is no such button.
    pub not_whole: &'static str,
    /// The button that compares it.
    pub compare: &'static str,
    /// What to do then.
    pub choose: &'static str,
    /// The button that goes back to the latest run.
    pub close: &'static str,
    /// The heading over two runs.
    pub compared: &'static str,
    /// How each ended.
    pub verdict: &'static str,
    /// How long each took as the browser sees it.
    pub browser: &'static str,
    /// The replies are the same.
    pub same_replies: &'static str,
    /// What was kept of them is.
    pub same_beginnings: &'static str,
    /// They differ.
    pub different_replies: &'static str,
    /// Of so many bytes only the first were kept.
    pub beginning: fn(usize, u64) -> String,
}

pub(super) const EN: RunsWords = RunsWords {
    runs: "Runs",
    more: "All runs",
    import: "Import…",
    export: "Export",
    clear: "Clear",
    undo: "Undo",
    cleared: |n| if n == 1 { "1 run removed.".into() } else { format!("{n} runs removed.") },
    imported: |ImportSummary { new, known, left_out }| {
        let came = if new == 1 { "1 run came in.".into() } else { format!("{new} runs came in.") };
        let known = (known > 0).then(|| format!(" {known} were there already."));
        let left_out =
            (left_out > 0).then(|| format!(" {left_out} did not fit: {MAX_RUNS} are the most."));
        [Some(came), known, left_out].into_iter().flatten().collect()
    },
    not_imported: |why| format!("Nothing was imported: {why}"),
    refused: |why| match why {
        ImportError::Unreadable => "the file could not be read.".into(),
        ImportError::TooLong => "the file is longer than any this page writes.".into(),
        ImportError::NotJson { line } => format!("the file is no JSON (line {line})."),
        ImportError::NotRuns => "the file holds no runs of this page.".into(),
        ImportError::Newer(version) => {
            format!("the file has version {version}, which a newer page wrote; this one reads 1.")
        }
        ImportError::Damaged { run, path } => {
            format!("the file is damaged at run {run}, \"{path}\".")
        }
        ImportError::Unbounded { run } => {
            format!("run {run} of the file holds more than a run may.")
        }
    },
    not_kept: "This browser keeps nothing for this page (a private window, or no space left): \
               after a reload these runs are gone. Export saves them.",
    unread: |why| {
        format!(
            "The runs of earlier visits could not be read: {why} They stay as they are, and new \
             ones are not kept, until Clear."
        )
    },
    earlier: "Earlier run",
    repeat: "Run again",
    not_whole: "The message was not kept whole, so it cannot be run again.",
    compare: "Compare…",
    choose: "Now choose the run to compare it with.",
    close: "Close",
    compared: "Two runs compared",
    verdict: "Verdict",
    browser: "Through the browser",
    same_replies: "Both replies are the same, byte for byte.",
    same_beginnings: "What was kept of both replies is the same.",
    different_replies: "The replies differ.",
    beginning: |kept, of| format!(" (the first {kept} of {of} bytes)"),
};

pub(super) const ZH: RunsWords = RunsWords {
    runs: "收发记录",
    more: "全部记录",
    import: "导入…",
    export: "导出",
    clear: "清空",
    undo: "撤销",
    cleared: |n| format!("已清空 {n} 条记录。"),
    imported: |ImportSummary { new, known, left_out }| {
        let known = (known > 0).then(|| format!("另有 {known} 条原已存在。"));
        let left_out =
            (left_out > 0).then(|| format!("还有 {left_out} 条放不下：最多保留 {MAX_RUNS} 条。"));
        let came = Some(format!("已导入 {new} 条记录。"));
        [came, known, left_out].into_iter().flatten().collect()
    },
    not_imported: |why| format!("没有导入：{why}"),
    refused: |why| match why {
        ImportError::Unreadable => "文件无法读取。".into(),
        ImportError::TooLong => "文件过大，不会是本页导出的。".into(),
        ImportError::NotJson { line } => format!("文件不是 JSON（第 {line} 行）。"),
        ImportError::NotRuns => "文件里没有本页的收发记录。".into(),
        ImportError::Newer(version) => {
            format!("文件的版本是 {version}，由更新的页面导出；本页只认识版本 1。")
        }
        ImportError::Damaged { run, path } => {
            format!("文件已损坏：第 {run} 条记录的「{path}」。")
        }
        ImportError::Unbounded { run } => format!("文件中的第 {run} 条记录超出了允许的大小。"),
    },
    not_kept: "浏览器不为本页保存数据（隐私窗口，或空间已满）：刷新后这些记录就没有了，导出可以留住\
               它们。",
    unread: |why| format!("以前的记录无法读取：{why}清空之前，它们保持原样，新的记录也不会保存。"),
    earlier: "较早的记录",
    repeat: "再来一次",
    not_whole: "消息没有完整保留，所以不能再来一次。",
    compare: "比较…",
    choose: "请选择要与它比较的那条记录。",
    close: "关闭",
    compared: "两条记录对比",
    verdict: "结果",
    browser: "经过浏览器",
    same_replies: "两次回应逐字节相同。",
    same_beginnings: "两次回应中保留下来的部分相同。",
    different_replies: "两次回应不同。",
    beginning: |kept, of| format!("（{of} 个字节中的前 {kept} 个）"),
};
