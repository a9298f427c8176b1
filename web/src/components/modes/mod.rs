//! The modes: the switch, the settings of a load test, and the buttons below the message.

pub mod buttons;
mod settings;
pub mod switch;
