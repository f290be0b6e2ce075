//! A member of an object that may be absent, `null` or a value.

/// A member with three states.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Member<T> {
    /// The object does not have the member.
    #[default]
    Absent,
    /// It is `null`.
    Null,
    /// It has a value.
    Value(T),
}

impl<T> Member<T> {
    /// The value; absent and `null` are the same.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// A change: absent is `None`, `null` is `Some(None)`.
    pub fn change(self) -> Option<Option<T>> {
        match self {
            Self::Absent => None,
            Self::Null => Some(None),
            Self::Value(value) => Some(Some(value)),
        }
    }

    /// The value or `null`; `default` if it is absent.
    pub fn or_if_absent(self, default: impl FnOnce() -> Option<T>) -> Option<T> {
        match self {
            Self::Absent => default(),
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// Changes the value, if there is one.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Member<U> {
        match self {
            Self::Absent => Member::Absent,
            Self::Null => Member::Null,
            Self::Value(value) => Member::Value(f(value)),
        }
    }
}

/// No value is written as `null`.
impl<T> From<Option<T>> for Member<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}
