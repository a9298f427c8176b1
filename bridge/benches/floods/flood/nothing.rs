//! No flood at all, to compare with.

use futures_util::FutureExt as _;

use super::definition::{Flood, Outcome};
use crate::attack::Attack;
use crate::good::Good;

pub(super) const FLOOD: Flood = Flood {
    good: &[Good::RoundTrip, Good::Health, Good::Session("")],
    ..Flood::new("nothing", |attack| run(attack).map(Ok).boxed_local())
};

async fn run(attack: &Attack<'_>) -> Outcome {
    attack.wait().await;
    Outcome { notes: Vec::new(), met: true }
}
