//! Which of many rows are in view.

/// How high a row is where only those in view are drawn, in pixels; the style sheet says it too.
pub const ROW_PX: f64 = 28.0;
/// How many rows are drawn before and after those in view.
const MARGIN: usize = 6;
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

    /// Returns the rows to draw, of this number of rows.
    #[must_use]
    pub fn window(&self, total: usize) -> Window {
        let (whole, _, top) = self.measures(total);
        let in_view = rows(self.height) + 1;
        let first = self.first_row(total, top);
        let start = first.saturating_sub(MARGIN);
        let end = (first + in_view + MARGIN).min(total);
        let shift = top - offset_in_row(total, whole, top) - pixels(first - start);
        Window { rows: start..end, above: shift.max(0.0), whole }
    }

    /// Scrolls so that a row is in view. Returns the new position, or `None` if the row was in
    /// view.
    pub fn reveal(&mut self, row: usize, total: usize) -> Option<f64> {
        let (whole, furthest, top) = self.measures(total);
        let fitting = rows(self.height).max(1);
        let first = self.first_row(total, top);
        if (first..first + fitting).contains(&row) && (row > first || is_aligned(top)) {
            return None;
        }
        let wanted = if row <= first { row } else { (row + 1).saturating_sub(fitting) };
        self.sticks = false;
        self.top = scaled(wanted, total, self.height, whole).min(furthest);
        Some(self.top)
    }

    /// Returns how high a list of this number of rows is, how far down it can be scrolled, and how
    /// far it is, in pixels.
    fn measures(&self, total: usize) -> (f64, f64, f64) {
        let whole = pixels(total).min(MAX_PX);
        let furthest = (whole - self.height).max(0.0);
        // `clamp` would print its bounds, which are floats, in a panic that cannot be.
        let top = if self.sticks { furthest } else { self.top.min(furthest).max(0.0) };
        (whole, furthest, top)
    }

    fn first_row(&self, total: usize, top: f64) -> usize {
        let whole = pixels(total);
        if whole <= MAX_PX {
            return rows(top);
        }
        let part = top / (MAX_PX - self.height).max(1.0);
        rows(part * (whole - self.height))
    }
}

fn is_aligned(top: f64) -> bool {
    hidden(top) < 1.0
}

/// Returns how much of the first row is hidden, in pixels; 0 in a list that scrolls faster than its
/// rows are high.
fn offset_in_row(total: usize, whole: f64, top: f64) -> f64 {
    if pixels(total) <= whole { hidden(top) } else { 0.0 }
}

/// Returns how much of the row that begins above `top` is above it, in pixels: the remainder of a
/// division. `%` on floats would divide numbers of 128 bits, which takes much code.
fn hidden(top: f64) -> f64 {
    top - pixels(rows(top))
}

fn scaled(row: usize, total: usize, height: f64, whole: f64) -> f64 {
    let all = pixels(total);
    if all <= whole {
        return pixels(row);
    }
    // A pixel more, so that no rounding gives the row before.
    pixels(row) / (all - height) * (whole - height) + 1.0
}

#[allow(clippy::cast_precision_loss, reason = "no list has 2^52 rows")]
fn pixels(rows: usize) -> f64 {
    rows as f64 * ROW_PX
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is what is meant")]
fn rows(pixels: f64) -> usize {
    (pixels / ROW_PX).max(0.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(top: f64) -> Scroll {
        Scroll { top, height: 280.0, sticks: false }
    }

    #[test]
    fn a_hundred_thousand_rows_are_drawn_as_a_few() {
        let window = at(28_000.0).window(100_000);
        assert_eq!(window.rows, 994..1_017);
        assert_eq!((window.above, window.whole), (994.0 * ROW_PX, 2_800_000.0));
    }

    #[test]
    fn a_list_that_fits_is_drawn_whole() {
        assert_eq!(at(0.0).window(5).rows, 0..5);
        assert_eq!(at(0.0).window(0).rows, 0..0);
    }

    #[test]
    fn a_list_that_sticks_shows_its_last_row_however_it_grows() {
        let scroll = Scroll { sticks: true, ..at(0.0) };
        for total in [30, 31, 100_000, 3_000_000] {
            let window = scroll.window(total);
            assert_eq!(window.rows.end, total);
            assert!(window.rows.len() < 30);
        }
    }

    #[test]
    fn a_list_higher_than_browsers_lay_out_is_reached_to_its_end() {
        let total = 3_000_000;
        let whole = at(0.0).window(total).whole;
        assert!(whole <= MAX_PX);
        assert_eq!(at(0.0).window(total).rows.start, 0);
        assert_eq!(at(whole - 280.0).window(total).rows.end, total);
        for row in [0, 1, 1_500_000, total - 1] {
            let mut scroll = at(whole / 3.0);
            scroll.reveal(row, total);
            let window = scroll.window(total);
            assert!(window.rows.contains(&row), "{row} not in {:?}", window.rows);
        }
    }

    #[test]
    fn a_row_that_is_in_view_is_left_there() {
        let mut scroll = at(280.0);
        assert_eq!(scroll.reveal(12, 100), None);
        assert_eq!(scroll.reveal(5, 100), Some(5.0 * ROW_PX));
        assert_eq!(scroll.reveal(5, 100), None);
        assert_eq!(scroll.reveal(40, 100), Some(31.0 * ROW_PX));
        assert!(!scroll.sticks);
    }
}
