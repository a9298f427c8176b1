//! The texts about parts of the page that are loaded on demand.

use page_model::Lang;
use page_model::Lang::{En, Zh};

/// Returns the message that a part of the page could not be loaded.
pub fn load_failed(lang: Lang) -> &'static str {
    match lang {
        En => {
            "This part of the page could not be loaded: the bridge is gone, or has a newer page, \
             which comes with a reload."
        }
        Zh => "页面的这一部分没能载入：桥接程序不在了，或者已经有了新版页面，刷新即可得到。",
    }
}

/// Returns the label of the button that loads the part again.
pub fn try_again(lang: Lang) -> &'static str {
    match lang {
        En => "Try again",
        Zh => "再试一次",
    }
}
