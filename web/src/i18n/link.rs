//! Links.

/// The texts about links.
pub struct LinkWords {
    /// The button that copies one.
    pub copy: &'static str,
    /// The message does not fit into one.
    pub too_long: &'static str,
    /// A value of the link that was opened is not understood.
    pub bad: fn(key: &str, value: &str) -> String,
}

pub(super) const EN: LinkWords = LinkWords {
    copy: "Copy link",
    too_long: "The message is too long for a link: 4096 bytes are the most.",
    bad: |key, value| {
        format!("The link says {key}={value}, which means nothing here: left at its default.")
    },
};

pub(super) const ZH: LinkWords = LinkWords {
    copy: "复制链接",
    too_long: "消息太长，放不进链接：最多 4096 个字节。",
    bad: |key, value| format!("链接中的 {key}={value} 无法识别，已改用默认值。"),
};
