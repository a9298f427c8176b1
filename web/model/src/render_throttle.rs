//! How often the page is drawn while bytes stream.

/// How long the page waits between two drawings, in milliseconds: ten a second are live to the
/// eye, and leave the time in between to the bytes.
pub const DRAW_MS: u32 = 100;

/// Keeps drawings apart.
#[derive(Debug, Default)]
pub struct RenderThrottle {
    drawn: Option<f64>,
    due: bool,
}

/// What to do about something that could be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Draw {
    /// Draw it.
    Now,
    /// Draw it, and what else comes until then, after so many milliseconds.
    After(u32),
    /// A drawing that will show it is due already.
    Due,
}

impl RenderThrottle {
    /// Something came that may be drawn late.
    pub fn ask(&mut self, at: f64) -> Draw {
        if self.due {
            return Draw::Due;
        }
        let since = self.drawn.map_or(f64::INFINITY, |drawn| at - drawn);
        if since >= f64::from(DRAW_MS) {
            self.drawn(at);
            return Draw::Now;
        }
        self.due = true;
        Draw::After(DRAW_MS)
    }

    /// The page is drawn.
    pub fn drawn(&mut self, at: f64) {
        self.drawn = Some(at);
        self.due = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_is_drawn_at_once_and_what_follows_together() {
        let mut render_throttle = RenderThrottle::default();
        assert_eq!(render_throttle.ask(0.0), Draw::Now);
        assert_eq!(render_throttle.ask(1.0), Draw::After(DRAW_MS));
        assert_eq!(render_throttle.ask(2.0), Draw::Due);
        render_throttle.drawn(101.0);
        assert_eq!(render_throttle.ask(102.0), Draw::After(DRAW_MS));
        render_throttle.drawn(202.0);
        assert_eq!(render_throttle.ask(400.0), Draw::Now);
    }

    #[test]
    fn a_stream_of_a_second_is_drawn_about_ten_times() {
        let (mut render_throttle, mut due, mut drawn) = (RenderThrottle::default(), None, 0);
        for at in (0..1_000).map(f64::from) {
            if due.is_some_and(|due| at >= due) {
                (due, drawn) = (None, drawn + 1);
                render_throttle.drawn(at);
            }
            match render_throttle.ask(at) {
                Draw::Now => drawn += 1,
                Draw::After(ms) => due = Some(at + f64::from(ms)),
                Draw::Due => {}
            }
        }
        assert!((9..=11).contains(&drawn), "{drawn}");
    }
}
