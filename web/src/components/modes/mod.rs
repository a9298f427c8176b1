//! The modes: the switch, the settings of a load test, and the buttons below the message.

pub mod buttons;
pub mod settings;
pub mod switch;
