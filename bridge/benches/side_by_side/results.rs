//! What was measured: each round's readings, their medians and ratios.

use crate::measure::{Measure, Row};

/// The readings of one row: for each candidate, one for each round.
#[derive(Debug)]
struct Readings {
    measure: Measure,
    row: &'static Row,
    rounds: Vec<Vec<Option<f64>>>,
}

#[derive(Debug)]
pub(crate) struct Results {
    candidates: usize,
    rows: Vec<Readings>,
}

impl Results {
    pub(crate) fn new(candidates: usize) -> Self {
        Self { candidates, rows: Vec::new() }
    }

    /// Takes one round's readings of one candidate; those that are missing count as none.
    pub(crate) fn add(&mut self, measure: Measure, candidate: usize, readings: &[Option<f64>]) {
        if self.rows.iter().all(|row| row.measure != measure) {
            self.rows.extend(measure.rows().iter().map(|row| Readings {
                measure,
                row,
                rounds: vec![Vec::new(); self.candidates],
            }));
        }
        let rows = self.rows.iter_mut().filter(|row| row.measure == measure);
        for (index, row) in rows.enumerate() {
            row.rounds[candidate].push(readings.get(index).copied().flatten());
        }
    }

    /// The rows in the order in which they were first measured, each with its candidates' medians
    /// and ratios to that of index `base`.
    pub(crate) fn rows(
        &self,
        base: usize,
    ) -> impl Iterator<Item = (&'static Row, Vec<Option<Summary<'_>>>)> {
        self.rows.iter().map(move |row| {
            let base = &row.rounds[base];
            (row.row, row.rounds.iter().map(|rounds| summary(rounds, base)).collect())
        })
    }
}

/// What the rounds of one candidate say together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Summary<'a> {
    pub(crate) value: f64,
    pub(crate) ratio: Option<f64>,
    /// The reading of each round.
    pub(crate) rounds: &'a [Option<f64>],
}

/// The ratio is that of the same round, since the machine's speed differs from round to round.
fn summary<'a>(rounds: &'a [Option<f64>], base: &[Option<f64>]) -> Option<Summary<'a>> {
    let ratios = rounds.iter().zip(base).filter_map(|(value, base)| Some((*value)? / (*base)?));
    Some(Summary {
        value: median(rounds.iter().flatten().copied())?,
        ratio: median(ratios.filter(|ratio| ratio.is_finite())),
        rounds,
    })
}

fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_unstable_by(f64::total_cmp);
    let (low, high) = (values.len().checked_sub(1)? / 2, values.len() / 2);
    Some(f64::midpoint(values[low], values[high]))
}
