//! How often one client may give a wrong token.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::Quota;

use super::limiter::Limiter;
use crate::peer::PeerKey;

/// How many wrong tokens in a row a client may give: enough for somebody who types it.
const BURST: NonZeroU32 = NonZeroU32::new(10).unwrap();
/// How long it takes until one more of them is forgotten.
const INTERVAL: Duration = Duration::from_secs(6);

/// The wrong tokens that each client gave lately.
#[derive(Debug)]
pub(crate) struct Failures(Limiter);

impl Default for Failures {
    fn default() -> Self {
        let quota = Quota::with_period(INTERVAL).unwrap_or(Quota::per_minute(BURST));
        Self(Limiter::new(quota.allow_burst(BURST)))
    }
}

impl Failures {
    /// Checks whether a token from a client is looked at.
    ///
    /// # Errors
    /// Returns how long it has to wait, after too many wrong ones.
    pub(crate) fn check(&self, client: PeerKey) -> Result<(), Duration> {
        self.0.ask(client)
    }

    /// Counts a wrong token of a client.
    ///
    /// # Errors
    /// Returns how long it has to wait before one is looked at again, if there were too many.
    pub(crate) fn count(&self, client: PeerKey) -> Result<(), Duration> {
        self.0.count(client)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_ten_wrong_tokens_a_client_has_to_wait_and_others_have_not() {
        let [client, other] = [1, 2].map(|last| PeerKey::Ip([192, 0, 2, last].into()));
        let failures = Failures::default();
        assert_eq!(failures.check(client), Ok(()));
        let wait = (0..100).find_map(|_| failures.count(client).err());
        assert!(wait.is_some_and(|wait| wait <= INTERVAL), "{wait:?}");
        // Again and again, for a wrong token may be forgotten between two lines.
        let is_refused = |_| failures.count(client).is_err() && failures.check(client).is_err();
        assert!((0..100).any(is_refused));
        assert_eq!(failures.check(other), Ok(()));
    }
}
