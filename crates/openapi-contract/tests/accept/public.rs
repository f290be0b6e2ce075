use ::openapi_contract_runtime as runtime;
use runtime::{poem, poem_openapi};
/// `info.title`.
pub(crate) const TITLE: &str = "Pets";
/// `info.version`.
pub(crate) const VERSION: &str = "1";
/// `servers`: the paths under which every operation is served; empty is the root.
pub(crate) static SERVERS: &[&str] = &["/v1", ""];
/// `x-path-aliases`: another spelling of a path prefix, and the prefix.
pub(crate) static PATH_ALIASES: &[(&str, &str)] = &[];
/// Every permission that some operation asks for.
pub(crate) static PERMISSIONS: &[&str] = &[];
/// The schemas of the document: those that it names, and objects, enumerations and choices in place.
pub(crate) mod types {
    use super::{
        poem_openapi::registry::{MetaDiscriminatorObject, MetaSchema, Registry},
        runtime::{self, ToJson as _},
        types,
    };
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct Pets {
        pub(crate) pets: Vec<types::Pet>,
    }
    impl Pets {
        /// Its members, in the order of the document.
        pub(crate) const MEMBERS: &'static [&'static str] = &["pets"];
    }
    impl runtime::ToJson for Pets {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let mut object_ = runtime::ObjectWriter::new(text_);
            object_.member("\"pets\":", &self.pets);
            object_.end();
        }
    }
    impl runtime::Described for Pets {
        const NAME: &'static str = "Pets";
        fn describe(registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: None,
                ..MetaSchema::ANY
            };
            schema.ty = "object";
            schema.required = Vec::from(["pets"]);
            schema.properties = Vec::from([
                (
                    "pets",
                    runtime::inline(MetaSchema {
                        ty: "array",
                        items: Some(
                            Box::new(runtime::described::<types::Pet>(registry)),
                        ),
                        ..MetaSchema::ANY
                    }),
                ),
            ]);
            schema
        }
    }
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct Pet {
        pub(crate) name: String,
    }
    impl Pet {
        /// Its members, in the order of the document.
        pub(crate) const MEMBERS: &'static [&'static str] = &["name"];
    }
    impl runtime::FromJson for Pet {
        fn from_json(
            node: runtime::Node<'_>,
            at_: &mut runtime::Reader,
        ) -> Option<Self> {
            let mut object_ = at_.object(node)?;
            let name = object_
                .required(
                    "name",
                    at_,
                    |node, at| at.text(&node, &runtime::TextRules::NONE),
                );
            object_.open(Self::MEMBERS, at_);
            Some(Self { name: name? })
        }
    }
    impl runtime::ToJson for Pet {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let mut object_ = runtime::ObjectWriter::new(text_);
            object_.member("\"name\":", &self.name);
            object_.end();
        }
    }
    impl runtime::Described for Pet {
        const NAME: &'static str = "Pet";
        fn describe(_registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: None,
                ..MetaSchema::ANY
            };
            schema.ty = "object";
            schema.required = Vec::from(["name"]);
            schema.properties = Vec::from([
                (
                    "name",
                    runtime::inline(MetaSchema {
                        ty: "string",
                        ..MetaSchema::ANY
                    }),
                ),
            ]);
            schema
        }
    }
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct Error {
        pub(crate) message: String,
    }
    impl Error {
        /// Its members, in the order of the document.
        pub(crate) const MEMBERS: &'static [&'static str] = &["message"];
    }
    impl runtime::ToJson for Error {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let mut object_ = runtime::ObjectWriter::new(text_);
            object_.member("\"message\":", &self.message);
            object_.end();
        }
    }
    impl runtime::Described for Error {
        const NAME: &'static str = "Error";
        fn describe(_registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: None,
                ..MetaSchema::ANY
            };
            schema.ty = "object";
            schema.required = Vec::from(["message"]);
            schema.properties = Vec::from([
                (
                    "message",
                    runtime::inline(MetaSchema {
                        ty: "string",
                        ..MetaSchema::ANY
                    }),
                ),
            ]);
            schema
        }
    }
}
/// The parameters of the document.
mod parameters {
    use super::{
        poem_openapi::registry::{MetaSchema, MetaSchemaRef, Registry},
        runtime, types,
    };
    pub(super) struct ListPetsLimit;
    impl runtime::Parameter for ListPetsLimit {
        const NAME: &'static str = "limit";
        const REQUIRED: bool = false;
        type Value = Option<i32>;
        fn schema(_registry: &mut Registry) -> MetaSchemaRef {
            runtime::inline(MetaSchema {
                ty: "integer",
                format: Some("int32"),
                maximum: Some(100f64),
                ..MetaSchema::ANY
            })
        }
        fn read(raw: Option<&str>) -> Result<Self::Value, (runtime::Kind, String)> {
            let Some(raw) = raw else { return Ok(None) };
            runtime::int32(raw, None, Some(100))
                .map(|value| Some(value))
                .map_err(|rule| (runtime::Kind::Value, rule))
        }
    }
    pub(super) struct PetId;
    impl runtime::Parameter for PetId {
        const NAME: &'static str = "pet-id";
        const REQUIRED: bool = true;
        type Value = String;
        fn schema(_registry: &mut Registry) -> MetaSchemaRef {
            runtime::inline(MetaSchema {
                ty: "string",
                ..MetaSchema::ANY
            })
        }
        fn read(raw: Option<&str>) -> Result<Self::Value, (runtime::Kind, String)> {
            let Some(raw) = raw else {
                return Err((runtime::Kind::Missing, "is required".to_owned()))
            };
            runtime::text_value(raw, &runtime::TextRules::NONE)
                .map(|()| raw.to_owned())
                .map(|value| value)
                .map_err(|rule| (runtime::Kind::Value, rule))
        }
    }
    pub(super) struct DeletePetPrefer;
    impl runtime::Parameter for DeletePetPrefer {
        const NAME: &'static str = "Prefer";
        const REQUIRED: bool = true;
        type Value = String;
        fn schema(_registry: &mut Registry) -> MetaSchemaRef {
            runtime::inline(MetaSchema {
                ty: "string",
                ..MetaSchema::ANY
            })
        }
        fn read(raw: Option<&str>) -> Result<Self::Value, (runtime::Kind, String)> {
            let Some(raw) = raw else {
                return Err((runtime::Kind::Missing, "is required".to_owned()))
            };
            runtime::text_value(raw, &runtime::TextRules::NONE)
                .map(|()| raw.to_owned())
                .map(|value| value)
                .map_err(|rule| (runtime::Kind::Value, rule))
        }
    }
    pub(super) struct ListOldPetsOwner;
    impl runtime::Parameter for ListOldPetsOwner {
        const NAME: &'static str = "owner";
        const REQUIRED: bool = true;
        type Value = String;
        fn schema(_registry: &mut Registry) -> MetaSchemaRef {
            runtime::inline(MetaSchema {
                ty: "string",
                ..MetaSchema::ANY
            })
        }
        fn read(raw: Option<&str>) -> Result<Self::Value, (runtime::Kind, String)> {
            let Some(raw) = raw else {
                return Err((runtime::Kind::Missing, "is required".to_owned()))
            };
            runtime::text_value(raw, &runtime::TextRules::NONE)
                .map(|()| raw.to_owned())
                .map(|value| value)
                .map_err(|rule| (runtime::Kind::Value, rule))
        }
    }
    pub(super) struct ListOldPetsYear;
    impl runtime::Parameter for ListOldPetsYear {
        const NAME: &'static str = "year";
        const REQUIRED: bool = true;
        type Value = i32;
        fn schema(_registry: &mut Registry) -> MetaSchemaRef {
            runtime::inline(MetaSchema {
                ty: "integer",
                format: Some("int32"),
                ..MetaSchema::ANY
            })
        }
        fn read(raw: Option<&str>) -> Result<Self::Value, (runtime::Kind, String)> {
            let Some(raw) = raw else {
                return Err((runtime::Kind::Missing, "is required".to_owned()))
            };
            runtime::int32(raw, None, None)
                .map(|value| value)
                .map_err(|rule| (runtime::Kind::Value, rule))
        }
    }
}
/// The operations of the document, as data.
pub(crate) mod operations {
    use super::runtime::Operation;
    pub(crate) static LIST_PETS: Operation = Operation {
        id: "listPets",
        method: "GET",
        path: "/pets",
        scopes: &[],
        token_kind: None,
        query: &["limit"],
        statuses: &[200],
        other_errors: true,
    };
    pub(crate) static CREATE_PET: Operation = Operation {
        id: "createPet",
        method: "POST",
        path: "/pets",
        scopes: &[],
        token_kind: None,
        query: &[],
        statuses: &[201],
        other_errors: true,
    };
    pub(crate) static GET_PET: Operation = Operation {
        id: "getPet",
        method: "GET",
        path: "/pets/{pet-id}",
        scopes: &[],
        token_kind: None,
        query: &[],
        statuses: &[200],
        other_errors: true,
    };
    pub(crate) static DELETE_PET: Operation = Operation {
        id: "deletePet",
        method: "DELETE",
        path: "/pets/{pet-id}",
        scopes: &[],
        token_kind: None,
        query: &[],
        statuses: &[204],
        other_errors: true,
    };
    pub(crate) static WALK_PET: Operation = Operation {
        id: "walkPet",
        method: "POST",
        path: "/pets/{pet-id}/microsoft.graph.walk()",
        scopes: &[],
        token_kind: None,
        query: &[],
        statuses: &[202],
        other_errors: true,
    };
    pub(crate) static LIST_OLD_PETS: Operation = Operation {
        id: "listOldPets",
        method: "GET",
        path: "/pets/old%20ones/{year}/of/{owner}",
        scopes: &[],
        token_kind: None,
        query: &[],
        statuses: &[200],
        other_errors: true,
    };
    /// Every operation, in the order of the document.
    pub(crate) static ALL: &[&Operation] = &[
        &LIST_PETS,
        &CREATE_PET,
        &GET_PET,
        &DELETE_PET,
        &WALK_PET,
        &LIST_OLD_PETS,
    ];
}
use poem::{Request, http::StatusCode};
use poem_openapi::registry::{MetaResponse, MetaResponses, MetaSchema, Registry};
///What `listPets` is called with.
#[derive(Debug)]
pub(crate) struct ListPetsParams {
    pub(crate) limit: Option<i32>,
}
///What `createPet` is called with.
#[derive(Debug)]
pub(crate) struct CreatePetParams {
    pub(crate) body: types::Pet,
}
///What `getPet` is called with.
#[derive(Debug)]
pub(crate) struct GetPetParams {
    pub(crate) pet_id: String,
}
///What `deletePet` is called with.
#[derive(Debug)]
pub(crate) struct DeletePetParams {
    pub(crate) pet_id: String,
    pub(crate) prefer: String,
}
///What `walkPet` is called with.
#[derive(Debug)]
pub(crate) struct WalkPetParams {
    pub(crate) pet_id: String,
}
///What `listOldPets` is called with.
#[derive(Debug)]
pub(crate) struct ListOldPetsParams {
    pub(crate) year: i32,
    pub(crate) owner: String,
}
///The successes of `listPets`.
#[derive(Debug)]
pub(crate) enum ListPetsResponse {
    ///200: Some pets.
    Ok { body: types::Pets, x_next: Option<String> },
}
impl runtime::Answer for ListPetsResponse {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([
                runtime::response(
                    Some(200),
                    "Some pets.",
                    Some(
                        runtime::media(
                            "application/json",
                            runtime::reference::<types::Pets>(),
                        ),
                    ),
                    Vec::from([
                        runtime::header(
                            "x-next",
                            None,
                            false,
                            runtime::inline(MetaSchema {
                                ty: "string",
                                ..MetaSchema::ANY
                            }),
                        ),
                    ]),
                ),
                response_1(),
            ]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::Pets>(registry);
        runtime::register::<types::Error>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Ok { body, x_next } => {
                let mut response: poem::Response = runtime::json(StatusCode::OK, &body);
                if let Some(value) = x_next {
                    response = runtime::with_header(response, "x-next", &value)?;
                }
                Ok(response)
            }
        }
    }
}
///The successes of `createPet`.
#[derive(Debug)]
pub(crate) enum CreatePetResponse {
    ///201: Created.
    Created,
}
impl runtime::Answer for CreatePetResponse {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([
                runtime::response(Some(201), "Created.", None, Vec::from([])),
                response_1(),
            ]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::Error>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Created => Ok(StatusCode::CREATED.into()),
        }
    }
}
///The successes of `getPet`.
#[derive(Debug)]
pub(crate) enum GetPetResponse {
    ///200: The pet.
    Ok(types::Pet),
}
impl runtime::Answer for GetPetResponse {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([
                runtime::response(
                    Some(200),
                    "The pet.",
                    Some(
                        runtime::media(
                            "application/json",
                            runtime::reference::<types::Pet>(),
                        ),
                    ),
                    Vec::from([]),
                ),
                response_1(),
            ]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::Pet>(registry);
        runtime::register::<types::Error>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Ok(body) => Ok(runtime::json(StatusCode::OK, &body)),
        }
    }
}
///The successes of `deletePet`.
#[derive(Debug)]
pub(crate) enum DeletePetResponse {
    ///204: Deleted.
    NoContent,
}
impl runtime::Answer for DeletePetResponse {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([
                runtime::response(Some(204), "Deleted.", None, Vec::from([])),
                response_1(),
            ]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::Error>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::NoContent => Ok(StatusCode::NO_CONTENT.into()),
        }
    }
}
///The successes of `walkPet`.
#[derive(Debug)]
pub(crate) enum WalkPetResponse {
    ///202: It is out.
    Accepted,
}
impl runtime::Answer for WalkPetResponse {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([
                runtime::response(Some(202), "It is out.", None, Vec::from([])),
                response_1(),
            ]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::Error>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Accepted => Ok(StatusCode::ACCEPTED.into()),
        }
    }
}
///The successes of `listOldPets`.
#[derive(Debug)]
pub(crate) enum ListOldPetsResponse {
    ///200: The pets.
    Ok(types::Pets),
}
impl runtime::Answer for ListOldPetsResponse {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([
                runtime::response(
                    Some(200),
                    "The pets.",
                    Some(
                        runtime::media(
                            "application/json",
                            runtime::reference::<types::Pets>(),
                        ),
                    ),
                    Vec::from([]),
                ),
                response_1(),
            ]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::Pets>(registry);
        runtime::register::<types::Error>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Ok(body) => Ok(runtime::json(StatusCode::OK, &body)),
        }
    }
}
fn response_1() -> MetaResponse {
    runtime::response(
        None,
        "Something went wrong.",
        Some(runtime::media("application/json", runtime::reference::<types::Error>())),
        Vec::from([]),
    )
}
/// Media types that JSON may be sent as.
struct ApplicationJsonOrTextPlain;
impl runtime::MediaTypes for ApplicationJsonOrTextPlain {
    const ALL: &'static [&'static str] = &["application/json", "text/plain"];
}
/// Every operation, answered with 501 through the error of `S`, which says who may call.
#[cfg(test)]
pub(crate) struct Unimplemented<S>(pub(crate) S);
#[cfg(test)]
impl<S: runtime::Service> runtime::Service for Unimplemented<S> {
    type Caller = S::Caller;
    type Error = S::Error;
    async fn authorize(
        &self,
        operation: &'static runtime::Operation,
        request: &Request,
    ) -> Result<Self::Caller, Self::Error> {
        self.0.authorize(operation, request).await
    }
}
///The operations without a tag: one method each, to be written by hand.
pub(crate) trait Api: runtime::Service {
    ///`DELETE /pets/{pet-id}`
    fn delete_pet(
        &self,
        caller: Self::Caller,
        params: DeletePetParams,
    ) -> impl std::future::Future<
        Output = Result<DeletePetResponse, Self::Error>,
    > + Send;
    ///`POST /pets/{pet-id}/microsoft.graph.walk()`
    fn walk_pet(
        &self,
        params: WalkPetParams,
    ) -> impl std::future::Future<Output = Result<WalkPetResponse, Self::Error>> + Send;
    ///`GET /pets/old%20ones/{year}/of/{owner}`
    fn list_old_pets(
        &self,
        params: ListOldPetsParams,
    ) -> impl std::future::Future<
        Output = Result<ListOldPetsResponse, Self::Error>,
    > + Send;
}
#[cfg(test)]
impl<S: runtime::Service> Api for Unimplemented<S> {
    async fn delete_pet(
        &self,
        _: S::Caller,
        _: DeletePetParams,
    ) -> Result<DeletePetResponse, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "deletePet",
            }
                .into(),
        )
    }
    async fn walk_pet(&self, _: WalkPetParams) -> Result<WalkPetResponse, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "walkPet",
            }
                .into(),
        )
    }
    async fn list_old_pets(
        &self,
        _: ListOldPetsParams,
    ) -> Result<ListOldPetsResponse, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "listOldPets",
            }
                .into(),
        )
    }
}
/// Calls the handlers.
pub(crate) struct Server<A>(std::sync::Arc<A>);
#[poem_openapi::OpenApi]
impl<A: Api> Server<A> {
    #[oai(
        path = "/pets/:pet-id/microsoft.graph.walk()",
        method = "post",
        operation_id = "walkPet"
    )]
    async fn walk_pet(
        &self,
        request: &Request,
        #[oai(name = "pet-id")]
        pet_id: runtime::Path<parameters::PetId>,
    ) -> poem::Result<runtime::Answered<WalkPetResponse>> {
        let outcome = async {
            let mut broken = runtime::unknown_options(&operations::WALK_PET, request);
            let pet_id = pet_id.read(&mut broken);
            let (true, Some(pet_id)) = (broken.is_empty(), pet_id) else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            self.0.walk_pet(WalkPetParams { pet_id }).await
        };
        runtime::finish::<A, _>(&operations::WALK_PET, outcome.await)
    }
    #[oai(
        path = "/pets/old%20ones/:year/of/:owner",
        method = "get",
        operation_id = "listOldPets"
    )]
    async fn list_old_pets(
        &self,
        request: &Request,
        #[oai(name = "year")]
        year: runtime::Path<parameters::ListOldPetsYear>,
        #[oai(name = "owner")]
        owner: runtime::Path<parameters::ListOldPetsOwner>,
    ) -> poem::Result<runtime::Answered<ListOldPetsResponse>> {
        let outcome = async {
            let mut broken = runtime::unknown_options(
                &operations::LIST_OLD_PETS,
                request,
            );
            let year = year.read(&mut broken);
            let owner = owner.read(&mut broken);
            let (true, Some(year), Some(owner)) = (broken.is_empty(), year, owner) else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            self.0.list_old_pets(ListOldPetsParams { year, owner }).await
        };
        runtime::finish::<A, _>(&operations::LIST_OLD_PETS, outcome.await)
    }
}
///The operations tagged `pets`: one method each, to be written by hand.
pub(crate) trait PetsApi: runtime::Service {
    ///`GET /pets`
    fn list_pets(
        &self,
        params: ListPetsParams,
    ) -> impl std::future::Future<Output = Result<ListPetsResponse, Self::Error>> + Send;
    ///`GET /pets/{pet-id}`: Get a pet
    fn get_pet(
        &self,
        params: GetPetParams,
    ) -> impl std::future::Future<Output = Result<GetPetResponse, Self::Error>> + Send;
}
#[cfg(test)]
impl<S: runtime::Service> PetsApi for Unimplemented<S> {
    async fn list_pets(&self, _: ListPetsParams) -> Result<ListPetsResponse, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "listPets",
            }
                .into(),
        )
    }
    async fn get_pet(&self, _: GetPetParams) -> Result<GetPetResponse, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "getPet",
            }
                .into(),
        )
    }
}
/// Calls the handlers.
pub(crate) struct PetsServer<A>(std::sync::Arc<A>);
#[poem_openapi::OpenApi]
impl<A: Api + PetsApi + OwnersApi> PetsServer<A> {
    /**Without a summary.

The first paragraph does as one.*/
    #[oai(path = "/pets", method = "get", operation_id = "listPets", tag = "Tag::Pets")]
    async fn list_pets(
        &self,
        request: &Request,
        #[oai(name = "limit")]
        limit: runtime::Query<parameters::ListPetsLimit>,
    ) -> poem::Result<runtime::Answered<ListPetsResponse>> {
        let outcome = async {
            let mut broken = runtime::unknown_options(&operations::LIST_PETS, request);
            let limit = limit.read(&mut broken);
            let (true, Some(limit)) = (broken.is_empty(), limit) else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            self.0.list_pets(ListPetsParams { limit }).await
        };
        runtime::finish::<A, _>(&operations::LIST_PETS, outcome.await)
    }
    #[oai(
        path = "/pets",
        method = "post",
        operation_id = "createPet",
        tag = "Tag::Owners",
        tag = "Tag::Pets"
    )]
    async fn create_pet(
        &self,
        request: &Request,
        body: runtime::JsonBody<types::Pet, ApplicationJsonOrTextPlain>,
    ) -> poem::Result<runtime::Answered<CreatePetResponse>> {
        let outcome = async {
            let mut broken = runtime::unknown_options(&operations::CREATE_PET, request);
            let (true,) = (broken.is_empty(),) else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            let runtime::Read { value: body, ignored } = body.read().await?;
            if !ignored.is_empty() {
                self.0.ignored(request, ignored);
            }
            let body = body.map_err(runtime::Rejection::Invalid)?;
            self.0.create_pet(CreatePetParams { body }).await
        };
        runtime::finish::<A, _>(&operations::CREATE_PET, outcome.await)
    }
    ///Get a pet
    #[oai(
        path = "/pets/:pet-id",
        method = "get",
        operation_id = "getPet",
        tag = "Tag::Pets"
    )]
    async fn get_pet(
        &self,
        request: &Request,
        #[oai(name = "pet-id")]
        pet_id: runtime::Path<parameters::PetId>,
    ) -> poem::Result<runtime::Answered<GetPetResponse>> {
        let outcome = async {
            let mut broken = runtime::unknown_options(&operations::GET_PET, request);
            let pet_id = pet_id.read(&mut broken);
            let (true, Some(pet_id)) = (broken.is_empty(), pet_id) else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            self.0.get_pet(GetPetParams { pet_id }).await
        };
        runtime::finish::<A, _>(&operations::GET_PET, outcome.await)
    }
    #[oai(path = "/pets/:pet-id", method = "delete", operation_id = "deletePet")]
    async fn delete_pet(
        &self,
        request: &Request,
        _security: runtime::Security<Bearer>,
        #[oai(name = "pet-id")]
        pet_id: runtime::Path<parameters::PetId>,
        #[oai(name = "Prefer")]
        prefer: runtime::Header<parameters::DeletePetPrefer>,
    ) -> poem::Result<runtime::Answered<DeletePetResponse>> {
        let outcome = async {
            let caller = self.0.authorize(&operations::DELETE_PET, request).await?;
            let mut broken = runtime::unknown_options(&operations::DELETE_PET, request);
            let pet_id = pet_id.read(&mut broken);
            let prefer = prefer.read(&mut broken);
            let (true, Some(pet_id), Some(prefer)) = (broken.is_empty(), pet_id, prefer)
            else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            self.0.delete_pet(caller, DeletePetParams { pet_id, prefer }).await
        };
        runtime::finish::<A, _>(&operations::DELETE_PET, outcome.await)
    }
}
///The operations tagged `owners`: one method each, to be written by hand.
pub(crate) trait OwnersApi: runtime::Service {
    ///`POST /pets`
    fn create_pet(
        &self,
        params: CreatePetParams,
    ) -> impl std::future::Future<
        Output = Result<CreatePetResponse, Self::Error>,
    > + Send;
}
#[cfg(test)]
impl<S: runtime::Service> OwnersApi for Unimplemented<S> {
    async fn create_pet(
        &self,
        _: CreatePetParams,
    ) -> Result<CreatePetResponse, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "createPet",
            }
                .into(),
        )
    }
}
/// The security scheme of the document.
struct Bearer;
impl runtime::Scheme for Bearer {
    const NAME: &'static str = "token";
    fn describe() -> poem_openapi::registry::MetaSecurityScheme {
        poem_openapi::registry::MetaSecurityScheme {
            ty: "http",
            description: None,
            name: None,
            key_in: None,
            scheme: Some("bearer"),
            bearer_format: None,
            flows: None,
            openid_connect_url: None,
        }
    }
}
/// The tags of the document.
enum Tag {
    Pets,
    Owners,
}
impl poem_openapi::Tags for Tag {
    fn register(&self, registry: &mut Registry) {
        registry
            .create_tag(
                match self {
                    Self::Pets => {
                        poem_openapi::registry::MetaTag {
                            name: "pets",
                            description: None,
                            external_docs: None,
                        }
                    }
                    Self::Owners => {
                        poem_openapi::registry::MetaTag {
                            name: "owners",
                            description: None,
                            external_docs: None,
                        }
                    }
                },
            );
    }
    fn name(&self) -> &'static str {
        match self {
            Self::Pets => "pets",
            Self::Owners => "owners",
        }
    }
}
/// Every operation of the document, for [`poem_openapi::OpenApiService`].
pub(crate) fn servers<A: Api + PetsApi + OwnersApi>(
    api: &std::sync::Arc<A>,
) -> impl poem_openapi::OpenApi + use<A> {
    (Server(api.clone()), PetsServer(api.clone()))
}
/// Every operation, with what the document says of itself.
pub(crate) fn service<A: Api + PetsApi + OwnersApi>(
    api: &std::sync::Arc<A>,
) -> poem_openapi::OpenApiService<impl poem_openapi::OpenApi + use<A>, ()> {
    poem_openapi::OpenApiService::new(servers(api), TITLE, VERSION)
        .server(poem_openapi::ServerObject::new("https://pets.example/v1"))
        .server(poem_openapi::ServerObject::new("/"))
}
/// Every operation, served under each of the document's `servers`.
pub(crate) fn routes<A: Api + PetsApi + OwnersApi>(
    api: &std::sync::Arc<A>,
) -> poem::Route {
    let mount = |route: poem::Route, prefix: &&str| route.nest(*prefix, service(api));
    SERVERS.iter().fold(poem::Route::new(), mount)
}
/// Regular expressions of the document.
mod patterns {
    use super::runtime::Pattern;
}
