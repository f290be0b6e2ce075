#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
#[allow(unused_imports)]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    ///`AnyCase`
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
    pub enum AnyCase {
        ///The value `read`.
        #[serde(rename = "read")]
        Read,
        ///The value `write`.
        #[serde(rename = "write")]
        Write,
    }
    impl ::std::fmt::Display for AnyCase {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Read => f.write_str("read"),
                Self::Write => f.write_str("write"),
            }
        }
    }
    impl ::std::str::FromStr for AnyCase {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "read" => Ok(Self::Read),
                "write" => Ok(Self::Write),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for AnyCase {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for AnyCase {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
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
    ///`Entity`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Entity {
        ///The member `type_`.
        #[serde(
            rename = "@type",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub type_: ::std::option::Option<::std::string::String>,
        ///The member `extra`.
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    impl Entity {
        ///Builds a [`Entity`], member by member.
        pub fn builder() -> builder::Entity {
            Default::default()
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
    ///`Formats`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct Formats {
        ///The member `at`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub at: ::std::option::Option<::std::string::String>,
        ///The member `byte`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub byte: ::std::option::Option<::std::string::String>,
        ///The member `email`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub email: ::std::option::Option<::std::string::String>,
        ///The member `integer`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub integer: ::std::option::Option<i64>,
        ///The member `number`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub number: ::std::option::Option<f64>,
        ///The member `uri`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub uri: ::std::option::Option<::std::string::String>,
        ///A named string.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub uuid: ::std::option::Option<Uuid>,
    }
    impl Formats {
        ///Builds a [`Formats`], member by member.
        pub fn builder() -> builder::Formats {
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
    ///`Group`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Group {
        ///The member `id`.
        pub id: ::std::string::String,
        ///The member `size`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub size: ::std::option::Option<i32>,
        ///`GroupType`
        #[serde(rename = "@type")]
        pub type_: GroupType,
    }
    impl Group {
        ///Builds a [`Group`], member by member.
        pub fn builder() -> builder::Group {
            Default::default()
        }
    }
    ///`GroupType`
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
    pub enum GroupType {
        ///The value `group`.
        #[serde(rename = "group")]
        Group,
    }
    impl ::std::fmt::Display for GroupType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Group => f.write_str("group"),
            }
        }
    }
    impl ::std::str::FromStr for GroupType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "group" => Ok(Self::Group),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for GroupType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for GroupType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///`Inner`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Inner {
        ///The member `id`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub id: ::std::option::Option<::std::string::String>,
        ///The member `extra`.
        #[serde(flatten)]
        pub extra: ::std::collections::HashMap<
            ::std::string::String,
            ::std::vec::Vec<f64>,
        >,
    }
    impl Inner {
        ///Builds a [`Inner`], member by member.
        pub fn builder() -> builder::Inner {
            Default::default()
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
    ///A map.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(transparent)]
    pub struct Labels(
        pub ::std::collections::HashMap<::std::string::String, ::std::string::String>,
    );
    impl ::std::ops::Deref for Labels {
        type Target = ::std::collections::HashMap<
            ::std::string::String,
            ::std::string::String,
        >;
        fn deref(
            &self,
        ) -> &::std::collections::HashMap<::std::string::String, ::std::string::String> {
            &self.0
        }
    }
    impl ::std::convert::From<Labels>
    for ::std::collections::HashMap<::std::string::String, ::std::string::String> {
        fn from(value: Labels) -> Self {
            value.0
        }
    }
    impl ::std::convert::From<
        ::std::collections::HashMap<::std::string::String, ::std::string::String>,
    > for Labels {
        fn from(
            value: ::std::collections::HashMap<
                ::std::string::String,
                ::std::string::String,
            >,
        ) -> Self {
            Self(value)
        }
    }
    ///Read in other forms too.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct Lenient {
        ///`AnyCase`
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub chosen: ::std::option::Option<AnyCase>,
        ///The member `count`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub count: ::std::option::Option<i32>,
        ///The member `flag`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub flag: ::std::option::Option<bool>,
        ///`AnyCase`
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub flags: ::std::option::Option<::std::vec::Vec<AnyCase>>,
        ///`Inner`
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub inner: ::std::option::Option<Inner>,
        ///The member `joined`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub joined: ::std::option::Option<::std::string::String>,
        ///`LenientKind`
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub kind: ::std::option::Option<LenientKind>,
        ///`AnyCase`
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub kinds: ::std::option::Option<::std::vec::Vec<AnyCase>>,
        ///The member `names`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub names: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        ///The member `none`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub none: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        ///The member `note`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub note: ::std::option::Option<::std::string::String>,
        ///The member `nothing`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub nothing: ::std::option::Option<bool>,
        ///`LenientOrder`
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub order: ::std::option::Option<LenientOrder>,
        ///The member `share`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub share: ::std::option::Option<f64>,
        ///The member `size`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub size: ::std::option::Option<i32>,
    }
    impl Lenient {
        ///Builds a [`Lenient`], member by member.
        pub fn builder() -> builder::Lenient {
            Default::default()
        }
    }
    ///`LenientKind`
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
    pub enum LenientKind {
        ///The value `one`.
        #[serde(rename = "one")]
        One,
        ///The value `twoThree`.
        #[serde(rename = "twoThree")]
        TwoThree,
    }
    impl ::std::fmt::Display for LenientKind {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::One => f.write_str("one"),
                Self::TwoThree => f.write_str("twoThree"),
            }
        }
    }
    impl ::std::str::FromStr for LenientKind {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "one" => Ok(Self::One),
                "twoThree" => Ok(Self::TwoThree),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for LenientKind {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for LenientKind {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///`LenientOrder`
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
    pub enum LenientOrder {
        ///The value `up`.
        #[serde(rename = "up")]
        Up,
        ///The value `down`.
        #[serde(rename = "down")]
        Down,
    }
    impl ::std::fmt::Display for LenientOrder {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Up => f.write_str("up"),
                Self::Down => f.write_str("down"),
            }
        }
    }
    impl ::std::str::FromStr for LenientOrder {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "up" => Ok(Self::Up),
                "down" => Ok(Self::Down),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for LenientOrder {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for LenientOrder {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A person unless it says otherwise.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(untagged)]
    pub enum Member {
        Group(Group),
        Person(Person),
    }
    impl ::std::convert::From<Group> for Member {
        fn from(value: Group) -> Self {
            Self::Group(value)
        }
    }
    impl ::std::convert::From<Person> for Member {
        fn from(value: Person) -> Self {
            Self::Person(value)
        }
    }
    ///Declared members, and whatever else.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Open {
        ///The member `any`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub any: ::std::option::Option<::serde_json::Value>,
        ///Any JSON.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub anything: ::std::option::Option<::serde_json::Value>,
        ///The member `code`.
        pub code: ::std::string::String,
        ///The member `computed`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub computed: ::std::option::Option<::std::string::String>,
        ///The member `counts`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub counts: ::std::option::Option<
            ::std::collections::HashMap<
                ::std::string::String,
                ::std::option::Option<i32>,
            >,
        >,
        ///`Formats`
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub formats: ::std::option::Option<Formats>,
        ///Kept as sent.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub free: ::std::option::Option<
            ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        >,
        ///`Inner`
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub inner: ::std::option::Option<Inner>,
        ///A map.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub labels: ::std::option::Option<Labels>,
        ///The member `extra`.
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    impl Open {
        ///Builds a [`Open`], member by member.
        pub fn builder() -> builder::Open {
            Default::default()
        }
    }
    ///`Person`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Person {
        ///The member `id`.
        pub id: ::std::string::String,
        ///`PersonType`
        #[serde(
            rename = "@type",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub type_: ::std::option::Option<PersonType>,
    }
    impl Person {
        ///Builds a [`Person`], member by member.
        pub fn builder() -> builder::Person {
            Default::default()
        }
    }
    ///`PersonType`
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
    pub enum PersonType {
        ///The value `person`.
        #[serde(rename = "person")]
        Person,
    }
    impl ::std::fmt::Display for PersonType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Person => f.write_str("person"),
            }
        }
    }
    impl ::std::str::FromStr for PersonType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "person" => Ok(Self::Person),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for PersonType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for PersonType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///Types in place; composed, with more beside it.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Places {
        ///A name that generated code has too.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub at: ::std::option::Option<::std::string::String>,
        ///`PlacesComposed`
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub composed: ::std::option::Option<PlacesComposed>,
        ///`PlacesMaybe`
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub maybe: ::std::option::Option<PlacesMaybe>,
        ///A person unless it says otherwise.
        pub member: Member,
        ///A person unless it says otherwise.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub members: ::std::option::Option<::std::vec::Vec<Member>>,
        ///An object in place.
        #[serde(deserialize_with = "::std::option::Option::deserialize")]
        pub object: ::std::option::Option<PlacesObject>,
        ///A person unless it says otherwise.
        #[serde(
            rename = "orNull",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub or_null: ::std::option::Option<
            ::std::vec::Vec<::std::option::Option<Member>>,
        >,
        ///`PlacesResourcesItem`
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub resources: ::std::option::Option<::std::vec::Vec<PlacesResourcesItem>>,
        ///A keyword of Rust.
        #[serde(rename = "type")]
        pub type_: ::std::string::String,
        ///`PlacesValue`
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub value: ::std::option::Option<PlacesValue>,
    }
    impl Places {
        ///Builds a [`Places`], member by member.
        pub fn builder() -> builder::Places {
            Default::default()
        }
    }
    ///`PlacesComposed`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct PlacesComposed {
        ///The member `c`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub c: ::std::option::Option<::std::string::String>,
        ///The member `id`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub id: ::std::option::Option<::std::string::String>,
        ///The member `extra`.
        #[serde(flatten)]
        pub extra: ::std::collections::HashMap<
            ::std::string::String,
            ::std::vec::Vec<f64>,
        >,
    }
    impl PlacesComposed {
        ///Builds a [`PlacesComposed`], member by member.
        pub fn builder() -> builder::PlacesComposed {
            Default::default()
        }
    }
    ///`PlacesMaybe`
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
    pub enum PlacesMaybe {
        ///The value `one`.
        #[serde(rename = "one")]
        One,
        ///The value `two`.
        #[serde(rename = "two")]
        Two,
    }
    impl ::std::fmt::Display for PlacesMaybe {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::One => f.write_str("one"),
                Self::Two => f.write_str("two"),
            }
        }
    }
    impl ::std::str::FromStr for PlacesMaybe {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "one" => Ok(Self::One),
                "two" => Ok(Self::Two),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for PlacesMaybe {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for PlacesMaybe {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///An object in place.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct PlacesObject {
        ///The member `a`.
        pub a: ::std::string::String,
        ///`PlacesObjectDeeperItem`
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub deeper: ::std::option::Option<::std::vec::Vec<PlacesObjectDeeperItem>>,
    }
    impl PlacesObject {
        ///Builds a [`PlacesObject`], member by member.
        pub fn builder() -> builder::PlacesObject {
            Default::default()
        }
    }
    ///`PlacesObjectDeeperItem`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct PlacesObjectDeeperItem {
        ///The member `b`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub b: ::std::option::Option<bool>,
    }
    impl PlacesObjectDeeperItem {
        ///Builds a [`PlacesObjectDeeperItem`], member by member.
        pub fn builder() -> builder::PlacesObjectDeeperItem {
            Default::default()
        }
    }
    ///`PlacesResourcesItem`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(untagged)]
    pub enum PlacesResourcesItem {
        Circle(Circle),
        Entity(Entity),
    }
    impl ::std::convert::From<Circle> for PlacesResourcesItem {
        fn from(value: Circle) -> Self {
            Self::Circle(value)
        }
    }
    impl ::std::convert::From<Entity> for PlacesResourcesItem {
        fn from(value: Entity) -> Self {
            Self::Entity(value)
        }
    }
    ///`PlacesValue`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(untagged)]
    pub enum PlacesValue {
        String(::std::string::String),
        Double(f64),
        Boolean(bool),
        Array(::std::vec::Vec<PlacesValueVariant4Item>),
        Inner(Inner),
    }
    impl ::std::convert::From<f64> for PlacesValue {
        fn from(value: f64) -> Self {
            Self::Double(value)
        }
    }
    impl ::std::convert::From<bool> for PlacesValue {
        fn from(value: bool) -> Self {
            Self::Boolean(value)
        }
    }
    impl ::std::convert::From<::std::vec::Vec<PlacesValueVariant4Item>> for PlacesValue {
        fn from(value: ::std::vec::Vec<PlacesValueVariant4Item>) -> Self {
            Self::Array(value)
        }
    }
    impl ::std::convert::From<Inner> for PlacesValue {
        fn from(value: Inner) -> Self {
            Self::Inner(value)
        }
    }
    ///`PlacesValueVariant4Item`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(untagged)]
    pub enum PlacesValueVariant4Item {
        String(::std::string::String),
        Int64(i64),
    }
    impl ::std::fmt::Display for PlacesValueVariant4Item {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match self {
                Self::String(x) => x.fmt(f),
                Self::Int64(x) => x.fmt(f),
            }
        }
    }
    impl ::std::convert::From<i64> for PlacesValueVariant4Item {
        fn from(value: i64) -> Self {
            Self::Int64(value)
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
    ///Written in place.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(transparent)]
    pub struct SendListsBody(pub ::std::vec::Vec<Lenient>);
    impl ::std::ops::Deref for SendListsBody {
        type Target = ::std::vec::Vec<Lenient>;
        fn deref(&self) -> &::std::vec::Vec<Lenient> {
            &self.0
        }
    }
    impl ::std::convert::From<SendListsBody> for ::std::vec::Vec<Lenient> {
        fn from(value: SendListsBody) -> Self {
            value.0
        }
    }
    impl ::std::convert::From<::std::vec::Vec<Lenient>> for SendListsBody {
        fn from(value: ::std::vec::Vec<Lenient>) -> Self {
            Self(value)
        }
    }
    ///`SendListsOrder`
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
    pub enum SendListsOrder {
        ///The value `up`.
        #[serde(rename = "up")]
        Up,
        ///The value `down`.
        #[serde(rename = "down")]
        Down,
    }
    impl ::std::fmt::Display for SendListsOrder {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Up => f.write_str("up"),
                Self::Down => f.write_str("down"),
            }
        }
    }
    impl ::std::str::FromStr for SendListsOrder {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "up" => Ok(Self::Up),
                "down" => Ok(Self::Down),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for SendListsOrder {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for SendListsOrder {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///`SendListsResponse200`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct SendListsResponse200 {
        ///Read in other forms too.
        pub value: ::std::vec::Vec<Lenient>,
    }
    impl SendListsResponse200 {
        ///Builds a [`SendListsResponse200`], member by member.
        pub fn builder() -> builder::SendListsResponse200 {
            Default::default()
        }
    }
    ///As it was read.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(transparent)]
    pub struct SendPlacesResponse200(pub ::serde_json::Value);
    impl ::std::ops::Deref for SendPlacesResponse200 {
        type Target = ::serde_json::Value;
        fn deref(&self) -> &::serde_json::Value {
            &self.0
        }
    }
    impl ::std::convert::From<SendPlacesResponse200> for ::serde_json::Value {
        fn from(value: SendPlacesResponse200) -> Self {
            value.0
        }
    }
    impl ::std::convert::From<::serde_json::Value> for SendPlacesResponse200 {
        fn from(value: ::serde_json::Value) -> Self {
            Self(value)
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
    ///A named string.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    #[serde(transparent)]
    pub struct Uuid(pub ::std::string::String);
    impl ::std::ops::Deref for Uuid {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<Uuid> for ::std::string::String {
        fn from(value: Uuid) -> Self {
            value.0
        }
    }
    impl ::std::convert::From<::std::string::String> for Uuid {
        fn from(value: ::std::string::String) -> Self {
            Self(value)
        }
    }
    impl ::std::fmt::Display for Uuid {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }
    impl ::std::str::FromStr for Uuid {
        type Err = ::std::convert::Infallible;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            Ok(Self(value.to_string()))
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
        ///Builds a [`Entity`](super::Entity), member by member.
        #[derive(Clone, Debug)]
        pub struct Entity {
            type_: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            extra: ::std::result::Result<
                ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Entity {
            fn default() -> Self {
                Self {
                    type_: Ok(Default::default()),
                    extra: Err("no value supplied for extra".to_string()),
                }
            }
        }
        impl Entity {
            ///The member `type_`.
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.type_ = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for type_: {e}")
                    });
                self
            }
            ///The member `extra`.
            pub fn extra<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.extra = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for extra: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Entity> for super::Entity {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Entity,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    type_: value.type_?,
                    extra: value.extra?,
                })
            }
        }
        impl ::std::convert::From<super::Entity> for Entity {
            fn from(value: super::Entity) -> Self {
                Self {
                    type_: Ok(value.type_),
                    extra: Ok(value.extra),
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
        ///Builds a [`Formats`](super::Formats), member by member.
        #[derive(Clone, Debug)]
        pub struct Formats {
            at: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            byte: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            email: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            integer: ::std::result::Result<
                ::std::option::Option<i64>,
                ::std::string::String,
            >,
            number: ::std::result::Result<
                ::std::option::Option<f64>,
                ::std::string::String,
            >,
            uri: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            uuid: ::std::result::Result<
                ::std::option::Option<super::Uuid>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Formats {
            fn default() -> Self {
                Self {
                    at: Ok(Default::default()),
                    byte: Ok(Default::default()),
                    email: Ok(Default::default()),
                    integer: Ok(Default::default()),
                    number: Ok(Default::default()),
                    uri: Ok(Default::default()),
                    uuid: Ok(Default::default()),
                }
            }
        }
        impl Formats {
            ///The member `at`.
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
            ///The member `byte`.
            pub fn byte<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.byte = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for byte: {e}")
                    });
                self
            }
            ///The member `email`.
            pub fn email<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.email = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for email: {e}")
                    });
                self
            }
            ///The member `integer`.
            pub fn integer<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.integer = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for integer: {e}")
                    });
                self
            }
            ///The member `number`.
            pub fn number<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<f64>>,
                T::Error: ::std::fmt::Display,
            {
                self.number = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for number: {e}")
                    });
                self
            }
            ///The member `uri`.
            pub fn uri<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.uri = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for uri: {e}")
                    });
                self
            }
            ///A named string.
            pub fn uuid<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::Uuid>>,
                T::Error: ::std::fmt::Display,
            {
                self.uuid = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for uuid: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Formats> for super::Formats {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Formats,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    at: value.at?,
                    byte: value.byte?,
                    email: value.email?,
                    integer: value.integer?,
                    number: value.number?,
                    uri: value.uri?,
                    uuid: value.uuid?,
                })
            }
        }
        impl ::std::convert::From<super::Formats> for Formats {
            fn from(value: super::Formats) -> Self {
                Self {
                    at: Ok(value.at),
                    byte: Ok(value.byte),
                    email: Ok(value.email),
                    integer: Ok(value.integer),
                    number: Ok(value.number),
                    uri: Ok(value.uri),
                    uuid: Ok(value.uuid),
                }
            }
        }
        ///Builds a [`Group`](super::Group), member by member.
        #[derive(Clone, Debug)]
        pub struct Group {
            id: ::std::result::Result<::std::string::String, ::std::string::String>,
            size: ::std::result::Result<
                ::std::option::Option<i32>,
                ::std::string::String,
            >,
            type_: ::std::result::Result<super::GroupType, ::std::string::String>,
        }
        impl ::std::default::Default for Group {
            fn default() -> Self {
                Self {
                    id: Err("no value supplied for id".to_string()),
                    size: Ok(Default::default()),
                    type_: Err("no value supplied for type_".to_string()),
                }
            }
        }
        impl Group {
            ///The member `id`.
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            ///The member `size`.
            pub fn size<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i32>>,
                T::Error: ::std::fmt::Display,
            {
                self.size = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for size: {e}")
                    });
                self
            }
            ///`GroupType`
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::GroupType>,
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
        impl ::std::convert::TryFrom<Group> for super::Group {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Group,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    id: value.id?,
                    size: value.size?,
                    type_: value.type_?,
                })
            }
        }
        impl ::std::convert::From<super::Group> for Group {
            fn from(value: super::Group) -> Self {
                Self {
                    id: Ok(value.id),
                    size: Ok(value.size),
                    type_: Ok(value.type_),
                }
            }
        }
        ///Builds a [`Inner`](super::Inner), member by member.
        #[derive(Clone, Debug)]
        pub struct Inner {
            id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            extra: ::std::result::Result<
                ::std::collections::HashMap<::std::string::String, ::std::vec::Vec<f64>>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Inner {
            fn default() -> Self {
                Self {
                    id: Ok(Default::default()),
                    extra: Err("no value supplied for extra".to_string()),
                }
            }
        }
        impl Inner {
            ///The member `id`.
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            ///The member `extra`.
            pub fn extra<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::collections::HashMap<
                        ::std::string::String,
                        ::std::vec::Vec<f64>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.extra = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for extra: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Inner> for super::Inner {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Inner,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    id: value.id?,
                    extra: value.extra?,
                })
            }
        }
        impl ::std::convert::From<super::Inner> for Inner {
            fn from(value: super::Inner) -> Self {
                Self {
                    id: Ok(value.id),
                    extra: Ok(value.extra),
                }
            }
        }
        ///Builds a [`Lenient`](super::Lenient), member by member.
        #[derive(Clone, Debug)]
        pub struct Lenient {
            chosen: ::std::result::Result<
                ::std::option::Option<super::AnyCase>,
                ::std::string::String,
            >,
            count: ::std::result::Result<
                ::std::option::Option<i32>,
                ::std::string::String,
            >,
            flag: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            flags: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<super::AnyCase>>,
                ::std::string::String,
            >,
            inner: ::std::result::Result<
                ::std::option::Option<super::Inner>,
                ::std::string::String,
            >,
            joined: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            kind: ::std::result::Result<
                ::std::option::Option<super::LenientKind>,
                ::std::string::String,
            >,
            kinds: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<super::AnyCase>>,
                ::std::string::String,
            >,
            names: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                ::std::string::String,
            >,
            none: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                ::std::string::String,
            >,
            note: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            nothing: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            order: ::std::result::Result<
                ::std::option::Option<super::LenientOrder>,
                ::std::string::String,
            >,
            share: ::std::result::Result<
                ::std::option::Option<f64>,
                ::std::string::String,
            >,
            size: ::std::result::Result<
                ::std::option::Option<i32>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Lenient {
            fn default() -> Self {
                Self {
                    chosen: Ok(Default::default()),
                    count: Ok(Default::default()),
                    flag: Ok(Default::default()),
                    flags: Ok(Default::default()),
                    inner: Ok(Default::default()),
                    joined: Ok(Default::default()),
                    kind: Ok(Default::default()),
                    kinds: Ok(Default::default()),
                    names: Ok(Default::default()),
                    none: Ok(Default::default()),
                    note: Ok(Default::default()),
                    nothing: Ok(Default::default()),
                    order: Ok(Default::default()),
                    share: Ok(Default::default()),
                    size: Ok(Default::default()),
                }
            }
        }
        impl Lenient {
            ///`AnyCase`
            pub fn chosen<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::AnyCase>>,
                T::Error: ::std::fmt::Display,
            {
                self.chosen = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for chosen: {e}")
                    });
                self
            }
            ///The member `count`.
            pub fn count<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i32>>,
                T::Error: ::std::fmt::Display,
            {
                self.count = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for count: {e}")
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
            ///`AnyCase`
            pub fn flags<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<super::AnyCase>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.flags = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for flags: {e}")
                    });
                self
            }
            ///`Inner`
            pub fn inner<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::Inner>>,
                T::Error: ::std::fmt::Display,
            {
                self.inner = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for inner: {e}")
                    });
                self
            }
            ///The member `joined`.
            pub fn joined<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.joined = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for joined: {e}")
                    });
                self
            }
            ///`LenientKind`
            pub fn kind<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::LenientKind>>,
                T::Error: ::std::fmt::Display,
            {
                self.kind = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for kind: {e}")
                    });
                self
            }
            ///`AnyCase`
            pub fn kinds<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<super::AnyCase>>,
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
            ///The member `names`.
            pub fn names<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.names = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for names: {e}")
                    });
                self
            }
            ///The member `none`.
            pub fn none<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.none = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for none: {e}")
                    });
                self
            }
            ///The member `note`.
            pub fn note<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.note = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for note: {e}")
                    });
                self
            }
            ///The member `nothing`.
            pub fn nothing<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.nothing = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for nothing: {e}")
                    });
                self
            }
            ///`LenientOrder`
            pub fn order<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::LenientOrder>>,
                T::Error: ::std::fmt::Display,
            {
                self.order = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for order: {e}")
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
            ///The member `size`.
            pub fn size<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i32>>,
                T::Error: ::std::fmt::Display,
            {
                self.size = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for size: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Lenient> for super::Lenient {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Lenient,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    chosen: value.chosen?,
                    count: value.count?,
                    flag: value.flag?,
                    flags: value.flags?,
                    inner: value.inner?,
                    joined: value.joined?,
                    kind: value.kind?,
                    kinds: value.kinds?,
                    names: value.names?,
                    none: value.none?,
                    note: value.note?,
                    nothing: value.nothing?,
                    order: value.order?,
                    share: value.share?,
                    size: value.size?,
                })
            }
        }
        impl ::std::convert::From<super::Lenient> for Lenient {
            fn from(value: super::Lenient) -> Self {
                Self {
                    chosen: Ok(value.chosen),
                    count: Ok(value.count),
                    flag: Ok(value.flag),
                    flags: Ok(value.flags),
                    inner: Ok(value.inner),
                    joined: Ok(value.joined),
                    kind: Ok(value.kind),
                    kinds: Ok(value.kinds),
                    names: Ok(value.names),
                    none: Ok(value.none),
                    note: Ok(value.note),
                    nothing: Ok(value.nothing),
                    order: Ok(value.order),
                    share: Ok(value.share),
                    size: Ok(value.size),
                }
            }
        }
        ///Builds a [`Open`](super::Open), member by member.
        #[derive(Clone, Debug)]
        pub struct Open {
            any: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            anything: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            code: ::std::result::Result<::std::string::String, ::std::string::String>,
            computed: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            counts: ::std::result::Result<
                ::std::option::Option<
                    ::std::collections::HashMap<
                        ::std::string::String,
                        ::std::option::Option<i32>,
                    >,
                >,
                ::std::string::String,
            >,
            formats: ::std::result::Result<
                ::std::option::Option<super::Formats>,
                ::std::string::String,
            >,
            free: ::std::result::Result<
                ::std::option::Option<
                    ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                >,
                ::std::string::String,
            >,
            inner: ::std::result::Result<
                ::std::option::Option<super::Inner>,
                ::std::string::String,
            >,
            labels: ::std::result::Result<
                ::std::option::Option<super::Labels>,
                ::std::string::String,
            >,
            extra: ::std::result::Result<
                ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Open {
            fn default() -> Self {
                Self {
                    any: Ok(Default::default()),
                    anything: Ok(Default::default()),
                    code: Err("no value supplied for code".to_string()),
                    computed: Ok(Default::default()),
                    counts: Ok(Default::default()),
                    formats: Ok(Default::default()),
                    free: Ok(Default::default()),
                    inner: Ok(Default::default()),
                    labels: Ok(Default::default()),
                    extra: Err("no value supplied for extra".to_string()),
                }
            }
        }
        impl Open {
            ///The member `any`.
            pub fn any<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
                T::Error: ::std::fmt::Display,
            {
                self.any = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for any: {e}")
                    });
                self
            }
            ///Any JSON.
            pub fn anything<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
                T::Error: ::std::fmt::Display,
            {
                self.anything = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for anything: {e}")
                    });
                self
            }
            ///The member `code`.
            pub fn code<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.code = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for code: {e}")
                    });
                self
            }
            ///The member `computed`.
            pub fn computed<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.computed = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for computed: {e}")
                    });
                self
            }
            ///The member `counts`.
            pub fn counts<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::std::collections::HashMap<
                            ::std::string::String,
                            ::std::option::Option<i32>,
                        >,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.counts = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for counts: {e}")
                    });
                self
            }
            ///`Formats`
            pub fn formats<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::Formats>>,
                T::Error: ::std::fmt::Display,
            {
                self.formats = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for formats: {e}")
                    });
                self
            }
            ///Kept as sent.
            pub fn free<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.free = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for free: {e}")
                    });
                self
            }
            ///`Inner`
            pub fn inner<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::Inner>>,
                T::Error: ::std::fmt::Display,
            {
                self.inner = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for inner: {e}")
                    });
                self
            }
            ///A map.
            pub fn labels<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::Labels>>,
                T::Error: ::std::fmt::Display,
            {
                self.labels = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for labels: {e}")
                    });
                self
            }
            ///The member `extra`.
            pub fn extra<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.extra = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for extra: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Open> for super::Open {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Open,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    any: value.any?,
                    anything: value.anything?,
                    code: value.code?,
                    computed: value.computed?,
                    counts: value.counts?,
                    formats: value.formats?,
                    free: value.free?,
                    inner: value.inner?,
                    labels: value.labels?,
                    extra: value.extra?,
                })
            }
        }
        impl ::std::convert::From<super::Open> for Open {
            fn from(value: super::Open) -> Self {
                Self {
                    any: Ok(value.any),
                    anything: Ok(value.anything),
                    code: Ok(value.code),
                    computed: Ok(value.computed),
                    counts: Ok(value.counts),
                    formats: Ok(value.formats),
                    free: Ok(value.free),
                    inner: Ok(value.inner),
                    labels: Ok(value.labels),
                    extra: Ok(value.extra),
                }
            }
        }
        ///Builds a [`Person`](super::Person), member by member.
        #[derive(Clone, Debug)]
        pub struct Person {
            id: ::std::result::Result<::std::string::String, ::std::string::String>,
            type_: ::std::result::Result<
                ::std::option::Option<super::PersonType>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Person {
            fn default() -> Self {
                Self {
                    id: Err("no value supplied for id".to_string()),
                    type_: Ok(Default::default()),
                }
            }
        }
        impl Person {
            ///The member `id`.
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            ///`PersonType`
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::PersonType>>,
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
        impl ::std::convert::TryFrom<Person> for super::Person {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Person,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    id: value.id?,
                    type_: value.type_?,
                })
            }
        }
        impl ::std::convert::From<super::Person> for Person {
            fn from(value: super::Person) -> Self {
                Self {
                    id: Ok(value.id),
                    type_: Ok(value.type_),
                }
            }
        }
        ///Builds a [`Places`](super::Places), member by member.
        #[derive(Clone, Debug)]
        pub struct Places {
            at: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            composed: ::std::result::Result<
                ::std::option::Option<super::PlacesComposed>,
                ::std::string::String,
            >,
            maybe: ::std::result::Result<
                ::std::option::Option<super::PlacesMaybe>,
                ::std::string::String,
            >,
            member: ::std::result::Result<super::Member, ::std::string::String>,
            members: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<super::Member>>,
                ::std::string::String,
            >,
            object: ::std::result::Result<
                ::std::option::Option<super::PlacesObject>,
                ::std::string::String,
            >,
            or_null: ::std::result::Result<
                ::std::option::Option<
                    ::std::vec::Vec<::std::option::Option<super::Member>>,
                >,
                ::std::string::String,
            >,
            resources: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<super::PlacesResourcesItem>>,
                ::std::string::String,
            >,
            type_: ::std::result::Result<::std::string::String, ::std::string::String>,
            value: ::std::result::Result<
                ::std::option::Option<super::PlacesValue>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Places {
            fn default() -> Self {
                Self {
                    at: Ok(Default::default()),
                    composed: Ok(Default::default()),
                    maybe: Ok(Default::default()),
                    member: Err("no value supplied for member".to_string()),
                    members: Ok(Default::default()),
                    object: Err("no value supplied for object".to_string()),
                    or_null: Ok(Default::default()),
                    resources: Ok(Default::default()),
                    type_: Err("no value supplied for type_".to_string()),
                    value: Ok(Default::default()),
                }
            }
        }
        impl Places {
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
            ///`PlacesComposed`
            pub fn composed<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::PlacesComposed>>,
                T::Error: ::std::fmt::Display,
            {
                self.composed = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for composed: {e}")
                    });
                self
            }
            ///`PlacesMaybe`
            pub fn maybe<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::PlacesMaybe>>,
                T::Error: ::std::fmt::Display,
            {
                self.maybe = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for maybe: {e}")
                    });
                self
            }
            ///A person unless it says otherwise.
            pub fn member<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Member>,
                T::Error: ::std::fmt::Display,
            {
                self.member = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for member: {e}")
                    });
                self
            }
            ///A person unless it says otherwise.
            pub fn members<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<super::Member>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.members = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for members: {e}")
                    });
                self
            }
            ///An object in place.
            pub fn object<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::PlacesObject>>,
                T::Error: ::std::fmt::Display,
            {
                self.object = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for object: {e}")
                    });
                self
            }
            ///A person unless it says otherwise.
            pub fn or_null<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::std::vec::Vec<::std::option::Option<super::Member>>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.or_null = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for or_null: {e}")
                    });
                self
            }
            ///`PlacesResourcesItem`
            pub fn resources<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<super::PlacesResourcesItem>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.resources = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for resources: {e}")
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
            ///`PlacesValue`
            pub fn value<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::PlacesValue>>,
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
        impl ::std::convert::TryFrom<Places> for super::Places {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Places,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    at: value.at?,
                    composed: value.composed?,
                    maybe: value.maybe?,
                    member: value.member?,
                    members: value.members?,
                    object: value.object?,
                    or_null: value.or_null?,
                    resources: value.resources?,
                    type_: value.type_?,
                    value: value.value?,
                })
            }
        }
        impl ::std::convert::From<super::Places> for Places {
            fn from(value: super::Places) -> Self {
                Self {
                    at: Ok(value.at),
                    composed: Ok(value.composed),
                    maybe: Ok(value.maybe),
                    member: Ok(value.member),
                    members: Ok(value.members),
                    object: Ok(value.object),
                    or_null: Ok(value.or_null),
                    resources: Ok(value.resources),
                    type_: Ok(value.type_),
                    value: Ok(value.value),
                }
            }
        }
        ///Builds a [`PlacesComposed`](super::PlacesComposed), member by member.
        #[derive(Clone, Debug)]
        pub struct PlacesComposed {
            c: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            extra: ::std::result::Result<
                ::std::collections::HashMap<::std::string::String, ::std::vec::Vec<f64>>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for PlacesComposed {
            fn default() -> Self {
                Self {
                    c: Ok(Default::default()),
                    id: Ok(Default::default()),
                    extra: Err("no value supplied for extra".to_string()),
                }
            }
        }
        impl PlacesComposed {
            ///The member `c`.
            pub fn c<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.c = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for c: {e}"));
                self
            }
            ///The member `id`.
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            ///The member `extra`.
            pub fn extra<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::collections::HashMap<
                        ::std::string::String,
                        ::std::vec::Vec<f64>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.extra = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for extra: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<PlacesComposed> for super::PlacesComposed {
            type Error = super::error::ConversionError;
            fn try_from(
                value: PlacesComposed,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    c: value.c?,
                    id: value.id?,
                    extra: value.extra?,
                })
            }
        }
        impl ::std::convert::From<super::PlacesComposed> for PlacesComposed {
            fn from(value: super::PlacesComposed) -> Self {
                Self {
                    c: Ok(value.c),
                    id: Ok(value.id),
                    extra: Ok(value.extra),
                }
            }
        }
        ///Builds a [`PlacesObject`](super::PlacesObject), member by member.
        #[derive(Clone, Debug)]
        pub struct PlacesObject {
            a: ::std::result::Result<::std::string::String, ::std::string::String>,
            deeper: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<super::PlacesObjectDeeperItem>>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for PlacesObject {
            fn default() -> Self {
                Self {
                    a: Err("no value supplied for a".to_string()),
                    deeper: Ok(Default::default()),
                }
            }
        }
        impl PlacesObject {
            ///The member `a`.
            pub fn a<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.a = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for a: {e}"));
                self
            }
            ///`PlacesObjectDeeperItem`
            pub fn deeper<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<super::PlacesObjectDeeperItem>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.deeper = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for deeper: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<PlacesObject> for super::PlacesObject {
            type Error = super::error::ConversionError;
            fn try_from(
                value: PlacesObject,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    a: value.a?,
                    deeper: value.deeper?,
                })
            }
        }
        impl ::std::convert::From<super::PlacesObject> for PlacesObject {
            fn from(value: super::PlacesObject) -> Self {
                Self {
                    a: Ok(value.a),
                    deeper: Ok(value.deeper),
                }
            }
        }
        ///Builds a [`PlacesObjectDeeperItem`](super::PlacesObjectDeeperItem), member by member.
        #[derive(Clone, Debug)]
        pub struct PlacesObjectDeeperItem {
            b: ::std::result::Result<::std::option::Option<bool>, ::std::string::String>,
        }
        impl ::std::default::Default for PlacesObjectDeeperItem {
            fn default() -> Self {
                Self { b: Ok(Default::default()) }
            }
        }
        impl PlacesObjectDeeperItem {
            ///The member `b`.
            pub fn b<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.b = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for b: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<PlacesObjectDeeperItem>
        for super::PlacesObjectDeeperItem {
            type Error = super::error::ConversionError;
            fn try_from(
                value: PlacesObjectDeeperItem,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { b: value.b? })
            }
        }
        impl ::std::convert::From<super::PlacesObjectDeeperItem>
        for PlacesObjectDeeperItem {
            fn from(value: super::PlacesObjectDeeperItem) -> Self {
                Self { b: Ok(value.b) }
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
        ///Builds a [`SendListsResponse200`](super::SendListsResponse200), member by member.
        #[derive(Clone, Debug)]
        pub struct SendListsResponse200 {
            value: ::std::result::Result<
                ::std::vec::Vec<super::Lenient>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for SendListsResponse200 {
            fn default() -> Self {
                Self {
                    value: Err("no value supplied for value".to_string()),
                }
            }
        }
        impl SendListsResponse200 {
            ///Read in other forms too.
            pub fn value<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Lenient>>,
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
        impl ::std::convert::TryFrom<SendListsResponse200>
        for super::SendListsResponse200 {
            type Error = super::error::ConversionError;
            fn try_from(
                value: SendListsResponse200,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { value: value.value? })
            }
        }
        impl ::std::convert::From<super::SendListsResponse200> for SendListsResponse200 {
            fn from(value: super::SendListsResponse200) -> Self {
                Self { value: Ok(value.value) }
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
    /**Send what the document leaves open

Sends a `POST` request to `/odd/open`

```text
let response = client.send_open()
    .body(body)
    .send()
    .await;
```*/
    pub fn send_open(&self) -> builder::SendOpen<'_> {
        builder::SendOpen::new(self)
    }
    /**Send lists

Sends a `POST` request to `/odd/lists`

```text
let response = client.send_lists()
    .kind(kind)
    .kinds(kinds)
    .order(order)
    .sizes(sizes)
    .words(words)
    .body(body)
    .send()
    .await;
```*/
    pub fn send_lists(&self) -> builder::SendLists<'_> {
        builder::SendLists::new(self)
    }
    /**Send what is written in place

Sends a `POST` request to `/odd/places`

```text
let response = client.send_places()
    .body(body)
    .send()
    .await;
```*/
    pub fn send_places(&self) -> builder::SendPlaces<'_> {
        builder::SendPlaces::new(self)
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
        pub(crate) fn into_request(
            self,
        ) -> Result<(::reqwest::Request, OperationInfo), Error<()>> {
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
        pub(crate) fn into_request(
            self,
        ) -> Result<(::reqwest::Request, OperationInfo), Error<()>> {
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
        pub(crate) fn into_request(
            self,
        ) -> Result<(::reqwest::Request, OperationInfo), Error<()>> {
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
        pub(crate) fn into_request(
            self,
        ) -> Result<(::reqwest::Request, OperationInfo), Error<()>> {
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
        pub(crate) fn into_request(
            self,
        ) -> Result<(::reqwest::Request, OperationInfo), Error<()>> {
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
        pub(crate) fn into_request(
            self,
        ) -> Result<(::reqwest::Request, OperationInfo), Error<()>> {
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
        pub(crate) fn into_request(
            self,
        ) -> Result<(::reqwest::Request, OperationInfo), Error<()>> {
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
        pub(crate) fn into_request(
            self,
        ) -> Result<(::reqwest::Request, OperationInfo), Error<()>> {
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
    /**Builder for [`Client::send_open`]

[`Client::send_open`]: super::Client::send_open*/
    #[derive(Debug, Clone)]
    pub struct SendOpen<'a> {
        client: &'a super::Client,
        body: Result<types::builder::Open, String>,
    }
    impl<'a> SendOpen<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        ///The body, whole.
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::Open>,
            <V as std::convert::TryInto<types::Open>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| format!("conversion to `Open` for body failed: {}", s));
            self
        }
        ///The body, member by member.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(types::builder::Open) -> types::builder::Open,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/odd/open`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Open>, crate::facade::Error> {
            let client = self.client;
            client.call(self.into_request(), Self::read_response).await
        }
        pub(crate) fn into_request(
            self,
        ) -> Result<(::reqwest::Request, OperationInfo), Error<()>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| types::Open::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/odd/open", client.baseurl,);
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
                operation_id: "send_open",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<types::Open>, Error<types::Failure>> {
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
    /**Builder for [`Client::send_lists`]

[`Client::send_lists`]: super::Client::send_lists*/
    #[derive(Debug, Clone)]
    pub struct SendLists<'a> {
        client: &'a super::Client,
        kind: Result<Option<types::KindOf>, String>,
        kinds: Result<Option<::std::string::String>, String>,
        order: Result<Option<types::SendListsOrder>, String>,
        sizes: Result<::std::string::String, String>,
        words: Result<Option<::std::string::String>, String>,
        body: Result<types::SendListsBody, String>,
    }
    impl<'a> SendLists<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                kind: Ok(None),
                kinds: Ok(None),
                order: Ok(None),
                sizes: Err("sizes was not initialized".to_string()),
                words: Ok(None),
                body: Err("body was not initialized".to_string()),
            }
        }
        ///The parameter `kind`.
        pub fn kind<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::KindOf>,
        {
            self.kind = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `KindOf` for kind failed".to_string());
            self
        }
        ///The parameter `kinds`.
        pub fn kinds<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.kinds = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for kinds failed"
                        .to_string()
                });
            self
        }
        ///The parameter `order`.
        pub fn order<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::SendListsOrder>,
        {
            self.order = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `SendListsOrder` for order failed".to_string()
                });
            self
        }
        ///The parameter `sizes`.
        pub fn sizes<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.sizes = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for sizes failed"
                        .to_string()
                });
            self
        }
        ///The parameter `words`.
        pub fn words<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.words = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for words failed"
                        .to_string()
                });
            self
        }
        ///The body, whole.
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::SendListsBody>,
        {
            self.body = value
                .try_into()
                .map_err(|_| {
                    "conversion to `SendListsBody` for body failed".to_string()
                });
            self
        }
        ///Sends a `POST` request to `/odd/lists`
        pub async fn send(
            self,
        ) -> Result<
            ResponseValue<types::SendListsResponse200>,
            crate::facade::Error,
        > {
            let client = self.client;
            client.call(self.into_request(), Self::read_response).await
        }
        pub(crate) fn into_request(
            self,
        ) -> Result<(::reqwest::Request, OperationInfo), Error<()>> {
            let Self { client, kind, kinds, order, sizes, words, body } = self;
            let kind = kind.map_err(Error::InvalidRequest)?;
            let kinds = kinds.map_err(Error::InvalidRequest)?;
            let order = order.map_err(Error::InvalidRequest)?;
            let sizes = sizes.map_err(Error::InvalidRequest)?;
            let words = words.map_err(Error::InvalidRequest)?;
            let body = body.map_err(Error::InvalidRequest)?;
            let url = format!("{}/odd/lists", client.baseurl,);
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
                .query(&progenitor_client::QueryParam::new("kind", &kind))
                .query(&progenitor_client::QueryParam::new("kinds", &kinds))
                .query(&progenitor_client::QueryParam::new("order", &order))
                .query(&progenitor_client::QueryParam::new("sizes", &sizes))
                .query(&progenitor_client::QueryParam::new("words", &words))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "send_lists",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<types::SendListsResponse200>, Error<types::Failure>> {
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
    /**Builder for [`Client::send_places`]

[`Client::send_places`]: super::Client::send_places*/
    #[derive(Debug, Clone)]
    pub struct SendPlaces<'a> {
        client: &'a super::Client,
        body: Result<types::builder::Places, String>,
    }
    impl<'a> SendPlaces<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        ///The body, whole.
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::Places>,
            <V as std::convert::TryInto<types::Places>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| format!("conversion to `Places` for body failed: {}", s));
            self
        }
        ///The body, member by member.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(types::builder::Places) -> types::builder::Places,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/odd/places`
        pub async fn send(
            self,
        ) -> Result<
            ResponseValue<types::SendPlacesResponse200>,
            crate::facade::Error,
        > {
            let client = self.client;
            client.call(self.into_request(), Self::read_response).await
        }
        pub(crate) fn into_request(
            self,
        ) -> Result<(::reqwest::Request, OperationInfo), Error<()>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| types::Places::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/odd/places", client.baseurl,);
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
                operation_id: "send_places",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<types::SendPlacesResponse200>, Error<types::Failure>> {
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
