use std::collections::HashSet;

use super::fault;
use crate::fault::{
    Argument, Count, Expected, FaultGroup, FaultKind, Greeting, ParameterKind, Size, Time, forms,
};

fn kinds() -> impl Iterator<Item = FaultKind> {
    FaultKind::ALL.iter().copied()
}

#[test]
fn every_name_is_unique_and_leads_back_to_its_kind() {
    for kind in kinds() {
        assert_eq!(FaultKind::from_name(kind.spec().name), Some(kind));
        assert!(!kind.spec().name.contains(':'));
    }
    assert_eq!(FaultKind::from_name("Truncate"), None);
}

#[test]
fn every_example_is_the_text_form_of_its_kind() {
    for kind in kinds() {
        let example = fault(kind.spec().example);
        assert_eq!(example.kind(), kind);
        assert_eq!(example.to_string(), kind.spec().example);
    }
}

#[test]
fn every_form_begins_with_the_name_of_a_fault() {
    for (form, kind) in forms().iter().zip(kinds()) {
        let text = form.replace("SIZE:GAP", "1:1s").replace("TIME", "1s");
        let text =
            ["N", "OFFSET", "SEED", "TEXT"].iter().fold(text, |t, word| t.replace(word, "1"));
        assert_eq!(fault(&text).kind(), kind, "{form}");
        assert!(form.starts_with(fault(&text).name()), "{form}");
    }
}

/// What a parameter has to be according to the type of its argument.
fn expected(argument: &Argument) -> Expected {
    match argument {
        Argument::Count(_) => ParameterKind::Bytes.expected(),
        Argument::Size(_) => ParameterKind::Size.expected(),
        Argument::Time(_) => ParameterKind::Time.expected(),
        Argument::Text(_) => ParameterKind::Text.expected(),
        Argument::Seed(_) => ParameterKind::Seed.expected(),
    }
}

#[test]
fn every_argument_is_of_the_type_that_its_parameter_names() {
    for kind in kinds() {
        let example = fault(kind.spec().example);
        let by_type: Vec<_> = example.arguments().iter().map(expected).collect();
        let described: Vec<_> =
            kind.spec().parameters.iter().map(|parameter| parameter.kind.expected()).collect();
        assert_eq!(by_type, described, "{kind:?}");
    }
}

#[test]
fn the_bounds_of_a_parameter_are_those_of_its_type() {
    assert_eq!(ParameterKind::Bytes.bounds(), Some((0, 1 << 30)));
    assert_eq!(ParameterKind::Offset.bounds(), ParameterKind::Bytes.bounds());
    assert_eq!(ParameterKind::Size.bounds(), Some((1, 1 << 16)));
    assert_eq!(ParameterKind::Time.bounds(), Some((0, 60_000)));
    assert_eq!(ParameterKind::Seed.bounds(), Some((0, u64::MAX)));
    assert_eq!(ParameterKind::Text.bounds(), None);
    assert_eq!((Count::new(1 << 30), Count::new((1 << 30) + 1)), (Some(Count::MAX), None));
    assert_eq!((Size::new(0), Size::new(1)), (None, Some(Size::MIN)));
    assert_eq!(Time::from_millis(60_001), None);
    assert_eq!(Greeting::new(vec![]), None);
}

#[test]
fn every_kind_is_in_one_group() {
    let grouped: Vec<_> = FaultGroup::ALL.iter().flat_map(|group| group.kinds()).collect();
    assert_eq!(grouped.len(), FaultKind::ALL.len());
    assert_eq!(grouped.into_iter().collect::<HashSet<_>>().len(), FaultKind::ALL.len());
    assert!(FaultGroup::ALL.iter().all(|group| group.kinds().next().is_some()));
}

#[test]
fn faults_of_tls_are_asked_for_over_tls_which_the_server_speaks_unless_that_is_the_fault() {
    for kind in kinds() {
        let fault = fault(kind.spec().example);
        let is_of_tls = kind.spec().group == FaultGroup::BreaksTls;
        assert_eq!(fault.is_over_tls(), is_of_tls, "{fault}");
        let speaks = is_of_tls && kind != FaultKind::Plaintext;
        assert_eq!(fault.server_speaks_tls(), speaks, "{fault}");
    }
}
