//! The names of the buttons that explain terms.

use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::topic::Topic;

/// Returns the accessible name of the button that explains some terms.
pub fn explain(lang: Lang, topic: Topic) -> &'static str {
    match (lang, topic) {
        (En, Topic::Endings) => "What are FIN, RST and Disconnect?",
        (Zh, Topic::Endings) => "FIN、RST 和断开是什么？",
        (En, Topic::Follow) => "What does Follow do?",
        (Zh, Topic::Follow) => "「按时间交错」是什么？",
        (En, Topic::Percentiles) => "What is p50?",
        (Zh, Topic::Percentiles) => "p50 是什么？",
        (En, Topic::Bridge | Topic::MissingBridge) => "What is the bridge?",
        (Zh, Topic::Bridge | Topic::MissingBridge) => "桥接程序是什么？",
        (En, Topic::Lab) => "What do these words mean?",
        (Zh, Topic::Lab) => "这些词是什么意思？",
    }
}

/// Returns the accessible name of the region of the explanations.
pub fn explanations(lang: Lang) -> &'static str {
    match lang {
        En => "Explanations",
        Zh => "解释",
    }
}
