#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
#[allow(unused_imports)]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    ///What only others are composed of.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Base {
        ///A name that generated code has too.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub at: ::std::option::Option<::std::string::String>,
        ///A keyword of Rust.
        #[serde(rename = "type")]
        pub type_: ::std::string::String,
    }
    impl Base {
        ///Builds a [`Base`], member by member.
        pub fn builder() -> builder::Base {
            Default::default()
        }
    }
    ///`Circle`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Circle {
        ///The member `radius`.
        pub radius: f64,
        ///`CircleType`
        #[serde(rename = "@type")]
        pub type_: CircleType,
    }
    impl Circle {
        ///Builds a [`Circle`], member by member.
        pub fn builder() -> builder::Circle {
            Default::default()
        }
    }
    ///`CircleType`
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum CircleType {
        ///The value `circle`.
        #[serde(rename = "circle")]
        #[serde(alias = "round")]
        Circle,
    }
    impl ::std::fmt::Display for CircleType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Circle => f.write_str("circle"),
            }
        }
    }
    impl ::std::str::FromStr for CircleType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "circle" => Ok(Self::Circle),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for CircleType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for CircleType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///`Failure`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Failure {
        ///The member `message`.
        pub message: ::std::string::String,
    }
    impl Failure {
        ///Builds a [`Failure`], member by member.
        pub fn builder() -> builder::Failure {
            Default::default()
        }
    }
    ///Kept as sent.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(transparent)]
    pub struct Free(pub ::serde_json::Map<::std::string::String, ::serde_json::Value>);
    impl ::std::ops::Deref for Free {
        type Target = ::serde_json::Map<::std::string::String, ::serde_json::Value>;
        fn deref(
            &self,
        ) -> &::serde_json::Map<::std::string::String, ::serde_json::Value> {
            &self.0
        }
    }
    impl ::std::convert::From<Free>
    for ::serde_json::Map<::std::string::String, ::serde_json::Value> {
        fn from(value: Free) -> Self {
            value.0
        }
    }
    impl ::std::convert::From<
        ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    > for Free {
        fn from(
            value: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        ) -> Self {
            Self(value)
        }
    }
    ///An enumeration.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum KindOf {
        ///The value `big`.
        #[serde(rename = "big")]
        Big,
        ///The value `null`.
        #[serde(rename = "null")]
        Null,
        ///The value `3d`.
        #[serde(rename = "3d")]
        X3d,
        ///The value `with space`.
        #[serde(rename = "with space")]
        WithSpace,
        ///The value `type`.
        #[serde(rename = "type")]
        Type,
    }
    impl ::std::fmt::Display for KindOf {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Big => f.write_str("big"),
                Self::Null => f.write_str("null"),
                Self::X3d => f.write_str("3d"),
                Self::WithSpace => f.write_str("with space"),
                Self::Type => f.write_str("type"),
            }
        }
    }
    impl ::std::str::FromStr for KindOf {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "big" => Ok(Self::Big),
                "null" => Ok(Self::Null),
                "3d" => Ok(Self::X3d),
                "with space" => Ok(Self::WithSpace),
                "type" => Ok(Self::Type),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for KindOf {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for KindOf {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///Closed, with every rule.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    #[serde(deny_unknown_fields)]
    pub struct Rules {
        ///The member `clearable`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub clearable: ::std::option::Option<
            crate::facade::Patch<::std::string::String>,
        >,
        ///The member `double`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub double: ::std::option::Option<f64>,
        ///The member `flag`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub flag: ::std::option::Option<bool>,
        ///The member `int32`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub int32: ::std::option::Option<i32>,
        ///The member `int64`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub int64: ::std::option::Option<i64>,
        ///An enumeration.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub kinds: ::std::option::Option<
            crate::facade::Patch<::std::vec::Vec<KindOf>>,
        >,
        ///The member `list`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub list: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        ///The member `share`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub share: ::std::option::Option<f64>,
        ///The member `small`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub small: ::std::option::Option<i32>,
        ///The member `table`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub table: ::std::option::Option<::std::vec::Vec<::std::vec::Vec<i32>>>,
        ///Short.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub text: ::std::option::Option<::std::string::String>,
    }
    impl Rules {
        ///Builds a [`Rules`], member by member.
        pub fn builder() -> builder::Rules {
            Default::default()
        }
    }
    ///One of several.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(untagged)]
    pub enum Shape {
        Circle(Circle),
        Square(Square),
    }
    impl ::std::convert::From<Circle> for Shape {
        fn from(value: Circle) -> Self {
            Self::Circle(value)
        }
    }
    impl ::std::convert::From<Square> for Shape {
        fn from(value: Square) -> Self {
            Self::Square(value)
        }
    }
    ///`Square`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct Square {
        ///One of several.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub sides: ::std::option::Option<::std::vec::Vec<Shape>>,
        ///Always `square`.
        #[serde(rename = "@type")]
        pub type_: SquareType,
    }
    impl Square {
        ///Builds a [`Square`], member by member.
        pub fn builder() -> builder::Square {
            Default::default()
        }
    }
    ///Always `square`.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum SquareType {
        ///The value `square`.
        #[serde(rename = "square")]
        Square,
    }
    impl ::std::fmt::Display for SquareType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Square => f.write_str("square"),
            }
        }
    }
    impl ::std::str::FromStr for SquareType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "square" => Ok(Self::Square),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for SquareType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for SquareType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A thing, composed.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Thing {
        ///A name that generated code has too.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub at: ::std::option::Option<::std::string::String>,
        ///Closed, with every rule.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub computed: ::std::option::Option<Rules>,
        ///The member `computed_too`.
        #[serde(
            rename = "computedToo",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub computed_too: ::std::option::Option<i64>,
        ///Kept as sent.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub free: ::std::option::Option<Free>,
        ///An enumeration.
        pub kind: KindOf,
        ///The member `maybe`.
        #[serde(deserialize_with = "::std::option::Option::deserialize")]
        pub maybe: ::std::option::Option<::std::string::String>,
        ///With notes beside a reference.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub object: ::std::option::Option<Rules>,
        ///The member `old`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub old: ::std::option::Option<bool>,
        ///A thing, composed.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub parts: ::std::option::Option<::std::vec::Vec<Thing>>,
        ///One of several.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub shape: ::std::option::Option<Shape>,
        ///A keyword of Rust.
        #[serde(rename = "type")]
        pub type_: ::std::string::String,
        ///The member `x3d`.
        #[serde(rename = "3d", skip_serializing_if = "::std::option::Option::is_none")]
        pub x3d: ::std::option::Option<bool>,
    }
    impl Thing {
        ///Builds a [`Thing`], member by member.
        pub fn builder() -> builder::Thing {
            Default::default()
        }
    }
    ///`Things`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Things {
        ///The member `odata_count`.
        #[serde(
            rename = "@odata.count",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub odata_count: ::std::option::Option<i64>,
        ///A thing, composed.
        pub value: ::std::vec::Vec<Thing>,
    }
    impl Things {
        ///Builds a [`Things`], member by member.
        pub fn builder() -> builder::Things {
            Default::default()
        }
    }
    /// Types for composing complex structures.
    pub mod builder {
        ///Builds a [`Base`](super::Base), member by member.
        #[derive(Clone, Debug)]
        pub struct Base {
            at: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            type_: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for Base {
            fn default() -> Self {
                Self {
                    at: Ok(Default::default()),
                    type_: Err("no value supplied for type_".to_string()),
                }
            }
        }
        impl Base {
            ///A name that generated code has too.
            pub fn at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.at = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for at: {e}"));
                self
            }
            ///A keyword of Rust.
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.type_ = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for type_: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Base> for super::Base {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Base,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    at: value.at?,
                    type_: value.type_?,
                })
            }
        }
        impl ::std::convert::From<super::Base> for Base {
            fn from(value: super::Base) -> Self {
                Self {
                    at: Ok(value.at),
                    type_: Ok(value.type_),
                }
            }
        }
        ///Builds a [`Circle`](super::Circle), member by member.
        #[derive(Clone, Debug)]
        pub struct Circle {
            radius: ::std::result::Result<f64, ::std::string::String>,
            type_: ::std::result::Result<super::CircleType, ::std::string::String>,
        }
        impl ::std::default::Default for Circle {
            fn default() -> Self {
                Self {
                    radius: Err("no value supplied for radius".to_string()),
                    type_: Err("no value supplied for type_".to_string()),
                }
            }
        }
        impl Circle {
            ///The member `radius`.
            pub fn radius<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<f64>,
                T::Error: ::std::fmt::Display,
            {
                self.radius = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for radius: {e}")
                    });
                self
            }
            ///`CircleType`
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::CircleType>,
                T::Error: ::std::fmt::Display,
            {
                self.type_ = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for type_: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Circle> for super::Circle {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Circle,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    radius: value.radius?,
                    type_: value.type_?,
                })
            }
        }
        impl ::std::convert::From<super::Circle> for Circle {
            fn from(value: super::Circle) -> Self {
                Self {
                    radius: Ok(value.radius),
                    type_: Ok(value.type_),
                }
            }
        }
        ///Builds a [`Failure`](super::Failure), member by member.
        #[derive(Clone, Debug)]
        pub struct Failure {
            message: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for Failure {
            fn default() -> Self {
                Self {
                    message: Err("no value supplied for message".to_string()),
                }
            }
        }
        impl Failure {
            ///The member `message`.
            pub fn message<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.message = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for message: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Failure> for super::Failure {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Failure,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { message: value.message? })
            }
        }
        impl ::std::convert::From<super::Failure> for Failure {
            fn from(value: super::Failure) -> Self {
                Self { message: Ok(value.message) }
            }
        }
        ///Builds a [`Rules`](super::Rules), member by member.
        #[derive(Clone, Debug)]
        pub struct Rules {
            clearable: ::std::result::Result<
                ::std::option::Option<
                    crate::facade::Patch<::std::string::String>,
                >,
                ::std::string::String,
            >,
            double: ::std::result::Result<
                ::std::option::Option<f64>,
                ::std::string::String,
            >,
            flag: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            int32: ::std::result::Result<
                ::std::option::Option<i32>,
                ::std::string::String,
            >,
            int64: ::std::result::Result<
                ::std::option::Option<i64>,
                ::std::string::String,
            >,
            kinds: ::std::result::Result<
                ::std::option::Option<
                    crate::facade::Patch<::std::vec::Vec<super::KindOf>>,
                >,
                ::std::string::String,
            >,
            list: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                ::std::string::String,
            >,
            share: ::std::result::Result<
                ::std::option::Option<f64>,
                ::std::string::String,
            >,
            small: ::std::result::Result<
                ::std::option::Option<i32>,
                ::std::string::String,
            >,
            table: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<::std::vec::Vec<i32>>>,
                ::std::string::String,
            >,
            text: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Rules {
            fn default() -> Self {
                Self {
                    clearable: Ok(Default::default()),
                    double: Ok(Default::default()),
                    flag: Ok(Default::default()),
                    int32: Ok(Default::default()),
                    int64: Ok(Default::default()),
                    kinds: Ok(Default::default()),
                    list: Ok(Default::default()),
                    share: Ok(Default::default()),
                    small: Ok(Default::default()),
                    table: Ok(Default::default()),
                    text: Ok(Default::default()),
                }
            }
        }
        impl Rules {
            ///The member `clearable`.
            pub fn clearable<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        crate::facade::Patch<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.clearable = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for clearable: {e}")
                    });
                self
            }
            ///The member `double`.
            pub fn double<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<f64>>,
                T::Error: ::std::fmt::Display,
            {
                self.double = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for double: {e}")
                    });
                self
            }
            ///The member `flag`.
            pub fn flag<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.flag = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for flag: {e}")
                    });
                self
            }
            ///The member `int32`.
            pub fn int32<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i32>>,
                T::Error: ::std::fmt::Display,
            {
                self.int32 = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for int32: {e}")
                    });
                self
            }
            ///The member `int64`.
            pub fn int64<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.int64 = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for int64: {e}")
                    });
                self
            }
            ///An enumeration.
            pub fn kinds<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        crate::facade::Patch<::std::vec::Vec<super::KindOf>>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.kinds = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for kinds: {e}")
                    });
                self
            }
            ///The member `list`.
            pub fn list<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.list = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for list: {e}")
                    });
                self
            }
            ///The member `share`.
            pub fn share<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<f64>>,
                T::Error: ::std::fmt::Display,
            {
                self.share = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for share: {e}")
                    });
                self
            }
            ///The member `small`.
            pub fn small<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i32>>,
                T::Error: ::std::fmt::Display,
            {
                self.small = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for small: {e}")
                    });
                self
            }
            ///The member `table`.
            pub fn table<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<::std::vec::Vec<i32>>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.table = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for table: {e}")
                    });
                self
            }
            ///Short.
            pub fn text<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.text = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for text: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Rules> for super::Rules {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Rules,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    clearable: value.clearable?,
                    double: value.double?,
                    flag: value.flag?,
                    int32: value.int32?,
                    int64: value.int64?,
                    kinds: value.kinds?,
                    list: value.list?,
                    share: value.share?,
                    small: value.small?,
                    table: value.table?,
                    text: value.text?,
                })
            }
        }
        impl ::std::convert::From<super::Rules> for Rules {
            fn from(value: super::Rules) -> Self {
                Self {
                    clearable: Ok(value.clearable),
                    double: Ok(value.double),
                    flag: Ok(value.flag),
                    int32: Ok(value.int32),
                    int64: Ok(value.int64),
                    kinds: Ok(value.kinds),
                    list: Ok(value.list),
                    share: Ok(value.share),
                    small: Ok(value.small),
                    table: Ok(value.table),
                    text: Ok(value.text),
                }
            }
        }
        ///Builds a [`Square`](super::Square), member by member.
        #[derive(Clone, Debug)]
        pub struct Square {
            sides: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<super::Shape>>,
                ::std::string::String,
            >,
            type_: ::std::result::Result<super::SquareType, ::std::string::String>,
        }
        impl ::std::default::Default for Square {
            fn default() -> Self {
                Self {
                    sides: Ok(Default::default()),
                    type_: Err("no value supplied for type_".to_string()),
                }
            }
        }
        impl Square {
            ///One of several.
            pub fn sides<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<super::Shape>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.sides = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for sides: {e}")
                    });
                self
            }
            ///Always `square`.
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::SquareType>,
                T::Error: ::std::fmt::Display,
            {
                self.type_ = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for type_: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Square> for super::Square {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Square,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    sides: value.sides?,
                    type_: value.type_?,
                })
            }
        }
        impl ::std::convert::From<super::Square> for Square {
            fn from(value: super::Square) -> Self {
                Self {
                    sides: Ok(value.sides),
                    type_: Ok(value.type_),
                }
            }
        }
        ///Builds a [`Thing`](super::Thing), member by member.
        #[derive(Clone, Debug)]
        pub struct Thing {
            at: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            computed: ::std::result::Result<
                ::std::option::Option<super::Rules>,
                ::std::string::String,
            >,
            computed_too: ::std::result::Result<
                ::std::option::Option<i64>,
                ::std::string::String,
            >,
            free: ::std::result::Result<
                ::std::option::Option<super::Free>,
                ::std::string::String,
            >,
            kind: ::std::result::Result<super::KindOf, ::std::string::String>,
            maybe: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            object: ::std::result::Result<
                ::std::option::Option<super::Rules>,
                ::std::string::String,
            >,
            old: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            parts: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<super::Thing>>,
                ::std::string::String,
            >,
            shape: ::std::result::Result<
                ::std::option::Option<super::Shape>,
                ::std::string::String,
            >,
            type_: ::std::result::Result<::std::string::String, ::std::string::String>,
            x3d: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Thing {
            fn default() -> Self {
                Self {
                    at: Ok(Default::default()),
                    computed: Ok(Default::default()),
                    computed_too: Ok(Default::default()),
                    free: Ok(Default::default()),
                    kind: Err("no value supplied for kind".to_string()),
                    maybe: Err("no value supplied for maybe".to_string()),
                    object: Ok(Default::default()),
                    old: Ok(Default::default()),
                    parts: Ok(Default::default()),
                    shape: Ok(Default::default()),
                    type_: Err("no value supplied for type_".to_string()),
                    x3d: Ok(Default::default()),
                }
            }
        }
        impl Thing {
            ///A name that generated code has too.
            pub fn at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.at = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for at: {e}"));
                self
            }
            ///Closed, with every rule.
            pub fn computed<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::Rules>>,
                T::Error: ::std::fmt::Display,
            {
                self.computed = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for computed: {e}")
                    });
                self
            }
            ///The member `computed_too`.
            pub fn computed_too<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.computed_too = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for computed_too: {e}")
                    });
                self
            }
            ///Kept as sent.
            pub fn free<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::Free>>,
                T::Error: ::std::fmt::Display,
            {
                self.free = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for free: {e}")
                    });
                self
            }
            ///An enumeration.
            pub fn kind<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::KindOf>,
                T::Error: ::std::fmt::Display,
            {
                self.kind = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for kind: {e}")
                    });
                self
            }
            ///The member `maybe`.
            pub fn maybe<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.maybe = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for maybe: {e}")
                    });
                self
            }
            ///With notes beside a reference.
            pub fn object<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::Rules>>,
                T::Error: ::std::fmt::Display,
            {
                self.object = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for object: {e}")
                    });
                self
            }
            ///The member `old`.
            pub fn old<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.old = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for old: {e}")
                    });
                self
            }
            ///A thing, composed.
            pub fn parts<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<super::Thing>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.parts = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for parts: {e}")
                    });
                self
            }
            ///One of several.
            pub fn shape<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::Shape>>,
                T::Error: ::std::fmt::Display,
            {
                self.shape = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for shape: {e}")
                    });
                self
            }
            ///A keyword of Rust.
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.type_ = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for type_: {e}")
                    });
                self
            }
            ///The member `x3d`.
            pub fn x3d<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.x3d = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for x3d: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Thing> for super::Thing {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Thing,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    at: value.at?,
                    computed: value.computed?,
                    computed_too: value.computed_too?,
                    free: value.free?,
                    kind: value.kind?,
                    maybe: value.maybe?,
                    object: value.object?,
                    old: value.old?,
                    parts: value.parts?,
                    shape: value.shape?,
                    type_: value.type_?,
                    x3d: value.x3d?,
                })
            }
        }
        impl ::std::convert::From<super::Thing> for Thing {
            fn from(value: super::Thing) -> Self {
                Self {
                    at: Ok(value.at),
                    computed: Ok(value.computed),
                    computed_too: Ok(value.computed_too),
                    free: Ok(value.free),
                    kind: Ok(value.kind),
                    maybe: Ok(value.maybe),
                    object: Ok(value.object),
                    old: Ok(value.old),
                    parts: Ok(value.parts),
                    shape: Ok(value.shape),
                    type_: Ok(value.type_),
                    x3d: Ok(value.x3d),
                }
            }
        }
        ///Builds a [`Things`](super::Things), member by member.
        #[derive(Clone, Debug)]
        pub struct Things {
            odata_count: ::std::result::Result<
                ::std::option::Option<i64>,
                ::std::string::String,
            >,
            value: ::std::result::Result<
                ::std::vec::Vec<super::Thing>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Things {
            fn default() -> Self {
                Self {
                    odata_count: Ok(Default::default()),
                    value: Err("no value supplied for value".to_string()),
                }
            }
        }
        impl Things {
            ///The member `odata_count`.
            pub fn odata_count<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.odata_count = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for odata_count: {e}")
                    });
                self
            }
            ///A thing, composed.
            pub fn value<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Thing>>,
                T::Error: ::std::fmt::Display,
            {
                self.value = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for value: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Things> for super::Things {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Things,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    odata_count: value.odata_count?,
                    value: value.value?,
                })
            }
        }
        impl ::std::convert::From<super::Things> for Things {
            fn from(value: super::Things) -> Self {
                Self {
                    odata_count: Ok(value.odata_count),
                    value: Ok(value.value),
                }
            }
        }
    }
    /// Error types.
    pub mod error {
        /// Error from a `TryFrom` or `FromStr` implementation.
        pub struct ConversionError(::std::borrow::Cow<'static, str>);
        impl ::std::error::Error for ConversionError {}
        impl ::std::fmt::Display for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }
        impl ::std::fmt::Debug for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Debug::fmt(&self.0, f)
            }
        }
        impl From<&'static str> for ConversionError {
            fn from(value: &'static str) -> Self {
                Self(value.into())
            }
        }
        impl From<String> for ConversionError {
            fn from(value: String) -> Self {
                Self(value.into())
            }
        }
    }
}
#[derive(Clone, Debug)]
/**Client for Everything

Every construct, once.

- a list
  - with an inner one


https://example.org/terms

Version: 2.1.0*/
pub struct Client {
    pub(crate) baseurl: String,
    pub(crate) client: reqwest::Client,
    pub(crate) inner: crate::facade::Inner,
}
impl Client {
    /// Create a new client.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub(crate) fn new(baseurl: &str, inner: crate::facade::Inner) -> Self {
        #[cfg(not(target_arch = "wasm32"))]
        let client = {
            let dur = ::std::time::Duration::from_secs(15u64);
            reqwest::ClientBuilder::new().connect_timeout(dur).timeout(dur)
        };
        #[cfg(target_arch = "wasm32")]
        let client = reqwest::ClientBuilder::new();
        Self::new_with_client(baseurl, client.build().unwrap(), inner)
    }
    /// Construct a new client with an existing `reqwest::Client`,
    /// allowing more control over its configuration.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub(crate) fn new_with_client(
        baseurl: &str,
        client: reqwest::Client,
        inner: crate::facade::Inner,
    ) -> Self {
        Self {
            baseurl: baseurl.to_string(),
            client,
            inner,
        }
    }
}
impl ClientInfo<crate::facade::Inner> for Client {
    fn api_version() -> &'static str {
        "2.1.0"
    }
    fn baseurl(&self) -> &str {
        self.baseurl.as_str()
    }
    fn client(&self) -> &reqwest::Client {
        &self.client
    }
    fn inner(&self) -> &crate::facade::Inner {
        &self.inner
    }
}
impl ClientHooks<crate::facade::Inner> for &Client {}
impl Client {
    /**List things

Sends a `GET` request to `/things`

Arguments:
- `filter`: A condition.

- one
  - two

- `top`: How many.
- `exact`
- `ratio`
- `since`
- `x_trace`
- `x_depth`
```text
let response = client.list_things()
    .filter(filter)
    .top(top)
    .exact(exact)
    .ratio(ratio)
    .since(since)
    .x_trace(x_trace)
    .x_depth(x_depth)
    .send()
    .await;
```*/
    pub fn list_things(&self) -> builder::ListThings<'_> {
        builder::ListThings::new(self)
    }
    #[doc = "Create a thing\n\nCreates it.\n\nSays */ and /* and `///`, and \"quotes\".\n\nSends a `POST` request to `/things`\n\nArguments:\n- `body`: The thing.\n```text\nlet response = client.create_thing()\n    .body(body)\n    .send()\n    .await;\n```"]
    pub fn create_thing(&self) -> builder::CreateThing<'_> {
        builder::CreateThing::new(self)
    }
    /**Put a part

Sends a `PUT` request to `/things/other/{thing-id}/parts/{part}`

Arguments:
- `thing_id`: Which thing.
- `part`: Which part, other than the path says.
- `body`
```text
let response = client.put_part()
    .thing_id(thing_id)
    .part(part)
    .body(body)
    .send()
    .await;
```*/
    pub fn put_part(&self) -> builder::PutPart<'_> {
        builder::PutPart::new(self)
    }
    /**Delete a part

Sends a `DELETE` request to `/things/other/{thing-id}/parts/{part}`

Arguments:
- `thing_id`: Which thing.
- `part`: Which part.
```text
let response = client.delete_part()
    .thing_id(thing_id)
    .part(part)
    .send()
    .await;
```*/
    pub fn delete_part(&self) -> builder::DeletePart<'_> {
        builder::DeletePart::new(self)
    }
    /**Update a part

Sends a `PATCH` request to `/things/other/{thing-id}/parts/{part}`

Arguments:
- `thing_id`: Which thing.
- `part`: Which part.
- `body`: What changes.
```text
let response = client.update_part()
    .thing_id(thing_id)
    .part(part)
    .body(body)
    .send()
    .await;
```*/
    pub fn update_part(&self) -> builder::UpdatePart<'_> {
        builder::UpdatePart::new(self)
    }
    /**Count things

As plain text.

Sends a `GET` request to `/things/$count`

```text
let response = client.odd_count_things()
    .send()
    .await;
```*/
    pub fn odd_count_things(&self) -> builder::OddCountThings<'_> {
        builder::OddCountThings::new(self)
    }
    /**Ask for options

Sends a `OPTIONS` request to `/things/$count`

```text
let response = client.count_options()
    .send()
    .await;
```*/
    pub fn count_options(&self) -> builder::CountOptions<'_> {
        builder::CountOptions::new(self)
    }
    /**Ask for headers alone

Sends a `HEAD` request to `/things/$count`

```text
let response = client.head_count()
    .send()
    .await;
```*/
    pub fn head_count(&self) -> builder::HeadCount<'_> {
        builder::HeadCount::new(self)
    }
}
/// Types for composing operation parameters.
#[allow(clippy::all)]
pub mod builder {
    use super::types;
    #[allow(unused_imports)]
    use super::{
        encode_path, ByteStream, ClientInfo, ClientHooks, Error, OperationInfo,
        RequestBuilderExt, ResponseValue,
    };
    /**Builder for [`Client::list_things`]

[`Client::list_things`]: super::Client::list_things*/
    #[derive(Debug, Clone)]
    pub struct ListThings<'a> {
        client: &'a super::Client,
        filter: Result<Option<::std::string::String>, String>,
        top: Result<Option<i32>, String>,
        exact: Result<Option<bool>, String>,
        ratio: Result<Option<f64>, String>,
        since: Result<i64, String>,
        x_trace: Result<Option<::std::string::String>, String>,
        x_depth: Result<i32, String>,
    }
    impl<'a> ListThings<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                filter: Ok(None),
                top: Ok(None),
                exact: Ok(None),
                ratio: Ok(None),
                since: Err("since was not initialized".to_string()),
                x_trace: Ok(None),
                x_depth: Err("x_depth was not initialized".to_string()),
            }
        }
        /**A condition.

- one
  - two
*/
        pub fn filter<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.filter = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for filter failed"
                        .to_string()
                });
            self
        }
        ///How many.
        pub fn top<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<i32>,
        {
            self.top = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `i32` for top failed".to_string());
            self
        }
        ///The parameter `exact`.
        pub fn exact<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<bool>,
        {
            self.exact = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `bool` for exact failed".to_string());
            self
        }
        ///The parameter `ratio`.
        pub fn ratio<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<f64>,
        {
            self.ratio = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `f64` for ratio failed".to_string());
            self
        }
        ///The parameter `since`.
        pub fn since<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<i64>,
        {
            self.since = value
                .try_into()
                .map_err(|_| "conversion to `i64` for since failed".to_string());
            self
        }
        ///The parameter `X-Trace`.
        pub fn x_trace<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.x_trace = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for x_trace failed"
                        .to_string()
                });
            self
        }
        ///The parameter `x-depth`.
        pub fn x_depth<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<i32>,
        {
            self.x_depth = value
                .try_into()
                .map_err(|_| "conversion to `i32` for x_depth failed".to_string());
            self
        }
        ///Sends a `GET` request to `/things`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Things>, crate::facade::Error> {
            let client = self.client;
            client.call(self.into_request(), Self::read_response).await
        }
        fn into_request(self) -> Result<(::reqwest::Request, OperationInfo), Error<()>> {
            let Self { client, filter, top, exact, ratio, since, x_trace, x_depth } = self;
            let filter = filter.map_err(Error::InvalidRequest)?;
            let top = top.map_err(Error::InvalidRequest)?;
            let exact = exact.map_err(Error::InvalidRequest)?;
            let ratio = ratio.map_err(Error::InvalidRequest)?;
            let since = since.map_err(Error::InvalidRequest)?;
            let x_trace = x_trace.map_err(Error::InvalidRequest)?;
            let x_depth = x_depth.map_err(Error::InvalidRequest)?;
            let url = format!("{}/things", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(3usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = x_trace {
                header_map.append("X-Trace", value.to_string().try_into()?);
            }
            header_map.append("x-depth", x_depth.to_string().try_into()?);
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("$filter", &filter))
                .query(&progenitor_client::QueryParam::new("$top", &top))
                .query(&progenitor_client::QueryParam::new("exact", &exact))
                .query(&progenitor_client::QueryParam::new("ratio", &ratio))
                .query(&progenitor_client::QueryParam::new("since", &since))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_things",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<types::Things>, Error<types::Failure>> {
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::create_thing`]

[`Client::create_thing`]: super::Client::create_thing*/
    #[derive(Debug, Clone)]
    pub struct CreateThing<'a> {
        client: &'a super::Client,
        body: Result<types::builder::Thing, String>,
    }
    impl<'a> CreateThing<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        ///The body, whole.
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::Thing>,
            <V as std::convert::TryInto<types::Thing>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| format!("conversion to `Thing` for body failed: {}", s));
            self
        }
        ///The body, member by member.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(types::builder::Thing) -> types::builder::Thing,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/things`
        pub async fn send(
            self,
        ) -> Result<
            ResponseValue<super::responses::CreateThingSuccess>,
            crate::facade::Error,
        > {
            let client = self.client;
            client.call(self.into_request(), Self::read_response).await
        }
        fn into_request(self) -> Result<(::reqwest::Request, OperationInfo), Error<()>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| types::Thing::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/things", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "create_thing",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<
            ResponseValue<super::responses::CreateThingSuccess>,
            Error<types::Failure>,
        > {
            match response.status().as_u16() {
                201u16 => {
                    ResponseValue::<types::Thing>::from_response(response)
                        .await?
                        .map(super::responses::CreateThingSuccess::Created)
                }
                202u16 => {
                    ResponseValue::empty(response)
                        .map(|()| super::responses::CreateThingSuccess::Accepted)
                }
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::put_part`]

[`Client::put_part`]: super::Client::put_part*/
    #[derive(Debug, Clone)]
    pub struct PutPart<'a> {
        client: &'a super::Client,
        thing_id: Result<::std::string::String, String>,
        part: Result<i32, String>,
        body: Result<types::Shape, String>,
    }
    impl<'a> PutPart<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                thing_id: Err("thing_id was not initialized".to_string()),
                part: Err("part was not initialized".to_string()),
                body: Err("body was not initialized".to_string()),
            }
        }
        ///Which thing.
        pub fn thing_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.thing_id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for thing_id failed"
                        .to_string()
                });
            self
        }
        ///Which part, other than the path says.
        pub fn part<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<i32>,
        {
            self.part = value
                .try_into()
                .map_err(|_| "conversion to `i32` for part failed".to_string());
            self
        }
        ///The body, whole.
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::Shape>,
        {
            self.body = value
                .try_into()
                .map_err(|_| "conversion to `Shape` for body failed".to_string());
            self
        }
        ///Sends a `PUT` request to `/things/other/{thing-id}/parts/{part}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<()>, crate::facade::Error> {
            let client = self.client;
            client.call(self.into_request(), Self::read_response).await
        }
        fn into_request(self) -> Result<(::reqwest::Request, OperationInfo), Error<()>> {
            let Self { client, thing_id, part, body } = self;
            let thing_id = thing_id.map_err(Error::InvalidRequest)?;
            let part = part.map_err(Error::InvalidRequest)?;
            let body = body.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/things/other/{}/parts/{}", client.baseurl, path_segment(& thing_id
                .to_string()).map_err(Error::InvalidRequest) ?, path_segment(& part
                .to_string()).map_err(Error::InvalidRequest) ?,
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .put(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "put_part",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<()>, Error<types::Failure>> {
            match response.status().as_u16() {
                207u16 => Ok(ResponseValue::empty(response)),
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::delete_part`]

[`Client::delete_part`]: super::Client::delete_part*/
    #[derive(Debug, Clone)]
    pub struct DeletePart<'a> {
        client: &'a super::Client,
        thing_id: Result<::std::string::String, String>,
        part: Result<i32, String>,
    }
    impl<'a> DeletePart<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                thing_id: Err("thing_id was not initialized".to_string()),
                part: Err("part was not initialized".to_string()),
            }
        }
        ///Which thing.
        pub fn thing_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.thing_id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for thing_id failed"
                        .to_string()
                });
            self
        }
        ///Which part.
        pub fn part<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<i32>,
        {
            self.part = value
                .try_into()
                .map_err(|_| "conversion to `i32` for part failed".to_string());
            self
        }
        ///Sends a `DELETE` request to `/things/other/{thing-id}/parts/{part}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<()>, crate::facade::Error> {
            let client = self.client;
            client.call(self.into_request(), Self::read_response).await
        }
        fn into_request(self) -> Result<(::reqwest::Request, OperationInfo), Error<()>> {
            let Self { client, thing_id, part } = self;
            let thing_id = thing_id.map_err(Error::InvalidRequest)?;
            let part = part.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/things/other/{}/parts/{}", client.baseurl, path_segment(& thing_id
                .to_string()).map_err(Error::InvalidRequest) ?, path_segment(& part
                .to_string()).map_err(Error::InvalidRequest) ?,
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "delete_part",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<()>, Error<types::Failure>> {
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::update_part`]

[`Client::update_part`]: super::Client::update_part*/
    #[derive(Debug, Clone)]
    pub struct UpdatePart<'a> {
        client: &'a super::Client,
        thing_id: Result<::std::string::String, String>,
        part: Result<i32, String>,
        body: Result<types::builder::Rules, String>,
    }
    impl<'a> UpdatePart<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                thing_id: Err("thing_id was not initialized".to_string()),
                part: Err("part was not initialized".to_string()),
                body: Ok(::std::default::Default::default()),
            }
        }
        ///Which thing.
        pub fn thing_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.thing_id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for thing_id failed"
                        .to_string()
                });
            self
        }
        ///Which part.
        pub fn part<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<i32>,
        {
            self.part = value
                .try_into()
                .map_err(|_| "conversion to `i32` for part failed".to_string());
            self
        }
        ///The body, whole.
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::Rules>,
            <V as std::convert::TryInto<types::Rules>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| format!("conversion to `Rules` for body failed: {}", s));
            self
        }
        ///The body, member by member.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(types::builder::Rules) -> types::builder::Rules,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `PATCH` request to `/things/other/{thing-id}/parts/{part}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<()>, crate::facade::Error> {
            let client = self.client;
            client.call(self.into_request(), Self::read_response).await
        }
        fn into_request(self) -> Result<(::reqwest::Request, OperationInfo), Error<()>> {
            let Self { client, thing_id, part, body } = self;
            let thing_id = thing_id.map_err(Error::InvalidRequest)?;
            let part = part.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| types::Rules::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/things/other/{}/parts/{}", client.baseurl, path_segment(& thing_id
                .to_string()).map_err(Error::InvalidRequest) ?, path_segment(& part
                .to_string()).map_err(Error::InvalidRequest) ?,
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .patch(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "update_part",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<()>, Error<types::Failure>> {
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::odd_count_things`]

[`Client::odd_count_things`]: super::Client::odd_count_things*/
    #[derive(Debug, Clone)]
    pub struct OddCountThings<'a> {
        client: &'a super::Client,
    }
    impl<'a> OddCountThings<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/things/$count`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<i64>, crate::facade::Error> {
            let client = self.client;
            client.call(self.into_request(), Self::read_response).await
        }
        fn into_request(self) -> Result<(::reqwest::Request, OperationInfo), Error<()>> {
            let Self { client } = self;
            let url = format!("{}/things/$count", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "odd_count_things",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<i64>, Error<types::Failure>> {
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::count_options`]

[`Client::count_options`]: super::Client::count_options*/
    #[derive(Debug, Clone)]
    pub struct CountOptions<'a> {
        client: &'a super::Client,
    }
    impl<'a> CountOptions<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `OPTIONS` request to `/things/$count`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<ByteStream>, crate::facade::Error> {
            let client = self.client;
            client.call(self.into_request(), Self::read_response).await
        }
        fn into_request(self) -> Result<(::reqwest::Request, OperationInfo), Error<()>> {
            let Self { client } = self;
            let url = format!("{}/things/$count", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .request(::reqwest::Method::OPTIONS, url)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "count_options",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<ByteStream>, Error<types::Failure>> {
            match response.status().as_u16() {
                200u16 => Ok(ResponseValue::stream(response)),
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::head_count`]

[`Client::head_count`]: super::Client::head_count*/
    #[derive(Debug, Clone)]
    pub struct HeadCount<'a> {
        client: &'a super::Client,
    }
    impl<'a> HeadCount<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `HEAD` request to `/things/$count`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<()>, crate::facade::Error> {
            let client = self.client;
            client.call(self.into_request(), Self::read_response).await
        }
        fn into_request(self) -> Result<(::reqwest::Request, OperationInfo), Error<()>> {
            let Self { client } = self;
            let url = format!("{}/things/$count", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .head(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "head_count",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<()>, Error<types::Failure>> {
            match response.status().as_u16() {
                200u16 => Ok(ResponseValue::empty(response)),
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    fn path_segment(value: &str) -> Result<String, String> {
        match value {
            "" | "." | ".." => Err(format!("{value:?} is no value in a path")),
            _ => Ok(encode_path(value).replace('\\', "%5C")),
        }
    }
}
/// Items consumers will typically use such as the Client.
pub mod prelude {
    pub use self::super::Client;
}
/// What operations answer that answer in several ways.
pub mod responses {
    use super::types;
    ///The successes of `createThing`.
    #[derive(Clone, Debug)]
    pub enum CreateThingSuccess {
        ///201: Created.
        Created(types::Thing),
        ///202: Will be created.
        Accepted,
    }
}
