//! Values that a server keeps and hands on without looking into them.

use std::{fmt, marker::PhantomData};

use super::{FromJson, Node, Reader, ToJson};

/// The JSON text of a `T`: read by the rules of `T`, then held and written as text. A tree takes many times the memory.
pub struct JsonText<T> {
    text: Box<str>,
    marker: PhantomData<fn() -> T>,
}

impl<T> JsonText<T> {
    /// Of what [`Self::into_text`] has given, perhaps in an earlier version. It is not read again.
    pub fn from_text(text: Box<str>) -> Self {
        Self {
            text,
            marker: PhantomData,
        }
    }

    /// The text.
    pub fn into_text(self) -> Box<str> {
        self.text
    }
}

impl<T: ToJson> JsonText<T> {
    /// The text of a value.
    ///
    /// # Panics
    /// If `T` writes what is not UTF-8; no generated type does.
    pub fn of(value: &T) -> Self {
        let text = String::from_utf8(value.to_json_vec()).expect("JSON is written as UTF-8");
        Self::from_text(text.into())
    }
}

impl<T: FromJson + ToJson> FromJson for JsonText<T> {
    fn from_json(node: Node, at: &mut Reader) -> Option<Self> {
        T::from_json(node, at).map(|value| Self::of(&value))
    }
}

impl<T> ToJson for JsonText<T> {
    fn to_json(&self, text: &mut Vec<u8>) {
        text.extend_from_slice(self.text.as_bytes());
    }
}

impl<T> Clone for JsonText<T> {
    fn clone(&self) -> Self {
        Self::from_text(self.text.clone())
    }
}

impl<T> PartialEq for JsonText<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<T> fmt::Debug for JsonText<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("JsonText").field(&self.text).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{BodyLimits, parse, read};

    /// A type with a rule.
    struct Even(i32);

    impl FromJson for Even {
        fn from_json(node: Node, at: &mut Reader) -> Option<Self> {
            let number = at.int32(&node, None, None)?;
            if number % 2 == 0 {
                return Some(Self(number));
            }
            at.refuse(crate::Kind::Value, "must be even")
        }
    }

    impl ToJson for Even {
        fn to_json(&self, text: &mut Vec<u8>) {
            self.0.to_json(text);
        }
    }

    #[test]
    fn text_is_read_by_the_rules_of_its_type_and_written_as_it_is_held() {
        let of = |text: &str| {
            let node = parse(text.as_bytes(), BodyLimits::default());
            read::<JsonText<Even>>(node.expect("JSON")).value
        };
        let even = of(" 2.0 ").expect("even");
        assert_eq!(even.to_json_vec(), b"2");
        assert_eq!(&*even.into_text(), "2");
        assert_eq!(of("3").expect_err("odd")[0].rule, "must be even");
        let kept = JsonText::<Even>::from_text("{ \"a\": 1e2 }".into());
        assert_eq!(kept.to_json_vec(), b"{ \"a\": 1e2 }");
    }
}
