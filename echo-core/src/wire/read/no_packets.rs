//! Nobody here asks for packets: what the bridge says of them is no message.

use super::super::{BridgeMessage, CaptureInfo};
use super::{Json, Member, Wrong};

pub(super) fn message(_: &Json) -> Result<BridgeMessage, Wrong> {
    Err(Wrong("type"))
}

#[allow(clippy::unnecessary_wraps, reason = "reading it can fail where it is read")]
pub(super) fn capture(_: Member<'_>) -> Result<Option<CaptureInfo>, Wrong> {
    Ok(None)
}
