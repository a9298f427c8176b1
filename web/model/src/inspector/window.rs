//! Which of many rows are in view.

/// How high a row of bytes or packets is where only those in view are drawn, in pixels; the style
/// sheets say it, too.
pub const ROW_PX: f64 = 28.0;
/// How high a row of the Timeline is there: it has room for a label over its arrow.
pub const TIMELINE_ROW_PX: f64 = 48.0;
/// How many rows are drawn before and after those in view.
const MARGIN: usize = 4;
/// How high a list may be, in pixels: browsers lay out no more than some 17 million. A longer list
/// scrolls faster than its rows are high.
const MAX_PX: f64 = 8_000_000.0;
/// How high a pane is taken to be before it is measured.
const UNMEASURED_PX: f64 = 600.0;

/// Where a pane's reader is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scroll {
    /// How far down, in pixels.
    pub top: f64,
    /// How high the pane is, in pixels.
    pub height: f64,
    /// Whether it stays at the bottom when something is added.
    pub sticks: bool,
}

/// The rows to draw, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// Which rows.
    pub rows: std::ops::Range<usize>,
    /// How many rows there are at most in a pane of this height, wherever its reader is.
    pub slots: usize,
    /// Where the first of them begins, in pixels.
    pub above: f64,
    /// How high the whole list is, in pixels.
    pub whole: f64,
}

impl Scroll {
    /// Creates a scroll position at the top or, if it sticks, at the bottom.
    #[must_use]
    pub fn new(sticks: bool) -> Self {
        Self { top: 0.0, height: UNMEASURED_PX, sticks }
    }

    /// Returns the rows to draw, of this number of rows that are `row_px` pixels high.
    #[must_use]
    pub fn window(&self, total: usize, row_px: f64) -> Window {
        Rows { total, row_px }.window(self)
    }

    /// Scrolls so that a row is in view, of this number of rows that are `row_px` pixels high.
    /// Returns the new position, or `None` if the row was in view.
    pub fn reveal(&mut self, row: usize, total: usize, row_px: f64) -> Option<f64> {
        let top = Rows { total, row_px }.reveal(row, self)?;
        (self.sticks, self.top) = (false, top);
        Some(top)
    }
}

/// The rows of a list, which are all of the same height.
struct Rows {
    total: usize,
    row_px: f64,
}

impl Rows {
    fn window(&self, scroll: &Scroll) -> Window {
        let (whole, _, top) = self.measures(scroll);
        let in_view = self.fitting(scroll.height) + 1;
        let first = self.first_row(scroll, top);
        let start = first.saturating_sub(MARGIN);
        let end = (first + in_view + MARGIN).min(self.total);
        let shift = top - self.offset_in_row(whole, top) - self.pixels(first - start);
        let slots = in_view + 2 * MARGIN;
        Window { rows: start..end, slots, above: shift.max(0.0), whole }
    }

    /// Returns where the list is to be scrolled to, so that a row is in view, if it is not.
    fn reveal(&self, row: usize, scroll: &Scroll) -> Option<f64> {
        let (whole, furthest, top) = self.measures(scroll);
        let fitting = self.fitting(scroll.height).max(1);
        let first = self.first_row(scroll, top);
        let is_aligned = self.hidden(top) < 1.0;
        if (first..first + fitting).contains(&row) && (row > first || is_aligned) {
            return None;
        }
        let wanted = if row <= first { row } else { (row + 1).saturating_sub(fitting) };
        Some(self.scaled(wanted, scroll.height, whole).min(furthest))
    }

    /// Returns how high the list is, how far down it can be scrolled, and how far it is, in pixels.
    fn measures(&self, scroll: &Scroll) -> (f64, f64, f64) {
        let whole = self.pixels(self.total).min(MAX_PX);
        let furthest = (whole - scroll.height).max(0.0);
        // `clamp` would print its bounds, which are floats, in a panic that cannot be.
        let top = if scroll.sticks { furthest } else { scroll.top.min(furthest).max(0.0) };
        (whole, furthest, top)
    }

    fn first_row(&self, scroll: &Scroll, top: f64) -> usize {
        let whole = self.pixels(self.total);
        if whole <= MAX_PX {
            return self.fitting(top);
        }
        let part = top / (MAX_PX - scroll.height).max(1.0);
        self.fitting(part * (whole - scroll.height))
    }

    /// Returns how much of the first row is hidden, in pixels; 0 in a list that scrolls faster than
    /// its rows are high.
    fn offset_in_row(&self, whole: f64, top: f64) -> f64 {
        if self.pixels(self.total) <= whole { self.hidden(top) } else { 0.0 }
    }

    /// Returns how much of the row that begins above `top` is above it, in pixels: the remainder of
    /// a division. `%` on floats would divide numbers of 128 bits, which takes much code.
    fn hidden(&self, top: f64) -> f64 {
        top - self.pixels(self.fitting(top))
    }

    fn scaled(&self, row: usize, height: f64, whole: f64) -> f64 {
        let all = self.pixels(self.total);
        if all <= whole {
            return self.pixels(row);
        }
        // A pixel more, so that no rounding gives the row before.
        self.pixels(row) / (all - height) * (whole - height) + 1.0
    }

    #[allow(clippy::cast_precision_loss, reason = "no list has 2^52 rows")]
    fn pixels(&self, rows: usize) -> f64 {
        rows as f64 * self.row_px
    }

    /// Returns how many whole rows so many pixels are.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is what is meant"
    )]
    fn fitting(&self, pixels: f64) -> usize {
        (pixels / self.row_px).max(0.0) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(top: f64) -> Scroll {
        Scroll { top, height: 280.0, sticks: false }
    }

    #[test]
    fn a_hundred_thousand_rows_are_drawn_as_a_few() {
        let window = at(28_000.0).window(100_000, ROW_PX);
        assert_eq!(window.rows, 996..1_015);
        assert_eq!((window.above, window.whole), (996.0 * ROW_PX, 2_800_000.0));
    }

    #[test]
    fn a_list_that_fits_is_drawn_whole() {
        assert_eq!(at(0.0).window(5, ROW_PX).rows, 0..5);
        assert_eq!(at(0.0).window(0, ROW_PX).rows, 0..0);
    }

    #[test]
    fn a_list_that_sticks_shows_its_last_row_however_it_grows() {
        let scroll = Scroll { sticks: true, ..at(0.0) };
        for total in [30, 31, 100_000, 3_000_000] {
            let window = scroll.window(total, ROW_PX);
            assert_eq!(window.rows.end, total);
            assert!(window.rows.len() < 30);
        }
    }

    #[test]
    fn a_list_higher_than_browsers_lay_out_is_reached_to_its_end() {
        let total = 3_000_000;
        let whole = at(0.0).window(total, ROW_PX).whole;
        assert!(whole <= MAX_PX);
        assert_eq!(at(0.0).window(total, ROW_PX).rows.start, 0);
        assert_eq!(at(whole - 280.0).window(total, ROW_PX).rows.end, total);
        for row in [0, 1, 1_500_000, total - 1] {
            let mut scroll = at(whole / 3.0);
            scroll.reveal(row, total, ROW_PX);
            let window = scroll.window(total, ROW_PX);
            assert!(window.rows.contains(&row), "{row} not in {:?}", window.rows);
        }
    }

    #[test]
    fn a_row_that_is_in_view_is_left_there() {
        let mut scroll = at(280.0);
        assert_eq!(scroll.reveal(12, 100, ROW_PX), None);
        assert_eq!(scroll.reveal(5, 100, ROW_PX), Some(5.0 * ROW_PX));
        assert_eq!(scroll.reveal(5, 100, ROW_PX), None);
        assert_eq!(scroll.reveal(40, 100, ROW_PX), Some(31.0 * ROW_PX));
        assert!(!scroll.sticks);
    }
}
