//! The cards, and what is typed instead of choosing one.

use echo_core::fault::FORMS;

use super::super::card::{CARDS, Card, MANY, filled};
use super::super::fault;

#[test]
fn there_is_a_card_for_every_fault() {
    let mut of_faults = FORMS.map(|form| form.split(':').next().unwrap());
    let mut of_cards = CARDS.each_ref().map(|card| card.name);
    of_faults.sort_unstable();
    of_cards.sort_unstable();
    assert_eq!(of_cards, of_faults);
}

#[test]
fn each_group_stands_together() {
    let mut groups: Vec<_> = CARDS.iter().map(|card| card.group).collect();
    groups.dedup();
    assert_eq!(groups.len(), 5);
}

#[test]
fn a_card_as_it_is_at_first_is_a_target_and_can_be_read_back() {
    for (place, card) in CARDS.iter().enumerate() {
        let target = card.target(&card.filled());
        let fault = fault(&target).unwrap().unwrap();
        assert_eq!(Card::of(&fault), place, "{target}");
        assert_eq!(filled(&fault), card.filled(), "{target}");
        assert_eq!(format!("lab/{fault}"), target);
    }
}

#[test]
fn what_is_filled_in_beyond_a_bound_is_a_mistake_in_the_target() {
    for (place, card) in CARDS.iter().enumerate().filter(|(_, card)| !card.blanks.is_empty()) {
        for (blank, kind) in card.blanks.iter().enumerate() {
            let with = |text: String| {
                let mut filled = card.filled();
                filled[blank] = text;
                fault(&card.target(&filled)).unwrap()
            };
            assert!(with(String::new()).is_err(), "{place} {blank}");
            let Some((min, max)) = kind.bounds() else { continue };
            assert!(with(min.to_string()).is_ok(), "{place} {blank}");
            if let Some(max) = max {
                assert!(with(max.to_string()).is_ok(), "{place} {blank}");
                assert!(with((u64::from(max) + 1).to_string()).is_err(), "{place} {blank}");
            }
        }
    }
    assert_eq!(CARDS.len(), MANY);
}

#[test]
fn a_mistake_is_told_at_its_place_in_what_was_typed() {
    let mistake = fault(" lab/truncate:x").unwrap().unwrap_err();
    assert_eq!((mistake.character, mistake.range.clone()), (14, 13..14));
    assert!(mistake.to_string().starts_with("At character 14: \"x\" is not a number"));
    assert_eq!(fault("localhost:8888"), None);
    assert_eq!(fault("lab"), None);
    assert!(fault("lab/").unwrap().is_err());
}
