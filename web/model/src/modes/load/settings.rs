//! How often, or for how long, and on how many connections, as somebody typed it.

use std::ops::RangeInclusive;

/// How many exchanges there may be.
pub const TIMES: RangeInclusive<u32> = 1..=100_000;
/// For how many seconds they may go on.
pub const SECONDS: RangeInclusive<u32> = 1..=60;
/// On how many connections.
pub const CONNECTIONS: RangeInclusive<u32> = 1..=16;
/// When a number of exchanges is given up at the latest, in seconds.
pub const LONGEST_SECONDS: u32 = 600;

/// What ends a repetition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountUnit {
    /// A number of exchanges.
    Times,
    /// A number of seconds.
    Seconds,
}

/// A setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadSetting {
    /// How many exchanges, or seconds.
    Amount(AmountUnit),
    /// How many connections.
    Connections,
}

/// The settings, as they were typed.
#[derive(Debug)]
pub struct LoadSettings {
    /// What the amount counts.
    pub unit: AmountUnit,
    /// The setting that was wrong when Start was pressed, until it is typed anew.
    pub wrong: Option<LoadSetting>,
    times: String,
    seconds: String,
    connections: String,
}

/// The settings, understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoadPlan {
    /// How many exchanges at most.
    pub times: Option<u32>,
    /// For how many seconds at most.
    pub seconds: u32,
    /// On how many connections.
    pub connections: u32,
}

impl Default for LoadSettings {
    fn default() -> Self {
        let (times, seconds, connections) = ("1000".into(), "10".into(), "4".into());
        Self { unit: AmountUnit::Times, wrong: None, times, seconds, connections }
    }
}

impl LoadSetting {
    /// What it may be.
    #[must_use]
    pub fn range(self) -> RangeInclusive<u32> {
        match self {
            Self::Amount(AmountUnit::Times) => TIMES,
            Self::Amount(AmountUnit::Seconds) => SECONDS,
            Self::Connections => CONNECTIONS,
        }
    }
}

impl LoadSettings {
    /// What somebody typed.
    #[must_use]
    pub fn text(&self, setting: LoadSetting) -> &str {
        match setting {
            LoadSetting::Amount(AmountUnit::Times) => &self.times,
            LoadSetting::Amount(AmountUnit::Seconds) => &self.seconds,
            LoadSetting::Connections => &self.connections,
        }
    }

    /// Somebody chose what the amount counts.
    pub fn choose(&mut self, unit: AmountUnit) {
        self.wrong = None;
        self.unit = unit;
    }

    /// Somebody typed.
    pub fn type_in(&mut self, setting: LoadSetting, text: String) {
        self.wrong = None;
        match setting {
            LoadSetting::Amount(AmountUnit::Times) => self.times = text,
            LoadSetting::Amount(AmountUnit::Seconds) => self.seconds = text,
            LoadSetting::Connections => self.connections = text,
        }
    }

    /// What the settings mean.
    ///
    /// # Errors
    ///
    /// The setting that is no number, or one out of its range.
    pub fn plan(&self) -> Result<LoadPlan, LoadSetting> {
        let amount = self.number(LoadSetting::Amount(self.unit))?;
        let connections = self.number(LoadSetting::Connections)?;
        Ok(match self.unit {
            AmountUnit::Times => {
                LoadPlan { times: Some(amount), seconds: LONGEST_SECONDS, connections }
            }
            AmountUnit::Seconds => LoadPlan { times: None, seconds: amount, connections },
        })
    }

    fn number(&self, setting: LoadSetting) -> Result<u32, LoadSetting> {
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
            LoadSetting::Amount(AmountUnit::Times),
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
        settings.type_in(LoadSetting::Amount(AmountUnit::Times), "7".into());
        settings.unit = AmountUnit::Seconds;
        assert_eq!(settings.plan().unwrap(), LoadPlan { times: None, seconds: 10, connections: 4 });
        settings.unit = AmountUnit::Times;
        assert_eq!(settings.plan().unwrap().times, Some(7));
    }
}
