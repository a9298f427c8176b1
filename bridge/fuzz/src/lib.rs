//! What must hold for any bytes that a stranger sends: shared by the fuzz targets and by a plain
//! test over the corpus.

use bridge::targets::{Pattern, Policy, Target};
use echo_core::wire::ClientMessage;

/// A control message that is one reads back as itself.
pub fn control(bytes: &[u8]) {
    if let Ok(message) = serde_json::from_slice::<ClientMessage>(bytes) {
        let text = serde_json::to_string(&message).expect("it was read");
        assert_eq!(serde_json::from_str::<ClientMessage>(&text).ok(), Some(message));
    }
}

/// A target has one form, which reads back as itself; a pattern permits only its own ports.
pub fn target(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(target) = text.parse::<Target>() {
        assert_eq!(target.to_string().parse(), Ok(target.clone()));
        assert!(target.port > 0);
        assert!(!Policy::default().may_resolve(&target));
    }
    if let Ok(patterns) = Pattern::parse(text) {
        let elsewhere: Target = "host.invalid:1".parse().expect("a target");
        let policy = Policy::new(patterns);
        let address = std::net::Ipv4Addr::LOCALHOST.into();
        assert!(!policy.permits(&elsewhere, address) || policy.may_resolve(&elsewhere));
    }
}
