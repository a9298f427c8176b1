//! Tests of how the page answers.
