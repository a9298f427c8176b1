//! The texts of the runs that are over.

use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::runs::StorageStatus;
use page_model::runs::file::{Entry, ImportError, VERSION};
use page_model::runs::list::{ImportSummary, MAX_RUNS};
use page_model::runs::not_kept::NotKept;
use page_model::runs::request::MAX_REQUESTS;
use page_model::runs::shown::Sameness;
use page_model::runs::view::Notice;
use page_model::transcript::Direction;

use super::count::count;
use super::format::grouped;

/// Returns the heading of the list.
pub fn heading(lang: Lang) -> &'static str {
    match lang {
        En => "Runs",
        Zh => "收发记录",
    }
}

/// Returns the name of the menu of the list.
pub fn menu(lang: Lang) -> &'static str {
    match lang {
        En => "All runs",
        Zh => "全部记录",
    }
}

/// Returns the label of the button that reads a file.
pub fn import(lang: Lang) -> &'static str {
    match lang {
        En => "Import…",
        Zh => "导入…",
    }
}

/// Returns the label of the button that removes one entry.
pub fn delete(lang: Lang) -> &'static str {
    match lang {
        En => "Delete",
        Zh => "删除",
    }
}

/// Returns the label of the button that writes a file.
pub fn export(lang: Lang) -> &'static str {
    match lang {
        En => "Export",
        Zh => "导出",
    }
}

/// Returns the label of the button that removes all runs.
pub fn clear(lang: Lang) -> &'static str {
    match lang {
        En => "Clear",
        Zh => "清空",
    }
}

/// Returns the label of the button that restores the runs that were removed.
pub fn undo(lang: Lang) -> &'static str {
    match lang {
        En => "Undo",
        Zh => "撤销",
    }
}

/// Returns the result of an import or of a removal.
pub fn notice(lang: Lang, notice: &Notice) -> String {
    match (lang, notice) {
        (_, Notice::Imported(summary)) => imported(lang, *summary),
        (En, Notice::Refused(error)) => {
            format!("Nothing was imported: {}", import_error(lang, error))
        }
        (Zh, Notice::Refused(error)) => format!("没有导入：{}", import_error(lang, error)),
        (En, Notice::Removed(n)) => format!("{} removed.", count(*n as u64, "run")),
        (Zh, Notice::Removed(n)) => format!("已删除 {n} 条记录。"),
        (En, Notice::RequestRemoved(name)) => format!("Request “{name}” removed."),
        (Zh, Notice::RequestRemoved(name)) => format!("已删除请求「{name}」。"),
    }
}

fn imported(lang: Lang, summary: ImportSummary) -> String {
    let ImportSummary { new, known, left_out, new_requests, left_out_requests } = summary;
    let both = |runs: String, requests: String, and: &str| match (new, new_requests) {
        (_, 0) => runs,
        (0, _) => requests,
        _ => runs + and + &requests,
    };
    let sentences = match lang {
        En => [
            Some(format!(
                "{} came in.",
                both(count(new as u64, "run"), count(new_requests as u64, "request"), " and ")
            )),
            (known > 0).then(|| format!(" {known} were there already.")),
            (left_out > 0)
                .then(|| format!(" {left_out} did not fit: {MAX_RUNS} runs are the most.")),
            (left_out_requests > 0).then(|| {
                format!(" {left_out_requests} did not fit: {MAX_REQUESTS} requests are the most.")
            }),
        ],
        Zh => [
            Some(format!(
                "已导入 {}。",
                both(format!("{new} 条记录"), format!("{new_requests} 个请求"), "和 ")
            )),
            (known > 0).then(|| format!("另有 {known} 条原已存在。")),
            (left_out > 0)
                .then(|| format!("还有 {left_out} 条放不下：最多保留 {MAX_RUNS} 条记录。")),
            (left_out_requests > 0).then(|| {
                format!("还有 {left_out_requests} 个放不下：最多保存 {MAX_REQUESTS} 个请求。")
            }),
        ],
    };
    sentences.into_iter().flatten().collect()
}

fn import_error(lang: Lang, error: &ImportError) -> String {
    match (lang, error) {
        (En, ImportError::Unreadable) => "the file could not be read.".into(),
        (Zh, ImportError::Unreadable) => "文件无法读取。".into(),
        (En, ImportError::TooLong) => "the file is longer than any this page writes.".into(),
        (Zh, ImportError::TooLong) => "文件过大，不会是本页导出的。".into(),
        (En, ImportError::NotJson { line }) => format!("the file is no JSON (line {line})."),
        (Zh, ImportError::NotJson { line }) => format!("文件不是 JSON（第 {line} 行）。"),
        (En, ImportError::NotRuns) => "the file holds no requests or runs of this page.".into(),
        (Zh, ImportError::NotRuns) => "文件里没有本页的请求或收发记录。".into(),
        (En, ImportError::Newer(version)) => format!(
            "the file has version {version}, which a newer page wrote; this one reads {VERSION}."
        ),
        (Zh, ImportError::Newer(version)) => {
            format!("文件的版本是 {version}，由更新的页面导出；本页只认识版本 {VERSION}。")
        }
        (En, ImportError::Damaged { entry: Entry::Run(number), path }) => {
            format!("the file is damaged at run {number}, \"{path}\".")
        }
        (Zh, ImportError::Damaged { entry: Entry::Run(number), path }) => {
            format!("文件已损坏：第 {number} 条记录的「{path}」。")
        }
        (En, ImportError::Damaged { entry: Entry::Request(number), path }) => {
            format!("the file is damaged at request {number}, \"{path}\".")
        }
        (Zh, ImportError::Damaged { entry: Entry::Request(number), path }) => {
            format!("文件已损坏：第 {number} 个请求的「{path}」。")
        }
        (En, ImportError::TooManyRequests) => {
            format!("the file holds more than {MAX_REQUESTS} requests.")
        }
        (Zh, ImportError::TooManyRequests) => {
            format!("文件中的请求超过 {MAX_REQUESTS} 个。")
        }
        (En, ImportError::Unbounded { run }) => {
            format!("run {run} of the file holds more than a run may.")
        }
        (Zh, ImportError::Unbounded { run }) => {
            format!("文件中的第 {run} 条记录超出了允许的大小。")
        }
    }
}

/// Returns the text that says why the browser does not store the runs, or `None` if it does.
pub fn storage(lang: Lang, status: &StorageStatus) -> Option<String> {
    Some(match (lang, status) {
        (_, StorageStatus::Works) => return None,
        (En, StorageStatus::Refused) => {
            "This browser keeps nothing for this page (a private window, or no space left): after \
             a reload these requests and runs are gone. Export saves them."
                .into()
        }
        (Zh, StorageStatus::Refused) => {
            "浏览器不为本页保存数据（隐私窗口，或空间已满）：刷新后这些请求和记录就没有了，导出可以留住它们。".into()
        }
        (En, StorageStatus::Unread(error)) => format!(
            "The requests and runs of earlier visits could not be read: {} They stay as they are, \
             and new ones are not kept, until Clear.",
            import_error(lang, error)
        ),
        (Zh, StorageStatus::Unread(error)) => format!(
            "以前的请求和记录无法读取：{}清空之前，它们保持原样，新的也不会保存。",
            import_error(lang, error)
        ),
    })
}

/// Returns the text that introduces the date of an earlier run.
pub fn earlier(lang: Lang) -> &'static str {
    match lang {
        En => "Earlier run",
        Zh => "较早的记录",
    }
}

/// Returns the label of the button that sends the message of an earlier run again.
pub fn repeat(lang: Lang) -> &'static str {
    match lang {
        En => "Run again",
        Zh => "再来一次",
    }
}

/// Returns the text that says why a run cannot be repeated.
pub fn cannot_repeat(lang: Lang) -> &'static str {
    match lang {
        En => "The message was not kept whole, so it cannot be run again.",
        Zh => "消息没有完整保留，所以不能再来一次。",
    }
}

/// Returns the label of the button that compares an earlier run with another.
pub fn compare(lang: Lang) -> &'static str {
    match lang {
        En => "Compare…",
        Zh => "比较…",
    }
}

/// Returns the instruction to choose the run to compare with.
pub fn choose(lang: Lang) -> &'static str {
    match lang {
        En => "Now choose the run to compare it with.",
        Zh => "请选择要与它比较的那条记录。",
    }
}

/// Returns the label of the button that goes back to the latest run.
pub fn close(lang: Lang) -> &'static str {
    match lang {
        En => "Close",
        Zh => "关闭",
    }
}

/// Returns the heading over two runs.
pub fn compared(lang: Lang) -> &'static str {
    match lang {
        En => "Two runs compared",
        Zh => "两条记录对比",
    }
}

/// Returns the head of the row that says how each run ended.
pub fn verdict(lang: Lang) -> &'static str {
    match lang {
        En => "Verdict",
        Zh => "结果",
    }
}

/// Returns the text that says whether two replies are the same.
pub fn sameness(lang: Lang, sameness: Sameness) -> &'static str {
    match (lang, sameness) {
        (En, Sameness::Same) => "Both replies are the same, byte for byte.",
        (Zh, Sameness::Same) => "两次回应逐字节相同。",
        (En, Sameness::SameBeginnings) => "What was kept of both replies is the same.",
        (Zh, Sameness::SameBeginnings) => "两次回应中保留下来的部分相同。",
        (En, Sameness::Different) => "The replies differ.",
        (Zh, Sameness::Different) => "两次回应不同。",
    }
}

/// Returns the text that says how many of the bytes were kept.
pub fn beginning(lang: Lang, kept: usize, of: u64) -> String {
    let (kept, of) = (grouped(kept), grouped(of));
    match lang {
        En => format!(" (the first {kept} of {of} bytes)"),
        Zh => format!("（{of} 个字节中的前 {kept} 个）"),
    }
}

/// Returns the text that says what was not kept of a run.
pub fn not_kept(lang: Lang, not_kept: NotKept) -> String {
    match (lang, not_kept) {
        (En, NotKept::LongMessage(max)) => format!(
            "Its sequence and packets were not kept: the message is longer than {} bytes.",
            grouped(max)
        ),
        (Zh, NotKept::LongMessage(max)) => {
            format!("时序和报文没有保留：消息超过 {} 个字节。", grouped(max))
        }
        (En, NotKept::Beginning) => "Its sequence and packets were not kept.".into(),
        (Zh, NotKept::Beginning) => "时序和报文没有保留。".into(),
        (En, NotKept::Events { kept, total }) => {
            let (kept, total) = (grouped(kept), grouped(total));
            format!("Of its sequence, the first {kept} of {total} events were kept.")
        }
        (Zh, NotKept::Events { kept, total }) => {
            format!("时序只保留了 {} 个事件中的前 {} 个。", grouped(total), grouped(kept))
        }
        (En, NotKept::Packets(more)) => {
            format!("{} later reads, writes or packets were not kept.", grouped(more))
        }
        (Zh, NotKept::Packets(more)) => {
            format!("之后的 {} 次读写或报文没有保留。", grouped(more))
        }
        (En, NotKept::Bytes { direction, kept, total }) => {
            let moved = match direction {
                Direction::Sent => "sent",
                Direction::Received => "received",
            };
            let (kept, total) = (grouped(kept), grouped(total));
            format!("Of {total} bytes {moved}, the first {kept} were kept.")
        }
        (Zh, NotKept::Bytes { direction, kept, total }) => {
            let moved = match direction {
                Direction::Sent => "发送",
                Direction::Received => "收到",
            };
            let (kept, total) = (grouped(kept), grouped(total));
            format!("{moved}的 {total} 个字节中保留了前 {kept} 个。")
        }
    }
}
