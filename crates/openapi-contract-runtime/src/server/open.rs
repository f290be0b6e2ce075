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

    /// The JSON.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The JSON.
    pub fn into_text(self) -> Box<str> {
        self.0
    }
}

/// An object of members that only the client knows, byte for byte as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeObject(Box<str>);

impl FreeObject {
    /// From what [`Self::into_text`] returned.
    pub fn from_text(text: Box<str>) -> Self {
        Self(text)
    }

    /// The JSON of the object.
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
    /// The member of this name.
    pub fn get(&self, name: &str) -> Option<&T> {
        let mut members = self.0.iter();
        members
            .find(|(other, _)| other == name)
            .map(|(_, value)| value)
    }

    /// Names and values, in the order of the text.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// The number of members.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
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
