//! The learner's progress and its stored form.

use super::progress::{Progress, Tick};
use super::{Step, System};

#[test]
fn progress_is_stored_as_six_numbers_and_read_back() {
    let mut progress = Progress { last: 2, broken: 5, ..Progress::default() };
    progress.set_tick(Step::Server, Some(Tick::Seen));
    progress.set_tick(Step::Hello, Some(Tick::ByHand));
    progress.system = Some(System::Mac);
    progress.is_without_terminal = true;
    assert_eq!(progress.write(), "2 3 2 5 2 1");
    assert_eq!(Progress::read(&progress.write()), progress);
}

#[test]
fn progress_that_an_earlier_version_stored_is_that_of_a_learner_with_a_terminal() {
    let progress = Progress::read("3 7 2 1 1");
    assert!(!progress.is_without_terminal);
    assert_eq!(progress.tick(Step::Hello), Some(Tick::ByHand));
    assert_eq!((progress.last, progress.broken_count()), (3, 1));
}

#[test]
fn a_step_that_is_not_done_is_not_ticked_by_hand_either() {
    assert_eq!(Progress::read("1 0 31 0 0 0").tick(Step::Hello), None);
    let mut progress = Progress::default();
    progress.set_tick(Step::Hello, Some(Tick::ByHand));
    progress.set_tick(Step::Hello, None);
    assert_eq!(progress, Progress::default());
}
