#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
#[allow(unused_imports)]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    ///`BoxSchema`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct BoxSchema {
        ///The member `gen_`.
        #[serde(rename = "gen", skip_serializing_if = "::std::option::Option::is_none")]
        pub gen_: ::std::option::Option<::std::string::String>,
        ///`OptionSchema`
        #[serde(rename = "type", skip_serializing_if = "::std::option::Option::is_none")]
        pub type_: ::std::option::Option<OptionSchema>,
    }
    impl BoxSchema {
        ///Builds a [`BoxSchema`], member by member.
        pub fn builder() -> builder::BoxSchema {
            Default::default()
        }
    }
    ///`CreateSchemaKind`
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
    pub enum CreateSchemaKind {
        ///The value `one`.
        #[serde(rename = "one")]
        One,
        ///The value `other`.
        #[serde(rename = "other")]
        Other,
    }
    impl ::std::fmt::Display for CreateSchemaKind {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::One => f.write_str("one"),
                Self::Other => f.write_str("other"),
            }
        }
    }
    impl ::std::str::FromStr for CreateSchemaKind {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "one" => Ok(Self::One),
                "other" => Ok(Self::Other),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for CreateSchemaKind {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for CreateSchemaKind {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///`DefaultSchema`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct DefaultSchema {
        ///`BoxSchema`
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub value: ::std::option::Option<::std::vec::Vec<BoxSchema>>,
    }
    impl DefaultSchema {
        ///Builds a [`DefaultSchema`], member by member.
        pub fn builder() -> builder::DefaultSchema {
            Default::default()
        }
    }
    ///`ErrSchema`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ErrSchema {
        ///The member `message`.
        pub message: ::std::string::String,
    }
    impl ErrSchema {
        ///Builds a [`ErrSchema`], member by member.
        pub fn builder() -> builder::ErrSchema {
            Default::default()
        }
    }
    ///`OptionSchema`
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
    pub enum OptionSchema {
        ///The value `ALL`.
        #[serde(rename = "ALL")]
        All,
        ///The value `none`.
        #[serde(rename = "none")]
        None,
        ///The value `Self`.
        #[serde(rename = "Self")]
        Self_,
        ///The value `some`.
        #[serde(rename = "some")]
        Some,
        ///The value `unknownFutureValue`.
        #[serde(rename = "unknownFutureValue")]
        #[serde(other)]
        UnknownFutureValue,
    }
    impl ::std::fmt::Display for OptionSchema {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::All => f.write_str("ALL"),
                Self::UnknownFutureValue => f.write_str("unknownFutureValue"),
                Self::None => f.write_str("none"),
                Self::Self_ => f.write_str("Self"),
                Self::Some => f.write_str("some"),
            }
        }
    }
    impl ::std::str::FromStr for OptionSchema {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "ALL" => Ok(Self::All),
                "unknownFutureValue" => Ok(Self::UnknownFutureValue),
                "none" => Ok(Self::None),
                "Self" => Ok(Self::Self_),
                "some" => Ok(Self::Some),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for OptionSchema {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for OptionSchema {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///`Results`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Results {
        ///`VecSchema`
        pub value: ::std::vec::Vec<VecSchema>,
    }
    impl Results {
        ///Builds a [`Results`], member by member.
        pub fn builder() -> builder::Results {
            Default::default()
        }
    }
    ///`VecSchema`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(transparent)]
    pub struct VecSchema(
        pub ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    );
    impl ::std::ops::Deref for VecSchema {
        type Target = ::serde_json::Map<::std::string::String, ::serde_json::Value>;
        fn deref(
            &self,
        ) -> &::serde_json::Map<::std::string::String, ::serde_json::Value> {
            &self.0
        }
    }
    impl ::std::convert::From<VecSchema>
    for ::serde_json::Map<::std::string::String, ::serde_json::Value> {
        fn from(value: VecSchema) -> Self {
            value.0
        }
    }
    impl ::std::convert::From<
        ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    > for VecSchema {
        fn from(
            value: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        ) -> Self {
            Self(value)
        }
    }
    ///`X401denied`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct X401denied {
        ///The member `reason`.
        pub reason: ::std::string::String,
    }
    impl X401denied {
        ///Builds a [`X401denied`], member by member.
        pub fn builder() -> builder::X401denied {
            Default::default()
        }
    }
    /// Types for composing complex structures.
    pub mod builder {
        ///Builds a [`BoxSchema`](super::BoxSchema), member by member.
        #[derive(Clone, Debug)]
        pub struct BoxSchema {
            gen_: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            type_: ::std::result::Result<
                ::std::option::Option<super::OptionSchema>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for BoxSchema {
            fn default() -> Self {
                Self {
                    gen_: Ok(Default::default()),
                    type_: Ok(Default::default()),
                }
            }
        }
        impl BoxSchema {
            ///The member `gen_`.
            pub fn gen_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.gen_ = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for gen_: {e}")
                    });
                self
            }
            ///`OptionSchema`
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::OptionSchema>>,
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
        impl ::std::convert::TryFrom<BoxSchema> for super::BoxSchema {
            type Error = super::error::ConversionError;
            fn try_from(
                value: BoxSchema,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    gen_: value.gen_?,
                    type_: value.type_?,
                })
            }
        }
        impl ::std::convert::From<super::BoxSchema> for BoxSchema {
            fn from(value: super::BoxSchema) -> Self {
                Self {
                    gen_: Ok(value.gen_),
                    type_: Ok(value.type_),
                }
            }
        }
        ///Builds a [`DefaultSchema`](super::DefaultSchema), member by member.
        #[derive(Clone, Debug)]
        pub struct DefaultSchema {
            value: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<super::BoxSchema>>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for DefaultSchema {
            fn default() -> Self {
                Self {
                    value: Ok(Default::default()),
                }
            }
        }
        impl DefaultSchema {
            ///`BoxSchema`
            pub fn value<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<super::BoxSchema>>,
                >,
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
        impl ::std::convert::TryFrom<DefaultSchema> for super::DefaultSchema {
            type Error = super::error::ConversionError;
            fn try_from(
                value: DefaultSchema,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { value: value.value? })
            }
        }
        impl ::std::convert::From<super::DefaultSchema> for DefaultSchema {
            fn from(value: super::DefaultSchema) -> Self {
                Self { value: Ok(value.value) }
            }
        }
        ///Builds a [`ErrSchema`](super::ErrSchema), member by member.
        #[derive(Clone, Debug)]
        pub struct ErrSchema {
            message: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for ErrSchema {
            fn default() -> Self {
                Self {
                    message: Err("no value supplied for message".to_string()),
                }
            }
        }
        impl ErrSchema {
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
        impl ::std::convert::TryFrom<ErrSchema> for super::ErrSchema {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ErrSchema,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { message: value.message? })
            }
        }
        impl ::std::convert::From<super::ErrSchema> for ErrSchema {
            fn from(value: super::ErrSchema) -> Self {
                Self { message: Ok(value.message) }
            }
        }
        ///Builds a [`Results`](super::Results), member by member.
        #[derive(Clone, Debug)]
        pub struct Results {
            value: ::std::result::Result<
                ::std::vec::Vec<super::VecSchema>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Results {
            fn default() -> Self {
                Self {
                    value: Err("no value supplied for value".to_string()),
                }
            }
        }
        impl Results {
            ///`VecSchema`
            pub fn value<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::VecSchema>>,
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
        impl ::std::convert::TryFrom<Results> for super::Results {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Results,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { value: value.value? })
            }
        }
        impl ::std::convert::From<super::Results> for Results {
            fn from(value: super::Results) -> Self {
                Self { value: Ok(value.value) }
            }
        }
        ///Builds a [`X401denied`](super::X401denied), member by member.
        #[derive(Clone, Debug)]
        pub struct X401denied {
            reason: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for X401denied {
            fn default() -> Self {
                Self {
                    reason: Err("no value supplied for reason".to_string()),
                }
            }
        }
        impl X401denied {
            ///The member `reason`.
            pub fn reason<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.reason = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for reason: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<X401denied> for super::X401denied {
            type Error = super::error::ConversionError;
            fn try_from(
                value: X401denied,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { reason: value.reason? })
            }
        }
        impl ::std::convert::From<super::X401denied> for X401denied {
            fn from(value: super::X401denied) -> Self {
                Self { reason: Ok(value.reason) }
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
/**Client for Answers

Version: 1*/
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
        "1"
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
    /**Create it

A

B

Sends a `POST` request to `/schema`

Arguments:
- `client`: Said

by JSON.
- `gen_`
- `kind`
- `response`
- `result`
- `body`
```text
let response = client.create_schema()
    .client(client)
    .gen_(gen_)
    .kind(kind)
    .response(response)
    .result(result)
    .body(body)
    .send()
    .await;
```*/
    pub fn create_schema(&self) -> builder::CreateSchema<'_> {
        builder::CreateSchema::new(self)
    }
    /**Sends a `POST` request to `/activities`

```text
let response = client.add_activities()
    .body(body)
    .send()
    .await;
```*/
    pub fn add_activities(&self) -> builder::AddActivities<'_> {
        builder::AddActivities::new(self)
    }
    /**Sends a `OPTIONS` request to `/activities`

```text
let response = client.gen_()
    .send()
    .await;
```*/
    pub fn gen_(&self) -> builder::Gen<'_> {
        builder::Gen::new(self)
    }
    /**Sends a `GET` request to `/t00`

```text
let response = client.t00()
    .send()
    .await;
```*/
    pub fn t00(&self) -> builder::T00<'_> {
        builder::T00::new(self)
    }
    /**Sends a `GET` request to `/t01`

```text
let response = client.t01()
    .send()
    .await;
```*/
    pub fn t01(&self) -> builder::T01<'_> {
        builder::T01::new(self)
    }
    /**Sends a `GET` request to `/t02`

```text
let response = client.t02()
    .send()
    .await;
```*/
    pub fn t02(&self) -> builder::T02<'_> {
        builder::T02::new(self)
    }
    /**Sends a `GET` request to `/t03`

```text
let response = client.t03()
    .send()
    .await;
```*/
    pub fn t03(&self) -> builder::T03<'_> {
        builder::T03::new(self)
    }
    /**Sends a `GET` request to `/t04`

```text
let response = client.t04()
    .send()
    .await;
```*/
    pub fn t04(&self) -> builder::T04<'_> {
        builder::T04::new(self)
    }
    /**Sends a `GET` request to `/t05`

```text
let response = client.t05()
    .send()
    .await;
```*/
    pub fn t05(&self) -> builder::T05<'_> {
        builder::T05::new(self)
    }
    /**Sends a `GET` request to `/t06`

```text
let response = client.t06()
    .send()
    .await;
```*/
    pub fn t06(&self) -> builder::T06<'_> {
        builder::T06::new(self)
    }
    /**Sends a `GET` request to `/t07`

```text
let response = client.t07()
    .send()
    .await;
```*/
    pub fn t07(&self) -> builder::T07<'_> {
        builder::T07::new(self)
    }
    /**Sends a `GET` request to `/t08`

```text
let response = client.t08()
    .send()
    .await;
```*/
    pub fn t08(&self) -> builder::T08<'_> {
        builder::T08::new(self)
    }
    /**Sends a `GET` request to `/t09`

```text
let response = client.t09()
    .send()
    .await;
```*/
    pub fn t09(&self) -> builder::T09<'_> {
        builder::T09::new(self)
    }
    /**Sends a `GET` request to `/t10`

```text
let response = client.t10()
    .send()
    .await;
```*/
    pub fn t10(&self) -> builder::T10<'_> {
        builder::T10::new(self)
    }
    /**Sends a `GET` request to `/t11`

```text
let response = client.t11()
    .send()
    .await;
```*/
    pub fn t11(&self) -> builder::T11<'_> {
        builder::T11::new(self)
    }
    /**Sends a `GET` request to `/t12`

```text
let response = client.t12()
    .send()
    .await;
```*/
    pub fn t12(&self) -> builder::T12<'_> {
        builder::T12::new(self)
    }
    /**Sends a `GET` request to `/t13`

```text
let response = client.t13()
    .send()
    .await;
```*/
    pub fn t13(&self) -> builder::T13<'_> {
        builder::T13::new(self)
    }
    /**Sends a `GET` request to `/t14`

```text
let response = client.t14()
    .send()
    .await;
```*/
    pub fn t14(&self) -> builder::T14<'_> {
        builder::T14::new(self)
    }
    /**Sends a `GET` request to `/t15`

```text
let response = client.t15()
    .send()
    .await;
```*/
    pub fn t15(&self) -> builder::T15<'_> {
        builder::T15::new(self)
    }
    /**Sends a `GET` request to `/t16`

```text
let response = client.t16()
    .send()
    .await;
```*/
    pub fn t16(&self) -> builder::T16<'_> {
        builder::T16::new(self)
    }
    /**Sends a `GET` request to `/t17`

```text
let response = client.t17()
    .send()
    .await;
```*/
    pub fn t17(&self) -> builder::T17<'_> {
        builder::T17::new(self)
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
    /**Builder for [`Client::create_schema`]

[`Client::create_schema`]: super::Client::create_schema*/
    #[derive(Debug, Clone)]
    pub struct CreateSchema<'a> {
        _client: &'a super::Client,
        client: Result<Option<::std::string::String>, String>,
        gen_: Result<Option<::std::string::String>, String>,
        kind: Result<Option<types::CreateSchemaKind>, String>,
        response: Result<Option<::std::string::String>, String>,
        result: Result<Option<i32>, String>,
        body: Result<types::builder::BoxSchema, String>,
    }
    impl<'a> CreateSchema<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self {
                _client: client,
                client: Ok(None),
                gen_: Ok(None),
                kind: Ok(None),
                response: Ok(None),
                result: Ok(None),
                body: Ok(::std::default::Default::default()),
            }
        }
        /**Said

by JSON.*/
        pub fn client<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.client = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for client failed"
                        .to_string()
                });
            self
        }
        pub fn gen_<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.gen_ = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for gen_ failed"
                        .to_string()
                });
            self
        }
        ///The parameter `kind`.
        pub fn kind<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::CreateSchemaKind>,
        {
            self.kind = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `CreateSchemaKind` for kind failed".to_string()
                });
            self
        }
        ///The parameter `response`.
        pub fn response<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.response = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for response failed"
                        .to_string()
                });
            self
        }
        ///The parameter `result`.
        pub fn result<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<i32>,
        {
            self.result = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `i32` for result failed".to_string());
            self
        }
        ///The body, whole.
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::BoxSchema>,
            <V as std::convert::TryInto<types::BoxSchema>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `BoxSchema` for body failed: {}", s)
                });
            self
        }
        ///The body, member by member.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(types::builder::BoxSchema) -> types::builder::BoxSchema,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/schema`
        pub async fn send(
            self,
        ) -> Result<
            ResponseValue<super::responses::CreateSchemaSuccess>,
            crate::facade::Error,
        > {
            let client = self._client;
            client.call(self.into_request(), Self::read_response).await
        }
        pub(crate) fn into_request(
            self,
        ) -> Result<(::reqwest::Request, OperationInfo), Error<()>> {
            let Self { _client, client, gen_, kind, response, result, body } = self;
            let client = client.map_err(Error::InvalidRequest)?;
            let gen_ = gen_.map_err(Error::InvalidRequest)?;
            let kind = kind.map_err(Error::InvalidRequest)?;
            let response = response.map_err(Error::InvalidRequest)?;
            let result = result.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| types::BoxSchema::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/schema", _client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(3usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = response {
                header_map.append("response", value.to_string().try_into()?);
            }
            if let Some(value) = result {
                header_map.append("result", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = _client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .query(&progenitor_client::QueryParam::new("client", &client))
                .query(&progenitor_client::QueryParam::new("gen", &gen_))
                .query(&progenitor_client::QueryParam::new("kind", &kind))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "create_schema",
            };
            Ok((request, info))
        }
        async fn read_response(
            _response: ::reqwest::Response,
        ) -> Result<
            ResponseValue<super::responses::CreateSchemaSuccess>,
            Error<super::responses::CreateSchemaFailure>,
        > {
            match _response.status().as_u16() {
                201u16 => {
                    ResponseValue::<types::BoxSchema>::from_response(_response)
                        .await?
                        .map(super::responses::CreateSchemaSuccess::Created)
                }
                202u16 => {
                    ResponseValue::empty(_response)
                        .map(|()| super::responses::CreateSchemaSuccess::Accepted)
                }
                401u16 | 403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::<types::X401denied>::from_response(_response)
                                .await?
                                .map::<
                                    _,
                                    _,
                                    Error<super::responses::CreateSchemaFailure>,
                                >(super::responses::CreateSchemaFailure::X401denied)?,
                        ),
                    )
                }
                400u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::<types::ErrSchema>::from_response(_response)
                                .await?
                                .map::<
                                    _,
                                    _,
                                    Error<super::responses::CreateSchemaFailure>,
                                >(super::responses::CreateSchemaFailure::ErrSchema)?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(_response)),
            }
        }
    }
    /**Builder for [`Client::add_activities`]

[`Client::add_activities`]: super::Client::add_activities*/
    #[derive(Debug, Clone)]
    pub struct AddActivities<'a> {
        client: &'a super::Client,
        body: Result<types::builder::DefaultSchema, String>,
    }
    impl<'a> AddActivities<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        ///The body, whole.
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::DefaultSchema>,
            <V as std::convert::TryInto<types::DefaultSchema>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `DefaultSchema` for body failed: {}", s)
                });
            self
        }
        ///The body, member by member.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::DefaultSchema,
            ) -> types::builder::DefaultSchema,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/activities`
        pub async fn send(
            self,
        ) -> Result<
            ResponseValue<super::responses::AddActivitiesSuccess>,
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
                .and_then(|v| {
                    types::DefaultSchema::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/activities", client.baseurl,);
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
                operation_id: "add_activities",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<
            ResponseValue<super::responses::AddActivitiesSuccess>,
            Error<super::responses::AddActivitiesFailure>,
        > {
            match response.status().as_u16() {
                200u16 => {
                    ResponseValue::<types::DefaultSchema>::from_response(response)
                        .await?
                        .map(super::responses::AddActivitiesSuccess::Ok)
                }
                207u16 => {
                    ResponseValue::<types::Results>::from_response(response)
                        .await?
                        .map(super::responses::AddActivitiesSuccess::MultiStatus)
                }
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::<types::X401denied>::from_response(response)
                                .await?
                                .map::<
                                    _,
                                    _,
                                    Error<super::responses::AddActivitiesFailure>,
                                >(super::responses::AddActivitiesFailure::X401denied)?,
                        ),
                    )
                }
                400u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::<types::ErrSchema>::from_response(response)
                                .await?
                                .map::<
                                    _,
                                    _,
                                    Error<super::responses::AddActivitiesFailure>,
                                >(super::responses::AddActivitiesFailure::ErrSchema)?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::gen_`]

[`Client::gen_`]: super::Client::gen_*/
    #[derive(Debug, Clone)]
    pub struct Gen<'a> {
        client: &'a super::Client,
    }
    impl<'a> Gen<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `OPTIONS` request to `/activities`
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
            let url = format!("{}/activities", client.baseurl,);
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
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "gen_",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<()>, Error<types::ErrSchema>> {
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
    /**Builder for [`Client::t00`]

[`Client::t00`]: super::Client::t00*/
    #[derive(Debug, Clone)]
    pub struct T00<'a> {
        client: &'a super::Client,
    }
    impl<'a> T00<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/t00`
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
            let url = format!("{}/t00", client.baseurl,);
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
                operation_id: "t00",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<()>, Error<types::ErrSchema>> {
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
    /**Builder for [`Client::t01`]

[`Client::t01`]: super::Client::t01*/
    #[derive(Debug, Clone)]
    pub struct T01<'a> {
        client: &'a super::Client,
    }
    impl<'a> T01<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/t01`
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
            let url = format!("{}/t01", client.baseurl,);
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
                operation_id: "t01",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<()>, Error<types::ErrSchema>> {
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
    /**Builder for [`Client::t02`]

[`Client::t02`]: super::Client::t02*/
    #[derive(Debug, Clone)]
    pub struct T02<'a> {
        client: &'a super::Client,
    }
    impl<'a> T02<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/t02`
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
            let url = format!("{}/t02", client.baseurl,);
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
                operation_id: "t02",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<()>, Error<types::ErrSchema>> {
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
    /**Builder for [`Client::t03`]

[`Client::t03`]: super::Client::t03*/
    #[derive(Debug, Clone)]
    pub struct T03<'a> {
        client: &'a super::Client,
    }
    impl<'a> T03<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/t03`
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
            let url = format!("{}/t03", client.baseurl,);
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
                operation_id: "t03",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<()>, Error<types::ErrSchema>> {
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
    /**Builder for [`Client::t04`]

[`Client::t04`]: super::Client::t04*/
    #[derive(Debug, Clone)]
    pub struct T04<'a> {
        client: &'a super::Client,
    }
    impl<'a> T04<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/t04`
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
            let url = format!("{}/t04", client.baseurl,);
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
                operation_id: "t04",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<()>, Error<types::ErrSchema>> {
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
    /**Builder for [`Client::t05`]

[`Client::t05`]: super::Client::t05*/
    #[derive(Debug, Clone)]
    pub struct T05<'a> {
        client: &'a super::Client,
    }
    impl<'a> T05<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/t05`
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
            let url = format!("{}/t05", client.baseurl,);
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
                operation_id: "t05",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<()>, Error<types::ErrSchema>> {
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
    /**Builder for [`Client::t06`]

[`Client::t06`]: super::Client::t06*/
    #[derive(Debug, Clone)]
    pub struct T06<'a> {
        client: &'a super::Client,
    }
    impl<'a> T06<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/t06`
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
            let url = format!("{}/t06", client.baseurl,);
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
                operation_id: "t06",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<()>, Error<types::ErrSchema>> {
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
    /**Builder for [`Client::t07`]

[`Client::t07`]: super::Client::t07*/
    #[derive(Debug, Clone)]
    pub struct T07<'a> {
        client: &'a super::Client,
    }
    impl<'a> T07<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/t07`
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
            let url = format!("{}/t07", client.baseurl,);
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
                operation_id: "t07",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<()>, Error<types::ErrSchema>> {
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
    /**Builder for [`Client::t08`]

[`Client::t08`]: super::Client::t08*/
    #[derive(Debug, Clone)]
    pub struct T08<'a> {
        client: &'a super::Client,
    }
    impl<'a> T08<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/t08`
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
            let url = format!("{}/t08", client.baseurl,);
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
                operation_id: "t08",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<()>, Error<types::ErrSchema>> {
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
    /**Builder for [`Client::t09`]

[`Client::t09`]: super::Client::t09*/
    #[derive(Debug, Clone)]
    pub struct T09<'a> {
        client: &'a super::Client,
    }
    impl<'a> T09<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/t09`
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
            let url = format!("{}/t09", client.baseurl,);
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
                operation_id: "t09",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<()>, Error<types::ErrSchema>> {
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
    /**Builder for [`Client::t10`]

[`Client::t10`]: super::Client::t10*/
    #[derive(Debug, Clone)]
    pub struct T10<'a> {
        client: &'a super::Client,
    }
    impl<'a> T10<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/t10`
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
            let url = format!("{}/t10", client.baseurl,);
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
                operation_id: "t10",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<()>, Error<types::ErrSchema>> {
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
    /**Builder for [`Client::t11`]

[`Client::t11`]: super::Client::t11*/
    #[derive(Debug, Clone)]
    pub struct T11<'a> {
        client: &'a super::Client,
    }
    impl<'a> T11<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/t11`
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
            let url = format!("{}/t11", client.baseurl,);
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
                operation_id: "t11",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<()>, Error<types::ErrSchema>> {
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
    /**Builder for [`Client::t12`]

[`Client::t12`]: super::Client::t12*/
    #[derive(Debug, Clone)]
    pub struct T12<'a> {
        client: &'a super::Client,
    }
    impl<'a> T12<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/t12`
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
            let url = format!("{}/t12", client.baseurl,);
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
                operation_id: "t12",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<()>, Error<types::ErrSchema>> {
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
    /**Builder for [`Client::t13`]

[`Client::t13`]: super::Client::t13*/
    #[derive(Debug, Clone)]
    pub struct T13<'a> {
        client: &'a super::Client,
    }
    impl<'a> T13<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/t13`
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
            let url = format!("{}/t13", client.baseurl,);
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
                operation_id: "t13",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<()>, Error<types::ErrSchema>> {
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
    /**Builder for [`Client::t14`]

[`Client::t14`]: super::Client::t14*/
    #[derive(Debug, Clone)]
    pub struct T14<'a> {
        client: &'a super::Client,
    }
    impl<'a> T14<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/t14`
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
            let url = format!("{}/t14", client.baseurl,);
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
                operation_id: "t14",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<()>, Error<types::ErrSchema>> {
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
    /**Builder for [`Client::t15`]

[`Client::t15`]: super::Client::t15*/
    #[derive(Debug, Clone)]
    pub struct T15<'a> {
        client: &'a super::Client,
    }
    impl<'a> T15<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/t15`
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
            let url = format!("{}/t15", client.baseurl,);
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
                operation_id: "t15",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<()>, Error<types::ErrSchema>> {
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
    /**Builder for [`Client::t16`]

[`Client::t16`]: super::Client::t16*/
    #[derive(Debug, Clone)]
    pub struct T16<'a> {
        client: &'a super::Client,
    }
    impl<'a> T16<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/t16`
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
            let url = format!("{}/t16", client.baseurl,);
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
                operation_id: "t16",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<()>, Error<types::ErrSchema>> {
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
    /**Builder for [`Client::t17`]

[`Client::t17`]: super::Client::t17*/
    #[derive(Debug, Clone)]
    pub struct T17<'a> {
        client: &'a super::Client,
    }
    impl<'a> T17<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/t17`
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
            let url = format!("{}/t17", client.baseurl,);
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
                operation_id: "t17",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<()>, Error<types::ErrSchema>> {
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
}
/// Items consumers will typically use such as the Client.
pub mod prelude {
    pub use self::super::Client;
}
/// What operations answer that answer in several ways.
pub mod responses {
    use super::types;
    ///The successes of `createSchema`.
    #[derive(Clone, Debug)]
    pub enum CreateSchemaSuccess {
        ///201: Created at once.
        Created(types::BoxSchema),
        ///202: An operation works on it.
        Accepted,
    }
    ///The errors of `createSchema`, by their schema.
    #[derive(Clone, Debug)]
    pub enum CreateSchemaFailure {
        ///401, 403
        X401denied(types::X401denied),
        ///400, 408, 413, 415, 503
        ErrSchema(types::ErrSchema),
    }
    ///The successes of `addActivities`.
    #[derive(Clone, Debug)]
    pub enum AddActivitiesSuccess {
        ///200: All.
        Ok(types::DefaultSchema),
        ///207: Some.
        MultiStatus(types::Results),
    }
    ///The errors of `addActivities`, by their schema.
    #[derive(Clone, Debug)]
    pub enum AddActivitiesFailure {
        ///401
        X401denied(types::X401denied),
        ///all others
        ErrSchema(types::ErrSchema),
    }
}
