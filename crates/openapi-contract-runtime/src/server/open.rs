//! What the document leaves open: any JSON, and objects whose members it does not name.

use std::vec;

/// Any JSON value, byte for byte as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Json(Box<str>);

impl Json {
    /// Of JSON: the text of another `Json`, or what `serde_json` has written.
    pub fn from_text(text: Box<str>) -> Self {
        Self(text)
    }

    pub fn text(&self) -> &str {
        &self.0
    }

    pub fn into_text(self) -> Box<str> {
        self.0
    }
}

/// An object of members that only the client knows, byte for byte as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeObject(Box<str>);

impl FreeObject {
    /// Of what [`Self::into_text`] has given.
    pub fn from_text(text: Box<str>) -> Self {
        Self(text)
    }

    /// A JSON object.
    pub fn into_text(self) -> Box<str> {
        self.0
    }

    pub(crate) fn text(&self) -> &str {
        &self.0
    }
}

/// Members of an object that the document does not name, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Map<T>(Vec<(String, T)>);

impl<T> Map<T> {
    pub fn get(&self, name: &str) -> Option<&T> {
        let mut members = self.0.iter();
        members
            .find(|(other, _)| other == name)
            .map(|(_, value)| value)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

/// Of members of which each has another name.
impl<T> From<Vec<(String, T)>> for Map<T> {
    fn from(members: Vec<(String, T)>) -> Self {
        Self(members)
    }
}

impl<T> IntoIterator for Map<T> {
    type Item = (String, T);
    type IntoIter = vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
