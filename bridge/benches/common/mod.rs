//! What benchmarks share that load a bridge of their own: its process ([`bridge`]), requests and
//! frames as bytes ([`http`], [`websocket`]), clients that measure how long they wait ([`good`],
//! [`latency`]), and [`units`] of memory.

pub(crate) mod bridge;
pub(crate) mod good;
pub(crate) mod http;
pub(crate) mod latency;
pub(crate) mod units;
pub(crate) mod websocket;
