//! The codes by which EXTREME knows its records. They are read, compared and shown, and never made here.

use serde::{Deserialize, Serialize};

/// How long a code may be, in characters.
pub const MAX_CODE: usize = 40;

/// A text that is no code: empty, too long, or with something else than letters of ASCII, digits, hyphens and underscores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no code")]
pub struct NoCode;

fn is_code(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (1..=MAX_CODE).contains(&text.len()) && text.bytes().all(fits)
}

/// Makes one type per kind of code, so that a car's cannot stand where a customer's is expected.
macro_rules! code {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "openapi", schema(pattern = "^[A-Za-z0-9_-]{1,40}$"))]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = NoCode;

            fn try_from(text: String) -> Result<Self, NoCode> {
                if is_code(&text) { Ok(Self(text)) } else { Err(NoCode) }
            }
        }

        impl std::str::FromStr for $name {
            type Err = NoCode;

            fn from_str(text: &str) -> Result<Self, NoCode> {
                text.to_owned().try_into()
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> Self {
                code.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

code! {
    /// 在庫番号: one unit in stock, one of a kind; never given to another car.
    StockNumber;
    /// 顧客コード
    CustomerCode;
    /// 社員コード
    StaffCode;
    /// 店舗コード
    StoreCode;
    /// By which EXTREME knows any other record: a sale, a purchase, a piece of work, a hold, a contract.
    RecordNumber;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_kept_as_it_came_and_what_is_none_is_refused() {
        let code: StockNumber = "S-01042".parse().unwrap();
        assert_eq!(serde_json::to_string(&code).unwrap(), "\"S-01042\"");
        for wrong in ["", "S 1", "S/1", "在庫1", "../x", &"9".repeat(41)] {
            assert_eq!(wrong.parse::<StockNumber>(), Err(NoCode), "{wrong}");
        }
        assert!(serde_json::from_str::<CustomerCode>("\"C 1\"").is_err());
    }
}
