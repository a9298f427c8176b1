//! The texts of the runs that are over.

use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::runs::StorageStatus;
use page_model::runs::file::{ImportError, VERSION};
use page_model::runs::list::{ImportSummary, MAX_RUNS};
use page_model::runs::shown::Sameness;
use page_model::runs::view::Notice;

use super::count::count;

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
        (En, Notice::Cleared(n)) => format!("{} removed.", count(*n as u64, "run")),
        (Zh, Notice::Cleared(n)) => format!("已清空 {n} 条记录。"),
    }
}

fn imported(lang: Lang, ImportSummary { new, known, left_out }: ImportSummary) -> String {
    let sentences = match lang {
        En => [
            Some(format!("{} came in.", count(new as u64, "run"))),
            (known > 0).then(|| format!(" {known} were there already.")),
            (left_out > 0).then(|| format!(" {left_out} did not fit: {MAX_RUNS} are the most.")),
        ],
        Zh => [
            Some(format!("已导入 {new} 条记录。")),
            (known > 0).then(|| format!("另有 {known} 条原已存在。")),
            (left_out > 0).then(|| format!("还有 {left_out} 条放不下：最多保留 {MAX_RUNS} 条。")),
        ],
    };
    sentences.into_iter().flatten().collect()
}

fn import_error(lang: Lang, error: &ImportError) -> String {
    match (lang, error) {
        (En, ImportError::Unreadable) => "the file could not be read.".into(),
        (Zh, ImportError::Unreadable) => "文件无法读取。".into(),
        (En, ImportError::NotLoaded) => {
            "this part of the page could not be loaded. Check that the bridge is running, and \
             reload the page."
                .into()
        }
        (Zh, ImportError::NotLoaded) => {
            "页面的这一部分没能载入。请确认桥接程序正在运行，然后刷新页面。".into()
        }
        (En, ImportError::TooLong) => "the file is longer than any this page writes.".into(),
        (Zh, ImportError::TooLong) => "文件过大，不会是本页导出的。".into(),
        (En, ImportError::NotJson { line }) => format!("the file is no JSON (line {line})."),
        (Zh, ImportError::NotJson { line }) => format!("文件不是 JSON（第 {line} 行）。"),
        (En, ImportError::NotRuns) => "the file holds no runs of this page.".into(),
        (Zh, ImportError::NotRuns) => "文件里没有本页的收发记录。".into(),
        (En, ImportError::Newer(version)) => format!(
            "the file has version {version}, which a newer page wrote; this one reads {VERSION}."
        ),
        (Zh, ImportError::Newer(version)) => {
            format!("文件的版本是 {version}，由更新的页面导出；本页只认识版本 {VERSION}。")
        }
        (En, ImportError::Damaged { run, path }) => {
            format!("the file is damaged at run {run}, \"{path}\".")
        }
        (Zh, ImportError::Damaged { run, path }) => {
            format!("文件已损坏：第 {run} 条记录的「{path}」。")
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
        (_, StorageStatus::Works | StorageStatus::Reading { .. }) => return None,
        (En, StorageStatus::Refused) => {
            "This browser keeps nothing for this page (a private window, or no space left): after \
             a reload these runs are gone. Export saves them."
                .into()
        }
        (Zh, StorageStatus::Refused) => {
            "浏览器不为本页保存数据（隐私窗口，或空间已满）：刷新后这些记录就没有了，导出可以留住它们。".into()
        }
        (En, StorageStatus::Unread(error)) => format!(
            "The runs of earlier visits could not be read: {} They stay as they are, and new ones \
             are not kept, until Clear.",
            import_error(lang, error)
        ),
        (Zh, StorageStatus::Unread(error)) => format!(
            "以前的记录无法读取：{}清空之前，它们保持原样，新的记录也不会保存。",
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
    match lang {
        En => format!(" (the first {kept} of {of} bytes)"),
        Zh => format!("（{of} 个字节中的前 {kept} 个）"),
    }
}
