//! Documents that leave out what they may, and that answer in several ways. Their handlers are still to be written, so that 501
//! says: the call has reached its handler.

use std::sync::Arc;

use openapi_contract::{Contract, normalise::drift};
use openapi_contract_runtime::Rejection;
use poem::{Body, Endpoint, IntoEndpoint, Request, RequestBuilder};

use super::{Echo, Failed};

macro_rules! documents {
    ($($name:ident)*) => {
        $(
            #[allow(clippy::all, clippy::pedantic, unreachable_pub, unused, reason = "generated")]
            mod $name {
                include!(concat!("../../../openapi-contract/tests/accept/", stringify!($name), ".rs"));

                pub(super) const YAML: &str =
                    include_str!(concat!("../../../openapi-contract/tests/accept/", stringify!($name), ".yaml"));
            }
        )*

        #[test]
        fn they_are_described_as_the_documents_say() {
            $(
                let Ok(contract) = Contract::read("x.yaml", $name::YAML) else {
                    panic!("refused");
                };
                let document = serde_json::from_str(&contract.json()).expect("it is JSON");
                let service = $name::service(&Arc::new($name::Unimplemented(Echo)));
                let served = serde_json::from_str(&service.spec()).expect("it is JSON");
                let differences = drift(&document, &served);
                let differences: Vec<_> = differences.iter().map(ToString::to_string).collect();
                assert!(differences.is_empty(), "{}", differences.join("\n"));
            )*
        }
    };
}

documents!(answers public);

fn request(method: &str, uri: &str) -> RequestBuilder {
    let method = method.parse().expect("a method");
    Request::builder().method(method).uri_str(uri)
}

async fn failure(service: impl IntoEndpoint, request: Request) -> Failed {
    let Err(error) = service.into_endpoint().call(request).await else {
        panic!("no handler is written");
    };
    error.downcast().expect("no other failure")
}

async fn of_public(request: RequestBuilder, body: impl Into<Body>) -> Failed {
    let service = public::service(&Arc::new(public::Unimplemented(Echo)));
    failure(service, request.body(body)).await
}

async fn of_answers(request: RequestBuilder, body: impl Into<Body>) -> Failed {
    let service = answers::service(&Arc::new(answers::Unimplemented(Echo)));
    failure(service, request.header("authorization", "any").body(body)).await
}

fn reached(operation: &'static str) -> Failed {
    Failed::Refused(Rejection::Unimplemented { operation })
}

#[tokio::test]
async fn anybody_may_call_what_is_not_secured() {
    for (method, uri, operation) in [
        ("GET", "/pets", "listPets"),
        ("GET", "/pets/1", "getPet"),
        ("POST", "/pets/1/microsoft.graph.walk()", "walkPet"),
        ("GET", "/pets/old%20ones/1999/of/a%20b", "listOldPets"),
    ] {
        assert_eq!(
            of_public(request(method, uri), ()).await,
            reached(operation)
        );
    }
    let delete = || request("DELETE", "/pets/1").header("prefer", "x");
    assert_eq!(of_public(delete(), ()).await, Failed::Forbidden);
    let allowed = delete().header("authorization", "any");
    assert_eq!(of_public(allowed, ()).await, reached("deletePet"));
}

#[tokio::test]
async fn json_is_read_by_each_of_its_names() {
    for media in [
        "application/json",
        "text/plain; charset=utf-8",
        "application/x-www-form-urlencoded",
    ] {
        let request = request("POST", "/schema").content_type(media);
        assert_eq!(of_answers(request, "{}").await, reached("createSchema"));
        let request = self::request("POST", "/activities").content_type(media);
        let expected = match media {
            "application/json" => reached("addActivities"),
            other => Failed::Refused(Rejection::ContentTypeUnsupported {
                given: other.into(),
            }),
        };
        assert_eq!(of_answers(request, "{}").await, expected);
    }
}

#[tokio::test]
async fn every_tag_has_its_operations() {
    for operation in answers::operations::ALL {
        let request = request(operation.method, operation.path).content_type("application/json");
        assert_eq!(of_answers(request, "{}").await, reached(operation.id));
    }
}
