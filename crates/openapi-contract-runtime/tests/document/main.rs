//! The generator's largest accepted document, compiled and called: what it says is done.
//!
//! The golden file of the generator's own tests is the code under test, so that the runtime is tried with what is
//! really emitted.

mod bodies;
mod calls;
mod drift;
mod others;

use std::{fmt, sync::Arc};

use poem::{Request, Response, error::ResponseError, http::StatusCode};

use openapi_contract_runtime::{Json, Operation, Rejection, Service, ToJson as _};

/// So that no name of this file is in reach of the generated code.
mod generated {
    #[allow(
        clippy::all,
        clippy::pedantic,
        unreachable_pub,
        unused,
        reason = "generated"
    )]
    pub(crate) mod everything {
        include!("../../../openapi-contract/tests/accept/everything.rs");
    }
}

use generated::everything::{self, *};

/// A service that says what it was called with.
struct Echo;

/// A failure that shows its cause.
#[derive(Debug, Clone, PartialEq)]
enum Failed {
    Refused(Rejection),
    /// The handler's own.
    Status(StatusCode),
    Forbidden,
}

impl From<Rejection> for Failed {
    fn from(rejection: Rejection) -> Self {
        Self::Refused(rejection)
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for Failed {}

impl ResponseError for Failed {
    fn status(&self) -> StatusCode {
        match self {
            Self::Refused(Rejection::Undeclared { .. }) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Refused(_) => StatusCode::BAD_REQUEST,
            Self::Status(status) => *status,
            Self::Forbidden => StatusCode::FORBIDDEN,
        }
    }

    fn as_response(&self) -> Response {
        Response::builder()
            .status(self.status())
            .body(self.to_string())
    }
}

impl Service for Echo {
    type Caller = ();
    type Error = Failed;

    async fn authorize(
        &self,
        _operation: &'static Operation,
        request: &Request,
    ) -> Result<(), Failed> {
        match request.headers().get("authorization") {
            Some(_) => Ok(()),
            None => Err(Failed::Forbidden),
        }
    }
}

impl ThingsApi for Echo {
    /// `$top=999` asks for the optional header, the parameters as read are in it.
    async fn list_things(
        &self,
        (): (),
        params: ListThingsParams,
    ) -> Result<ListThingsResponse, Failed> {
        Ok(ListThingsResponse::Ok {
            body: types::Things {
                odata_count: None,
                value: Vec::new(),
            },
            x_total: params.top.into(),
            x_next: (params.top == 999).then(|| format!("{params:?}")),
        })
    }

    async fn create_thing(
        &self,
        (): (),
        params: CreateThingParams,
    ) -> Result<CreateThingResponse, Failed> {
        Ok(CreateThingResponse::Created {
            location: format!("/v1/things/{}", params.body.r#type),
            body: params.body,
        })
    }

    async fn put_part(&self, (): (), params: PutPartParams) -> Result<PutPartResponse, Failed> {
        Ok(match params.body {
            types::Shape::Circle(_) | types::Shape::Square(_) => PutPartResponse::MultiStatus,
        })
    }

    /// Fails with the status that `part` names.
    async fn delete_part(
        &self,
        (): (),
        params: DeletePartParams,
    ) -> Result<DeletePartResponse, Failed> {
        match u16::try_from(params.part).map(StatusCode::from_u16) {
            Ok(Ok(status)) => Err(Failed::Status(status)),
            _ => Ok(DeletePartResponse::NoContent),
        }
    }

    async fn update_part(
        &self,
        (): (),
        _params: UpdatePartParams,
    ) -> Result<UpdatePartResponse, Failed> {
        Ok(UpdatePartResponse::NoContent)
    }
}

impl OddOnesApi for Echo {
    async fn odd_count_things(
        &self,
        (): (),
        _params: OddCountThingsParams,
    ) -> Result<OddCountThingsResponse, Failed> {
        Ok(OddCountThingsResponse::Ok(7))
    }

    async fn head_count(
        &self,
        (): (),
        _params: HeadCountParams,
    ) -> Result<HeadCountResponse, Failed> {
        Ok(HeadCountResponse::Ok { x_total: Some(7) })
    }

    async fn count_options(
        &self,
        (): (),
        _params: CountOptionsParams,
    ) -> Result<CountOptionsResponse, Failed> {
        Ok(CountOptionsResponse::Ok("two\nlines".into()))
    }

    async fn send_open(&self, (): (), params: SendOpenParams) -> Result<SendOpenResponse, Failed> {
        Ok(SendOpenResponse::Ok(params.body))
    }

    /// Fails with the parameters if the body is empty.
    async fn send_lists(
        &self,
        (): (),
        params: SendListsParams,
    ) -> Result<SendListsResponse, Failed> {
        Ok(SendListsResponse::Ok(types::SendListsResponse200 {
            value: params.body.0,
        }))
    }

    async fn send_places(
        &self,
        (): (),
        params: SendPlacesParams,
    ) -> Result<SendPlacesResponse, Failed> {
        let text = String::from_utf8(params.body.to_json_vec()).expect("JSON is UTF-8");
        Ok(SendPlacesResponse::Ok(types::SendPlacesResponse200(
            Json::from_text(text.into()),
        )))
    }
}

/// What poem-openapi describes at run time.
fn served() -> serde_json::Value {
    serde_json::from_str(&service(&Arc::new(Echo)).spec()).expect("a description is JSON")
}
