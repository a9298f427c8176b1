//! Telling systemd how far the bridge is (`sd_notify(3)`), where that has started it.

/// Tells that the bridge listens.
pub(crate) fn notify_ready() {
    #[cfg(unix)]
    notify(sd_notify::NotifyState::Ready);
}

/// Tells that the bridge goes down.
pub(crate) fn notify_stopping() {
    #[cfg(unix)]
    notify(sd_notify::NotifyState::Stopping);
}

#[cfg(unix)]
fn notify(state: sd_notify::NotifyState<'_>) {
    if let Err(error) = sd_notify::notify(&[state]) {
        tracing::warn!("cannot tell systemd of it: {error}");
    }
}
