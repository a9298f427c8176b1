//! Servers of other projects that speak TLS.
