//! The JSON objects of a JWT, read strictly: no repeated members, no conversion between types.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::token_error::TokenError;
use crate::domain::principal::{IDENTIFIER_RULE, is_identifier};

/// A JSON object in which no member occurs twice. Readers differ on which of two members counts, and a
/// signature over such a text protects nobody.
/// Source: RFC 7519 section 4, RFC 7515 section 5.2.
#[derive(Debug)]
pub(super) struct Claims(Map<String, Value>);

impl Claims {
    pub(super) fn parse(json: &[u8]) -> Option<Self> {
        serde_json::from_slice(json).ok()
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    pub(super) fn string(&self, name: &'static str) -> Result<Option<&str>, TokenError> {
        self.read(name, "must be a string", Value::as_str)
    }

    /// RFC 7519 allows a fraction; no issuer of Graph tokens writes one, so none is rounded.
    pub(super) fn numeric_date(&self, name: &'static str) -> Result<Option<i64>, TokenError> {
        self.read(name, "must be a whole number of seconds", Value::as_i64)
    }

    /// A number that stands for no (0) or yes (1).
    pub(super) fn zero_or_one(&self, name: &'static str) -> Result<Option<bool>, TokenError> {
        self.read(name, "must be the number 0 or 1", |value| {
            match value.as_u64()? {
                0 => Some(false),
                1 => Some(true),
                _ => None,
            }
        })
    }

    pub(super) fn strings(&self, name: &'static str) -> Result<Option<Vec<String>>, TokenError> {
        self.read(name, "must be an array of strings", |value| {
            let strings = value.as_array()?.iter().map(Value::as_str);
            strings.map(|string| string.map(str::to_owned)).collect()
        })
    }

    /// Of a tenant, app or user.
    pub(super) fn identifier(&self, name: &'static str) -> Result<Option<&str>, TokenError> {
        self.read(name, IDENTIFIER_RULE, |value| {
            value.as_str().filter(|text| is_identifier(text))
        })
    }

    fn read<'a, T>(
        &'a self,
        name: &'static str,
        rule: &'static str,
        convert: impl FnOnce(&'a Value) -> Option<T>,
    ) -> Result<Option<T>, TokenError> {
        let Some(value) = self.0.get(name) else {
            return Ok(None);
        };
        match convert(value) {
            Some(converted) => Ok(Some(converted)),
            None => Err(TokenError::Claim { name, rule }),
        }
    }
}

pub(super) fn required<T>(name: &'static str, value: Option<T>) -> Result<T, TokenError> {
    value.ok_or(TokenError::Claim {
        name,
        rule: "is missing",
    })
}

impl<'de> Deserialize<'de> for Claims {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;

        impl<'de> Visitor<'de> for Object {
            type Value = Claims;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object without repeated members")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Claims, A::Error> {
                let mut object = Map::new();
                while let Some((name, value)) = members.next_entry::<String, Value>()? {
                    if object.insert(name, value).is_some() {
                        return Err(de::Error::custom("a member occurs twice"));
                    }
                }
                Ok(Claims(object))
            }
        }

        deserializer.deserialize_map(Object)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_object_without_repeated_members_is_read() {
        for bad in [
            "",
            "[]",
            "1",
            "null",
            "{",
            r#"{"a":1,"a":1}"#,
            r#"{"a":1,"b":2,"\u0061":3}"#,
            r#"{"a":1}{}"#,
            r#"{"a":NaN}"#,
        ] {
            assert!(Claims::parse(bad.as_bytes()).is_none(), "{bad}");
        }
        assert!(Claims::parse(&[b'[', 0xff]).is_none());
        assert!(Claims::parse(format!("{{\"a\":{}", "[".repeat(4_000)).as_bytes()).is_none());
        assert!(Claims::parse(br#" {"a":1,"A":{}} "#).is_some());
        let error = serde_json::from_str::<Claims>("[]").expect_err("no object");
        let said = error.to_string();
        assert!(
            said.contains("an object without repeated members"),
            "{said}"
        );
    }

    #[test]
    fn numeric_dates_are_whole_numbers() {
        for (json, expected) in [
            ("1700000000", Some(1_700_000_000)),
            ("0", Some(0)),
            ("-1", Some(-1)),
            ("9223372036854775807", Some(i64::MAX)),
            ("9223372036854775808", None),
            ("1700000000.0", None),
            ("1.7e9", None),
            ("1e400", None),
            ("\"1700000000\"", None),
            ("null", None),
            ("true", None),
            ("[1700000000]", None),
        ] {
            let read = Claims::parse(format!("{{\"exp\":{json}}}").as_bytes())
                .and_then(|claims| claims.numeric_date("exp").ok().flatten());
            assert_eq!(read, expected, "{json}");
        }
    }
}
