//! The texts of the saved requests.

use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::runs::request::{MAX_NAME, MAX_REQUESTS, RequestError};
use page_model::runs::requests::FormError;
use page_model::setup::{MAX_MESSAGE, TooLong};

use super::format::limit;

/// Returns the heading.
pub fn heading(lang: Lang) -> &'static str {
    match lang {
        En => "Saved",
        Zh => "已保存的请求",
    }
}

/// Returns the label of the button that opens the form.
pub fn save(lang: Lang) -> &'static str {
    match lang {
        En => "Save request…",
        Zh => "保存请求…",
    }
}

/// Returns the label of the field for a name.
pub fn name(lang: Lang) -> &'static str {
    match lang {
        En => "Name",
        Zh => "名称",
    }
}

/// Returns the label of the button that does what the form is open for.
pub fn submit(lang: Lang, is_rename: bool, replaces: bool) -> &'static str {
    match (lang, is_rename, replaces) {
        (En, _, true) => "Replace",
        (Zh, _, true) => "替换",
        (En, true, false) => "Rename",
        (Zh, true, false) => "改名",
        (En, false, false) => "Save",
        (Zh, false, false) => "保存",
    }
}

/// Returns the label of the button that closes the form.
pub fn cancel(lang: Lang) -> &'static str {
    match lang {
        En => "Cancel",
        Zh => "取消",
    }
}

/// Returns the label of the button that opens the form to rename a request.
pub fn rename(lang: Lang) -> &'static str {
    match lang {
        En => "Rename…",
        Zh => "改名…",
    }
}

/// Returns the text that warns of another request of the same name.
pub fn replaces(lang: Lang) -> &'static str {
    match lang {
        En => "There is a request of this name: it will be replaced.",
        Zh => "已有同名的请求，将被替换。",
    }
}

/// Returns the text that says why a request cannot be saved.
pub fn error(lang: Lang, error: FormError) -> String {
    match (lang, error) {
        (En, FormError::Invalid(RequestError::NoName)) => "Type a name.".into(),
        (Zh, FormError::Invalid(RequestError::NoName)) => "请输入名称。".into(),
        (En, FormError::Invalid(RequestError::LongName)) => {
            format!("A name has at most {MAX_NAME} characters.")
        }
        (Zh, FormError::Invalid(RequestError::LongName)) => {
            format!("名称最多 {MAX_NAME} 个字符。")
        }
        (_, FormError::Invalid(RequestError::TooLong(what))) => too_long(lang, what),
        // Only what is read from a file has these errors.
        (_, FormError::Invalid(RequestError::Expect | RequestError::Attachment)) => String::new(),
        (En, FormError::Full) => {
            format!("{MAX_REQUESTS} requests are the most. Delete one before you save another.")
        }
        (Zh, FormError::Full) => format!("最多保存 {MAX_REQUESTS} 个请求，请先删除一个。"),
    }
}

fn too_long(lang: Lang, what: TooLong) -> String {
    let limit = limit(MAX_MESSAGE as u64);
    match (lang, what) {
        (En, TooLong::Message) => {
            format!("The message is too long to be saved: {limit} are the most. Shorten it.")
        }
        (Zh, TooLong::Message) => format!("消息太长，无法保存：最多 {limit}。请缩短消息。"),
        (En, TooLong::Attachment) => {
            format!("The attached file is too large to be saved: {limit} are the most. Remove it.")
        }
        (Zh, TooLong::Attachment) => {
            format!("附加的文件太大，无法保存：最多 {limit}。请移除文件。")
        }
        (En, TooLong::Expected) => {
            "The expected bytes are too long to be saved. Shorten them.".into()
        }
        (Zh, TooLong::Expected) => "期望收回的字节太长，无法保存。请缩短它们。".into(),
        (En, TooLong::Target) => "The target is too long to be saved.".into(),
        (En, TooLong::Rules) => "The rules are too long to be saved.".into(),
        (Zh, TooLong::Rules) => "规则太长，无法保存。".into(),
        (Zh, TooLong::Target) => "目标太长，无法保存。".into(),
    }
}
