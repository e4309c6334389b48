//! Values inside JSON columns.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::Error;

/// A column, for the error that says that it holds what it cannot.
#[derive(Clone, Copy)]
pub(crate) struct Place(pub &'static str, pub &'static str);

impl Place {
    pub fn corrupt(self, value: String) -> Error {
        Error::Corrupt { table: self.0, column: self.1, value }
    }

    pub fn write(self, value: &impl Serialize) -> Result<Value, Error> {
        serde_json::to_value(value).map_err(|error| self.corrupt(error.to_string()))
    }

    pub fn read<T: DeserializeOwned>(self, value: Value) -> Result<T, Error> {
        serde_json::from_value(value).map_err(|error| self.corrupt(error.to_string()))
    }

    /// An enum from the text that serde writes it as.
    pub fn read_text<T: DeserializeOwned>(self, text: String) -> Result<T, Error> {
        self.read(Value::String(text))
    }
}
