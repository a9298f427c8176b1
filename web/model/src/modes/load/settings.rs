//! The settings of a load test: the number of exchanges or the duration, and the number of
//! connections.

use std::ops::RangeInclusive;

/// The range of the number of exchanges.
pub const EXCHANGES: RangeInclusive<u32> = 1..=100_000;
/// The range of the duration, in seconds.
pub const SECONDS: RangeInclusive<u32> = 1..=60;
/// The range of the number of connections.
pub const CONNECTIONS: RangeInclusive<u32> = 1..=16;
/// The longest duration of a load test that makes a number of exchanges, in seconds.
pub const TIME_LIMIT_SECONDS: u32 = 600;

/// What the amount of a load test counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountUnit {
    /// Exchanges: the load test ends after this many.
    Exchanges,
    /// Seconds: the load test ends after this time.
    Seconds,
}

/// A setting of a load test that the user types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadSetting {
    /// The number of exchanges, or of seconds.
    Amount(AmountUnit),
    /// The number of connections.
    Connections,
}

/// The settings of a load test, as the user typed them.
#[derive(Debug)]
pub struct LoadSettings {
    /// What the amount counts.
    pub unit: AmountUnit,
    /// The setting that was invalid when the user pressed Start, until a setting is changed.
    pub invalid: Option<LoadSetting>,
    exchanges: String,
    seconds: String,
    connections: String,
}

/// The settings of a load test, parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoadPlan {
    /// The number of exchanges after which the load test ends, or `None` if only time ends it.
    pub exchanges: Option<u32>,
    /// The longest duration of the load test, in seconds.
    pub max_seconds: u32,
    /// The number of connections.
    pub connections: u32,
}

impl Default for LoadSettings {
    fn default() -> Self {
        let (exchanges, seconds, connections) = ("1000".into(), "10".into(), "4".into());
        Self { unit: AmountUnit::Exchanges, invalid: None, exchanges, seconds, connections }
    }
}

impl LoadSetting {
    /// Returns the valid values of the setting.
    #[must_use]
    pub fn range(self) -> RangeInclusive<u32> {
        match self {
            Self::Amount(AmountUnit::Exchanges) => EXCHANGES,
            Self::Amount(AmountUnit::Seconds) => SECONDS,
            Self::Connections => CONNECTIONS,
        }
    }
}

impl LoadSettings {
    /// Returns the text that the user typed for a setting.
    #[must_use]
    pub fn text(&self, setting: LoadSetting) -> &str {
        match setting {
            LoadSetting::Amount(AmountUnit::Exchanges) => &self.exchanges,
            LoadSetting::Amount(AmountUnit::Seconds) => &self.seconds,
            LoadSetting::Connections => &self.connections,
        }
    }

    /// Chooses what the amount counts. Each unit keeps the number that was typed for it.
    pub fn choose(&mut self, unit: AmountUnit) {
        self.invalid = None;
        self.unit = unit;
    }

    /// Replaces the text of a setting.
    pub fn type_in(&mut self, setting: LoadSetting, text: String) {
        self.invalid = None;
        match setting {
            LoadSetting::Amount(AmountUnit::Exchanges) => self.exchanges = text,
            LoadSetting::Amount(AmountUnit::Seconds) => self.seconds = text,
            LoadSetting::Connections => self.connections = text,
        }
    }

    /// Parses the settings.
    ///
    /// # Errors
    ///
    /// Returns the first setting that is not a whole number, or not in its range.
    pub fn plan(&self) -> Result<LoadPlan, LoadSetting> {
        let amount = self.parse(LoadSetting::Amount(self.unit))?;
        let connections = self.parse(LoadSetting::Connections)?;
        Ok(match self.unit {
            AmountUnit::Exchanges => {
                LoadPlan { exchanges: Some(amount), max_seconds: TIME_LIMIT_SECONDS, connections }
            }
            AmountUnit::Seconds => LoadPlan { exchanges: None, max_seconds: amount, connections },
        })
    }

    fn parse(&self, setting: LoadSetting) -> Result<u32, LoadSetting> {
        let number = self.text(setting).trim().parse().ok();
        number.filter(|number| setting.range().contains(number)).ok_or(setting)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_of_each_range_are_taken_and_nothing_beyond() {
        for setting in [
            LoadSetting::Amount(AmountUnit::Exchanges),
            LoadSetting::Amount(AmountUnit::Seconds),
            LoadSetting::Connections,
        ] {
            let range = setting.range();
            let mut settings = LoadSettings::default();
            if let LoadSetting::Amount(unit) = setting {
                settings.unit = unit;
            }
            for good in [*range.start(), *range.end()] {
                settings.type_in(setting, good.to_string());
                assert!(settings.plan().is_ok(), "{setting:?} {good}");
            }
            for bad in ["0".into(), (range.end() + 1).to_string(), String::new(), "ten".into()] {
                settings.type_in(setting, bad);
                assert_eq!(settings.plan(), Err(setting));
            }
        }
    }

    #[test]
    fn each_unit_keeps_its_own_number() {
        let mut settings = LoadSettings::default();
        settings.type_in(LoadSetting::Amount(AmountUnit::Exchanges), "7".into());
        settings.unit = AmountUnit::Seconds;
        assert_eq!(
            settings.plan().unwrap(),
            LoadPlan { exchanges: None, max_seconds: 10, connections: 4 }
        );
        settings.unit = AmountUnit::Exchanges;
        assert_eq!(settings.plan().unwrap().exchanges, Some(7));
    }
}
