//! Tests that all series are there from the start.

use std::sync::Arc;

use super::*;
use crate::open_sessions::OpenSessions;

#[test]
fn every_series_is_there_before_anything_happened() {
    let sessions = Arc::new(OpenSessions::new());
    let text = Metrics::new().encode(&sessions.counts(), false).unwrap();
    for sample in [
        "tcp_bridge_sessions_opened_total 0",
        r#"tcp_bridge_sessions_closed_total{ending="finished"} 0"#,
        r#"tcp_bridge_sessions_closed_total{ending="policy"} 0"#,
        "tcp_bridge_sessions_active 0",
        r#"tcp_bridge_bytes_total{direction="to_target"} 0"#,
        r#"tcp_bridge_bytes_total{direction="to_client"} 0"#,
        r#"tcp_bridge_connect_seconds_count{outcome="timeout"} 0"#,
        r#"tcp_bridge_refused_total{reason="target"} 0"#,
        r#"tcp_bridge_paused_total{side="client"} 0"#,
        r#"tcp_bridge_paused_total{side="target"} 0"#,
        "tcp_bridge_draining 0",
        concat!("tcp_bridge_build_info{version=\"", env!("CARGO_PKG_VERSION"), "\"} 1"),
    ] {
        assert!(text.lines().any(|line| line == sample), "no {sample} in {text}");
    }
}
