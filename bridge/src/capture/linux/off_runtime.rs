//! Dropping values whose destructor blocks.

use std::ops::Deref;
use std::os::fd::{AsRawFd, RawFd};

use tokio::runtime::Handle;

/// A value that is dropped on one of tokio's threads for blocking work, also when its task is
/// aborted.
///
/// Outside of a runtime it is dropped at once, since no task could be delayed.
#[derive(Debug)]
pub(super) struct DropOffRuntime<T: Send + 'static>(Option<T>);

impl<T: Send + 'static> DropOffRuntime<T> {
    pub(super) fn new(value: T) -> Self {
        Self(Some(value))
    }
}

impl<T: Send + 'static> Deref for DropOffRuntime<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_ref().expect("it is there until it is dropped")
    }
}

impl<T: AsRawFd + Send + 'static> AsRawFd for DropOffRuntime<T> {
    fn as_raw_fd(&self) -> RawFd {
        (**self).as_raw_fd()
    }
}

impl<T: Send + 'static> Drop for DropOffRuntime<T> {
    fn drop(&mut self) {
        let value = self.0.take();
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn_blocking(move || drop(value));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;
    use std::thread::{self, ThreadId};

    use tokio::sync::mpsc;

    use super::*;

    /// Says on which thread it was dropped.
    struct Tells(mpsc::UnboundedSender<ThreadId>);

    impl Drop for Tells {
        fn drop(&mut self) {
            self.0.send(thread::current().id()).unwrap();
        }
    }

    #[tokio::test]
    async fn no_thread_of_the_runtime_waits_until_it_is_dropped() {
        let (sender, mut dropped_on) = mpsc::unbounded_channel();
        let value = || DropOffRuntime::new(Tells(sender.clone()));
        drop(value());
        assert_ne!(dropped_on.recv().await, Some(thread::current().id()));
        let held = value();
        let task = tokio::spawn(async move {
            let _held = held;
            pending::<()>().await;
        });
        tokio::task::yield_now().await;
        task.abort();
        assert_ne!(dropped_on.recv().await, Some(thread::current().id()));
    }

    #[test]
    fn outside_of_a_runtime_it_is_dropped_at_once() {
        let (sender, mut dropped_on) = mpsc::unbounded_channel();
        drop(DropOffRuntime::new(Tells(sender)));
        assert_eq!(dropped_on.try_recv().unwrap(), thread::current().id());
    }
}
