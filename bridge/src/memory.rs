//! Giving memory back to the system after load.
//!
//! glibc's allocator keeps nearly all of the memory that a busy time took, since freed memory is
//! rarely at the end of a heap. Other systems' allocators are left to themselves.

use std::convert::Infallible;

use tokio::time::{Duration, sleep};
use tokio_util::task::TaskTracker;

/// How long free memory may stay with the process.
const TRIM_INTERVAL: Duration = Duration::from_secs(10);

/// Trims the heap every [`TRIM_INTERVAL`], as long as there is any of `tasks`, and once after the
/// last of them.
pub(crate) async fn trim_after_load(tasks: &TaskTracker) -> Infallible {
    let mut was_busy = true;
    loop {
        sleep(TRIM_INTERVAL).await;
        let is_busy = !tasks.is_empty();
        if is_busy || was_busy {
            // It takes some milliseconds for each 100 MiB. That it panicked would be no reason to
            // end the bridge.
            let _ = tokio::task::spawn_blocking(heap::trim).await;
        }
        was_busy = is_busy;
    }
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod heap {
    #![expect(unsafe_code, reason = "no safe function calls malloc_trim")]

    /// Gives all free pages of the heap back to the system (`malloc_trim(3)`).
    pub(super) fn trim() {
        // SAFETY: It takes no pointer, touches free memory alone, and is safe to call from any
        // thread at any time (the manual calls it MT-Safe).
        unsafe { libc::malloc_trim(0) };
    }
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
mod heap {
    pub(super) fn trim() {}
}
