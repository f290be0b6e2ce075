//! Whether two descriptions of an API say the same: the document, and what poem-openapi describes at run time.
//!
//! Both are brought into one form by `canonical`, whose rules absorb only what poem-openapi cannot say or says
//! otherwise; the rest is compared to the letter.

mod canonical;

use std::fmt;

use serde_json::Value;

/// A place where document and service differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// JSON pointer into the canonical form: parameters are members named `in name`, tags and `required` by their name.
    pub pointer: String,
    /// `None`: the document says nothing here.
    pub document: Option<Value>,
    /// `None`: the service says nothing here.
    pub served: Option<Value>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let say = |value: &Option<Value>| match value {
            Some(value) => value.to_string(),
            None => "nothing".into(),
        };
        write!(
            f,
            "{}: the document says {}, the service says {}",
            self.pointer,
            say(&self.document),
            say(&self.served)
        )
    }
}

/// Where the service's description has drifted from the document.
pub fn drift(document: &Value, served: &Value) -> Vec<Difference> {
    let (document, served) = (Canonical::of(document), Canonical::of(served));
    let mut differences = Vec::new();
    compare("", Some(&document.0), Some(&served.0), &mut differences);
    differences
}

/// A description in the form in which those that say the same are equal.
#[derive(Debug, Clone, PartialEq)]
pub struct Canonical(Value);

impl Canonical {
    pub fn of(description: &Value) -> Self {
        Self(canonical::canonical(description))
    }
}

fn compare(
    pointer: &str,
    document: Option<&Value>,
    served: Option<&Value>,
    differences: &mut Vec<Difference>,
) {
    match (document, served) {
        (Some(Value::Object(document)), Some(Value::Object(served))) => {
            let only_served = served.keys().filter(|key| !document.contains_key(*key));
            for key in document.keys().chain(only_served) {
                let pointer = format!("{pointer}/{}", crate::document::escape(key));
                compare(&pointer, document.get(key), served.get(key), differences);
            }
        }
        (Some(Value::Array(document)), Some(Value::Array(served))) => {
            for index in 0..document.len().max(served.len()) {
                let pointer = format!("{pointer}/{index}");
                compare(
                    &pointer,
                    document.get(index),
                    served.get(index),
                    differences,
                );
            }
        }
        (document, served) if document == served => {}
        (document, served) => differences.push(Difference {
            pointer: pointer.to_owned(),
            document: document.cloned(),
            served: served.cloned(),
        }),
    }
}
