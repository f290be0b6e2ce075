#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
#[allow(unused_imports)]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    ///`Error`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Error {
        ///The member `message`.
        pub message: ::std::string::String,
    }
    impl Error {
        ///Builds a [`Error`], member by member.
        pub fn builder() -> builder::Error {
            Default::default()
        }
    }
    ///`Pet`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Pet {
        ///The member `name`.
        pub name: ::std::string::String,
    }
    impl Pet {
        ///Builds a [`Pet`], member by member.
        pub fn builder() -> builder::Pet {
            Default::default()
        }
    }
    ///`Pets`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Pets {
        ///`Pet`
        pub pets: ::std::vec::Vec<Pet>,
    }
    impl Pets {
        ///Builds a [`Pets`], member by member.
        pub fn builder() -> builder::Pets {
            Default::default()
        }
    }
    /// Types for composing complex structures.
    pub mod builder {
        ///Builds a [`Error`](super::Error), member by member.
        #[derive(Clone, Debug)]
        pub struct Error {
            message: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for Error {
            fn default() -> Self {
                Self {
                    message: Err("no value supplied for message".to_string()),
                }
            }
        }
        impl Error {
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
        impl ::std::convert::TryFrom<Error> for super::Error {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Error,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { message: value.message? })
            }
        }
        impl ::std::convert::From<super::Error> for Error {
            fn from(value: super::Error) -> Self {
                Self { message: Ok(value.message) }
            }
        }
        ///Builds a [`Pet`](super::Pet), member by member.
        #[derive(Clone, Debug)]
        pub struct Pet {
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for Pet {
            fn default() -> Self {
                Self {
                    name: Err("no value supplied for name".to_string()),
                }
            }
        }
        impl Pet {
            ///The member `name`.
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Pet> for super::Pet {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Pet,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { name: value.name? })
            }
        }
        impl ::std::convert::From<super::Pet> for Pet {
            fn from(value: super::Pet) -> Self {
                Self { name: Ok(value.name) }
            }
        }
        ///Builds a [`Pets`](super::Pets), member by member.
        #[derive(Clone, Debug)]
        pub struct Pets {
            pets: ::std::result::Result<
                ::std::vec::Vec<super::Pet>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Pets {
            fn default() -> Self {
                Self {
                    pets: Err("no value supplied for pets".to_string()),
                }
            }
        }
        impl Pets {
            ///`Pet`
            pub fn pets<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Pet>>,
                T::Error: ::std::fmt::Display,
            {
                self.pets = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for pets: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Pets> for super::Pets {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Pets,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { pets: value.pets? })
            }
        }
        impl ::std::convert::From<super::Pets> for Pets {
            fn from(value: super::Pets) -> Self {
                Self { pets: Ok(value.pets) }
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
/**Client for Pets

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
    /**Without a summary.

The first paragraph does as one.

Sends a `GET` request to `/pets`

```text
let response = client.list_pets()
    .limit(limit)
    .send()
    .await;
```*/
    pub fn list_pets(&self) -> builder::ListPets<'_> {
        builder::ListPets::new(self)
    }
    /**Sends a `POST` request to `/pets`

```text
let response = client.create_pet()
    .body(body)
    .send()
    .await;
```*/
    pub fn create_pet(&self) -> builder::CreatePet<'_> {
        builder::CreatePet::new(self)
    }
    /**Get a pet

Sends a `GET` request to `/pets/{pet-id}`

```text
let response = client.get_pet()
    .pet_id(pet_id)
    .send()
    .await;
```*/
    pub fn get_pet(&self) -> builder::GetPet<'_> {
        builder::GetPet::new(self)
    }
    /**Sends a `DELETE` request to `/pets/{pet-id}`

```text
let response = client.delete_pet()
    .pet_id(pet_id)
    .prefer(prefer)
    .send()
    .await;
```*/
    pub fn delete_pet(&self) -> builder::DeletePet<'_> {
        builder::DeletePet::new(self)
    }
    /**Sends a `POST` request to `/pets/{pet-id}/microsoft.graph.walk()`

```text
let response = client.walk_pet()
    .pet_id(pet_id)
    .send()
    .await;
```*/
    pub fn walk_pet(&self) -> builder::WalkPet<'_> {
        builder::WalkPet::new(self)
    }
    /**Sends a `GET` request to `/pets/old%20ones/{year}/of/{owner}`

```text
let response = client.list_old_pets()
    .year(year)
    .owner(owner)
    .send()
    .await;
```*/
    pub fn list_old_pets(&self) -> builder::ListOldPets<'_> {
        builder::ListOldPets::new(self)
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
    /**Builder for [`Client::list_pets`]

[`Client::list_pets`]: super::Client::list_pets*/
    #[derive(Debug, Clone)]
    pub struct ListPets<'a> {
        client: &'a super::Client,
        limit: Result<Option<i32>, String>,
    }
    impl<'a> ListPets<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                limit: Ok(None),
            }
        }
        ///The parameter `limit`.
        pub fn limit<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<i32>,
        {
            self.limit = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `i32` for limit failed".to_string());
            self
        }
        ///Sends a `GET` request to `/pets`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Pets>, crate::facade::Error> {
            let client = self.client;
            client.call(self.into_request(), Self::read_response).await
        }
        pub(crate) fn into_request(
            self,
        ) -> Result<(::reqwest::Request, OperationInfo), Error<()>> {
            let Self { client, limit } = self;
            let limit = limit.map_err(Error::InvalidRequest)?;
            let url = format!("{}/pets", client.baseurl,);
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
                .query(&progenitor_client::QueryParam::new("limit", &limit))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_pets",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<types::Pets>, Error<types::Error>> {
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
    /**Builder for [`Client::create_pet`]

[`Client::create_pet`]: super::Client::create_pet*/
    #[derive(Debug, Clone)]
    pub struct CreatePet<'a> {
        client: &'a super::Client,
        body: Result<types::builder::Pet, String>,
    }
    impl<'a> CreatePet<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        ///The body, whole.
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::Pet>,
            <V as std::convert::TryInto<types::Pet>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| format!("conversion to `Pet` for body failed: {}", s));
            self
        }
        ///The body, member by member.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(types::builder::Pet) -> types::builder::Pet,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/pets`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<()>, crate::facade::Error> {
            let client = self.client;
            client.call(self.into_request(), Self::read_response).await
        }
        pub(crate) fn into_request(
            self,
        ) -> Result<(::reqwest::Request, OperationInfo), Error<()>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| types::Pet::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/pets", client.baseurl,);
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
                operation_id: "create_pet",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<()>, Error<types::Error>> {
            match response.status().as_u16() {
                201u16 => Ok(ResponseValue::empty(response)),
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
    /**Builder for [`Client::get_pet`]

[`Client::get_pet`]: super::Client::get_pet*/
    #[derive(Debug, Clone)]
    pub struct GetPet<'a> {
        client: &'a super::Client,
        pet_id: Result<::std::string::String, String>,
    }
    impl<'a> GetPet<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                pet_id: Err("pet_id was not initialized".to_string()),
            }
        }
        ///The parameter `pet-id`.
        pub fn pet_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.pet_id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for pet_id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/pets/{pet-id}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Pet>, crate::facade::Error> {
            let client = self.client;
            client.call(self.into_request(), Self::read_response).await
        }
        pub(crate) fn into_request(
            self,
        ) -> Result<(::reqwest::Request, OperationInfo), Error<()>> {
            let Self { client, pet_id } = self;
            let pet_id = pet_id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/pets/{}", client.baseurl, path_segment(& pet_id.to_string())
                .map_err(Error::InvalidRequest) ?,
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
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "get_pet",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<types::Pet>, Error<types::Error>> {
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
    /**Builder for [`Client::delete_pet`]

[`Client::delete_pet`]: super::Client::delete_pet*/
    #[derive(Debug, Clone)]
    pub struct DeletePet<'a> {
        client: &'a super::Client,
        pet_id: Result<::std::string::String, String>,
        prefer: Result<::std::string::String, String>,
    }
    impl<'a> DeletePet<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                pet_id: Err("pet_id was not initialized".to_string()),
                prefer: Err("prefer was not initialized".to_string()),
            }
        }
        ///The parameter `pet-id`.
        pub fn pet_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.pet_id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for pet_id failed"
                        .to_string()
                });
            self
        }
        ///The parameter `Prefer`.
        pub fn prefer<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.prefer = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for prefer failed"
                        .to_string()
                });
            self
        }
        ///Sends a `DELETE` request to `/pets/{pet-id}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<()>, crate::facade::Error> {
            let client = self.client;
            client.call(self.into_request(), Self::read_response).await
        }
        pub(crate) fn into_request(
            self,
        ) -> Result<(::reqwest::Request, OperationInfo), Error<()>> {
            let Self { client, pet_id, prefer } = self;
            let pet_id = pet_id.map_err(Error::InvalidRequest)?;
            let prefer = prefer.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/pets/{}", client.baseurl, path_segment(& pet_id.to_string())
                .map_err(Error::InvalidRequest) ?,
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            header_map.append("Prefer", prefer.to_string().try_into()?);
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
                operation_id: "delete_pet",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<()>, Error<types::Error>> {
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
    /**Builder for [`Client::walk_pet`]

[`Client::walk_pet`]: super::Client::walk_pet*/
    #[derive(Debug, Clone)]
    pub struct WalkPet<'a> {
        client: &'a super::Client,
        pet_id: Result<::std::string::String, String>,
    }
    impl<'a> WalkPet<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                pet_id: Err("pet_id was not initialized".to_string()),
            }
        }
        ///The parameter `pet-id`.
        pub fn pet_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.pet_id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for pet_id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `POST` request to `/pets/{pet-id}/microsoft.graph.walk()`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<()>, crate::facade::Error> {
            let client = self.client;
            client.call(self.into_request(), Self::read_response).await
        }
        pub(crate) fn into_request(
            self,
        ) -> Result<(::reqwest::Request, OperationInfo), Error<()>> {
            let Self { client, pet_id } = self;
            let pet_id = pet_id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/pets/{}/microsoft.graph.walk()", client.baseurl, path_segment(&
                pet_id.to_string()).map_err(Error::InvalidRequest) ?,
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
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "walk_pet",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<()>, Error<types::Error>> {
            match response.status().as_u16() {
                202u16 => Ok(ResponseValue::empty(response)),
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
    /**Builder for [`Client::list_old_pets`]

[`Client::list_old_pets`]: super::Client::list_old_pets*/
    #[derive(Debug, Clone)]
    pub struct ListOldPets<'a> {
        client: &'a super::Client,
        year: Result<i32, String>,
        owner: Result<::std::string::String, String>,
    }
    impl<'a> ListOldPets<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                year: Err("year was not initialized".to_string()),
                owner: Err("owner was not initialized".to_string()),
            }
        }
        ///The parameter `year`.
        pub fn year<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<i32>,
        {
            self.year = value
                .try_into()
                .map_err(|_| "conversion to `i32` for year failed".to_string());
            self
        }
        ///The parameter `owner`.
        pub fn owner<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.owner = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for owner failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/pets/old%20ones/{year}/of/{owner}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Pets>, crate::facade::Error> {
            let client = self.client;
            client.call(self.into_request(), Self::read_response).await
        }
        pub(crate) fn into_request(
            self,
        ) -> Result<(::reqwest::Request, OperationInfo), Error<()>> {
            let Self { client, year, owner } = self;
            let year = year.map_err(Error::InvalidRequest)?;
            let owner = owner.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/pets/old%20ones/{}/of/{}", client.baseurl, path_segment(& year
                .to_string()).map_err(Error::InvalidRequest) ?, path_segment(& owner
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
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_old_pets",
            };
            Ok((request, info))
        }
        async fn read_response(
            response: ::reqwest::Response,
        ) -> Result<ResponseValue<types::Pets>, Error<types::Error>> {
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
