//! Between rows and the model: one cursor over the columns of a row, in the order of the SELECT.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use rusqlite::{Row, types::FromSql};
use serde::de::DeserializeOwned;

use super::error::StoreError;

/// Milliseconds since 1970: how times are stored.
pub fn ms(time: DateTime<Utc>) -> i64 {
    time.timestamp_millis()
}

/// A stored time.
pub fn time(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap_or_default()
}

/// Walks over the columns of a row from left to right: no names to look up for each of thousands of rows.
pub struct Columns<'r> {
    row: &'r Row<'r>,
    next: usize,
}

impl<'r> Columns<'r> {
    /// Starts at the first column.
    pub fn new(row: &'r Row<'r>) -> Self {
        Self { row, next: 0 }
    }

    /// A plain value.
    pub fn get<T: FromSql>(&mut self) -> Result<T, StoreError> {
        let value = self.row.get(self.next)?;
        self.next += 1;
        Ok(value)
    }

    /// A word or an id.
    pub fn word<T: FromStr>(&mut self, what: &'static str) -> Result<T, StoreError>
    where
        T::Err: std::fmt::Display,
    {
        let text = self.row.get_ref(self.next)?.as_str().map_err(|error| unreadable(what, error))?;
        self.next += 1;
        text.parse().map_err(|error: T::Err| unreadable(what, error))
    }

    /// A word or an id that may be missing.
    pub fn optional_word<T: FromStr>(&mut self, what: &'static str) -> Result<Option<T>, StoreError>
    where
        T::Err: std::fmt::Display,
    {
        let text = self.row.get_ref(self.next)?.as_str_or_null().map_err(|error| unreadable(what, error))?;
        self.next += 1;
        text.map(|text| text.parse().map_err(|error: T::Err| unreadable(what, error))).transpose()
    }

    /// A time.
    pub fn time(&mut self) -> Result<DateTime<Utc>, StoreError> {
        self.get().map(time)
    }

    /// A time that may be missing.
    pub fn optional_time(&mut self) -> Result<Option<DateTime<Utc>>, StoreError> {
        Ok(self.get::<Option<i64>>()?.map(time))
    }

    /// A list or map.
    pub fn json<T: DeserializeOwned>(&mut self, what: &'static str) -> Result<T, StoreError> {
        let text = self.row.get_ref(self.next)?.as_str().map_err(|error| unreadable(what, error))?;
        self.next += 1;
        serde_json::from_str(text).map_err(|error| unreadable(what, error))
    }

    /// A list or map that may be missing.
    pub fn optional_json<T: DeserializeOwned>(&mut self, what: &'static str) -> Result<Option<T>, StoreError> {
        let text = self.row.get_ref(self.next)?.as_str_or_null().map_err(|error| unreadable(what, error))?;
        self.next += 1;
        text.map(|text| serde_json::from_str(text).map_err(|error| unreadable(what, error))).transpose()
    }
}

fn unreadable(what: &'static str, error: impl std::fmt::Display) -> StoreError {
    StoreError::Unreadable { what, detail: error.to_string() }
}

/// A list or map as it is stored.
pub fn to_json<T: serde::Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| unreadable("value", error))
}
