//! How often the page is rendered while bytes stream.

use crate::time::PageTime;

/// The shortest time between two renderings while bytes stream, in milliseconds: ten a second are
/// live to the eye, and leave the time in between to the bytes.
pub const MIN_INTERVAL_MS: u32 = 100;

/// Keeps renderings apart.
#[derive(Debug, Default)]
pub struct RenderThrottle {
    rendered: Option<PageTime>,
    is_pending: bool,
}

/// What to do about something that could be rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RenderDecision {
    /// Render it.
    Now,
    /// Render it, and what else comes until then, after so many milliseconds.
    After(u32),
    /// A rendering that will show it is pending already.
    Pending,
}

impl RenderThrottle {
    /// Requests a rendering for a change that may be shown with a delay.
    pub fn request(&mut self, at: PageTime) -> RenderDecision {
        if self.is_pending {
            return RenderDecision::Pending;
        }
        let since = self.rendered.map_or(f64::INFINITY, |rendered| at - rendered);
        if since >= f64::from(MIN_INTERVAL_MS) {
            self.rendered(at);
            return RenderDecision::Now;
        }
        self.is_pending = true;
        RenderDecision::After(MIN_INTERVAL_MS)
    }

    /// Records that the page is rendered.
    pub fn rendered(&mut self, at: PageTime) {
        self.rendered = Some(at);
        self.is_pending = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::at_ms;

    #[test]
    fn the_first_is_drawn_at_once_and_what_follows_together() {
        let mut throttle = RenderThrottle::default();
        assert_eq!(throttle.request(at_ms(0.0)), RenderDecision::Now);
        assert_eq!(throttle.request(at_ms(1.0)), RenderDecision::After(MIN_INTERVAL_MS));
        assert_eq!(throttle.request(at_ms(2.0)), RenderDecision::Pending);
        throttle.rendered(at_ms(101.0));
        assert_eq!(throttle.request(at_ms(102.0)), RenderDecision::After(MIN_INTERVAL_MS));
        throttle.rendered(at_ms(202.0));
        assert_eq!(throttle.request(at_ms(400.0)), RenderDecision::Now);
    }

    #[test]
    fn a_stream_of_a_second_is_drawn_about_ten_times() {
        let (mut throttle, mut due, mut drawn) = (RenderThrottle::default(), None, 0);
        for at in (0..1_000).map(f64::from) {
            if due.is_some_and(|due| at >= due) {
                (due, drawn) = (None, drawn + 1);
                throttle.rendered(at_ms(at));
            }
            match throttle.request(at_ms(at)) {
                RenderDecision::Now => drawn += 1,
                RenderDecision::After(ms) => due = Some(at + f64::from(ms)),
                RenderDecision::Pending => {}
            }
        }
        assert!((9..=11).contains(&drawn), "{drawn}");
    }
}
