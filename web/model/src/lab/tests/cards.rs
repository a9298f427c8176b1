//! The cards, and what is typed instead of choosing one.

use echo_core::fault::{FaultGroup, FaultKind};

use crate::lab::card::{bounds, example_fields, fields, target};
use crate::lab::fault;

#[test]
fn there_is_a_card_for_every_fault() {
    let cards: Vec<_> = FaultGroup::ALL.iter().flat_map(|group| group.kinds()).collect();
    assert_eq!(cards.len(), FaultKind::ALL.len());
    assert!(FaultKind::ALL.iter().all(|kind| cards.contains(kind)));
}

#[test]
fn a_card_as_it_is_at_first_is_a_target_and_can_be_read_back() {
    for kind in FaultKind::ALL.iter().copied() {
        let target = target(kind, &example_fields(kind));
        let fault = fault(&target).unwrap().unwrap();
        assert_eq!(fault.kind(), kind, "{target}");
        assert_eq!(fields(&fault), example_fields(kind), "{target}");
        assert_eq!(fields(&fault).len(), kind.spec().parameters.len(), "{target}");
        assert_eq!(format!("lab/{fault}"), target);
    }
}

#[test]
fn what_is_filled_in_beyond_a_bound_is_a_mistake_in_the_target() {
    for kind in FaultKind::ALL.iter().copied() {
        for (index, parameter) in kind.spec().parameters.iter().enumerate() {
            let with = |text: String| {
                let mut fields = example_fields(kind);
                fields[index] = text;
                fault(&target(kind, &fields)).unwrap()
            };
            assert!(with(String::new()).is_err(), "{kind:?} {index}");
            let Some((min, max)) = bounds(parameter.kind) else { continue };
            assert!(with(min.to_string()).is_ok(), "{kind:?} {index}");
            if let Some(max) = max {
                assert!(with(max.to_string()).is_ok(), "{kind:?} {index}");
                assert!(with((max + 1).to_string()).is_err(), "{kind:?} {index}");
            }
        }
    }
}

#[test]
fn a_mistake_is_told_at_its_place_in_what_was_typed() {
    let error = fault(" lab/truncate:x").unwrap().unwrap_err();
    assert_eq!((error.character, error.range.clone()), (14, 13..14));
    assert!(error.to_string().starts_with("At character 14: \"x\" is not a number"));
    assert_eq!(fault("localhost:8888"), None);
    assert_eq!(fault("lab"), None);
    assert!(fault("lab/").unwrap().is_err());
}
