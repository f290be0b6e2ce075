//! The clients of the accepted documents, compiled and called: what they send, and what they make of answers.
//!
//! After a change that is meant, `UPDATE_GOLDEN=1 cargo test -p openapi-contract --all-features` writes them anew.

#![cfg(feature = "client")]

use std::{any::Any, env, fs, sync::Mutex};

use openapi_contract::Contract;
use reqwest::{Method, Request, StatusCode};

/// What a client leans on.
mod facade {
    use super::{Any, Mutex, Request};

    pub(crate) use openapi_contract_runtime::Patch;

    /// The answer to every request, and the last of them.
    #[derive(Debug)]
    pub(crate) struct Inner {
        pub(super) status: u16,
        pub(super) body: &'static str,
        pub(super) seen: Mutex<Option<Request>>,
    }

    impl Clone for Inner {
        fn clone(&self) -> Self {
            Self {
                seen: Mutex::default(),
                ..*self
            }
        }
    }

    #[derive(Debug)]
    pub(crate) enum Error {
        NotSent(String),
        /// progenitor's error, with the operation's own inside.
        Failed(Box<dyn Any>),
    }
}

use facade::Error;

macro_rules! clients {
    ($($name:ident)*) => {
        $(
            #[allow(clippy::all, clippy::pedantic, private_interfaces, unreachable_pub, unused, reason = "generated")]
            mod $name {
                use super::facade;

                include!(concat!(stringify!($name), ".rs"));

                impl Client {
                    async fn call<T, E: 'static, R>(
                        &self,
                        request: Result<(reqwest::Request, OperationInfo), Error>,
                        read: impl FnOnce(reqwest::Response) -> R,
                    ) -> Result<ResponseValue<T>, facade::Error>
                    where
                        R: Future<Output = Result<ResponseValue<T>, Error<E>>>,
                    {
                        let (request, _) =
                            request.map_err(|error| facade::Error::NotSent(error.to_string()))?;
                        *self.inner.seen.lock().unwrap() = Some(request);
                        let mut answer = http::Response::new(self.inner.body);
                        *answer.status_mut() = self.inner.status.try_into().unwrap();
                        answer.headers_mut().insert("location", "/operations/1".parse().unwrap());
                        let read = read(answer.into()).await;
                        read.map_err(|error| facade::Error::Failed(Box::new(error)))
                    }
                }

                pub(super) fn client(status: u16, body: &'static str) -> Client {
                    let inner = facade::Inner { status, body, seen: Default::default() };
                    Client::new_with_client("https://example.org", reqwest::Client::new(), inner)
                }
            }
        )*

        #[test]
        fn documents_become_the_golden_clients() {
            for name in [$(stringify!($name)),*] {
                let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests");
                let yaml = fs::read_to_string(format!("{folder}/accept/{name}.yaml")).unwrap();
                let Ok(contract) = Contract::read("document.yaml", &yaml) else {
                    panic!("{name} is refused");
                };
                let client = contract.client("crate::facade");
                let golden = format!("{folder}/client/{name}.rs");
                if env::var_os("UPDATE_GOLDEN").is_some() {
                    fs::write(&golden, &client).unwrap();
                }
                assert!(client == fs::read_to_string(&golden).unwrap(), "{golden} differs; see the header of this test");
            }
        }
    };
}

clients!(answers everything public);

/// The operation's own error and its status.
#[track_caller]
fn failure<E: 'static>(error: Error) -> (StatusCode, E) {
    let Error::Failed(error) = error else {
        panic!("{error:?}");
    };
    match *error
        .downcast::<progenitor_client::Error<E>>()
        .expect("an error of the operation")
    {
        progenitor_client::Error::ErrorResponse(response) => {
            (response.status(), response.into_inner())
        }
        _ => panic!("not an error of the operation"),
    }
}

#[tokio::test]
async fn successes_of_several_kinds_are_told_apart() {
    use answers::responses::{AddActivitiesSuccess, CreateSchemaSuccess};

    let client = answers::client(201, r#"{"type": "ALL"}"#);
    let created = client.create_schema().send().await.unwrap();
    assert_eq!(created.status(), StatusCode::CREATED);
    assert!(
        matches!(created.into_inner(), CreateSchemaSuccess::Created(schema)
        if schema.type_ == Some(answers::types::OptionSchema::All))
    );

    let accepted = answers::client(202, "")
        .create_schema()
        .send()
        .await
        .unwrap();
    assert_eq!(accepted.headers()["location"], "/operations/1");
    assert!(matches!(
        accepted.into_inner(),
        CreateSchemaSuccess::Accepted
    ));

    for (status, body) in [(200, "{}"), (207, r#"{"value": [{"a": 1}]}"#)] {
        let client = answers::client(status, body);
        match client.add_activities().send().await.unwrap().into_inner() {
            AddActivitiesSuccess::Ok(_) => assert_eq!(status, 200),
            AddActivitiesSuccess::MultiStatus(some) => {
                assert_eq!((status, some.value.len()), (207, 1));
            }
        }
    }
}

#[tokio::test]
async fn errors_of_several_schemas_are_told_apart() {
    use answers::responses::{AddActivitiesFailure, CreateSchemaFailure};

    let wrong = r#"{"message": "wrong"}"#;
    let denied = r#"{"reason": "denied"}"#;
    // 502 is not in the document: it is read as the most frequent one.
    for (status, body) in [
        (400, wrong),
        (401, denied),
        (403, denied),
        (415, wrong),
        (502, wrong),
    ] {
        let error = answers::client(status, body)
            .create_schema()
            .send()
            .await
            .unwrap_err();
        let (known, failure) = failure(error);
        assert_eq!(known, status);
        match failure {
            CreateSchemaFailure::ErrSchema(it) => {
                assert_eq!((body, it.message.as_str()), (wrong, "wrong"));
            }
            CreateSchemaFailure::X401denied(it) => {
                assert_eq!((body, it.reason.as_str()), (denied, "denied"));
            }
        }
    }
    // `default` stands for all that are not listed.
    let error = answers::client(403, wrong)
        .add_activities()
        .send()
        .await
        .unwrap_err();
    let (_, failure) = failure(error);
    assert!(matches!(failure, AddActivitiesFailure::ErrSchema(_)));
}

#[tokio::test]
async fn values_of_later_versions_are_read_wherever_the_document_lists_their_name() {
    use answers::types::OptionSchema;

    for (body, expected) in [
        (r#"{"type": "later"}"#, OptionSchema::UnknownFutureValue),
        (r#"{"type": "some"}"#, OptionSchema::Some),
    ] {
        let created = answers::client(201, body)
            .create_schema()
            .send()
            .await
            .unwrap();
        let answers::responses::CreateSchemaSuccess::Created(schema) = created.into_inner() else {
            panic!("not created");
        };
        assert_eq!(schema.type_, Some(expected));
    }
}

#[tokio::test]
async fn requests_are_sent_as_the_document_says() {
    let client = answers::client(202, "");
    let call = client
        .create_schema()
        .client("a b")
        .gen_("c")
        .response("d")
        .result(1);
    call.send().await.unwrap();
    let seen = client.inner.seen.lock().unwrap().take().unwrap();
    assert_eq!(
        seen.url().as_str(),
        "https://example.org/schema?client=a+b&gen=c"
    );
    assert_eq!(
        (&seen.headers()["response"], &seen.headers()["result"]),
        (&"d".parse().unwrap(), &"1".parse().unwrap())
    );
    assert_eq!(seen.headers()["content-type"], "application/json");
    assert_eq!(seen.headers()["accept"], "application/json");

    let client = answers::client(200, "");
    client.gen_().send().await.unwrap();
    assert_eq!(
        client.inner.seen.lock().unwrap().as_ref().unwrap().method(),
        Method::OPTIONS
    );

    let client = public::client(200, r#"{"pets": []}"#);
    client
        .list_old_pets()
        .owner("a/b")
        .year(1999)
        .send()
        .await
        .unwrap();
    let seen = client.inner.seen.lock().unwrap().take().unwrap();
    assert_eq!(seen.url().path(), "/pets/old%20ones/1999/of/a%2Fb");

    let client = public::client(204, "");
    let missing = client.delete_pet().pet_id("1").send().await.unwrap_err();
    assert!(matches!(missing, Error::NotSent(why) if why.contains("prefer")));
    client
        .delete_pet()
        .pet_id("1")
        .prefer("respond-async")
        .send()
        .await
        .unwrap();
    let seen = client.inner.seen.lock().unwrap().take().unwrap();
    assert_eq!(seen.headers()["prefer"], "respond-async");
}

#[tokio::test]
async fn members_of_an_update_are_set_cleared_or_left_out() {
    let client = everything::client(204, "");
    let update = client.update_part().thing_id("1").part(2);
    let update = update.body_map(|body| body.clearable(facade::Patch::Null).flag(true));
    update.send().await.unwrap();
    let seen = client.inner.seen.lock().unwrap().take().unwrap();
    let body = seen.body().and_then(reqwest::Body::as_bytes).unwrap();
    assert_eq!(
        std::str::from_utf8(body),
        Ok(r#"{"clearable":null,"flag":true}"#)
    );
}

/// What a client's type writes of what it has read.
fn written<T: serde::de::DeserializeOwned + serde::Serialize>(
    sent: &serde_json::Value,
) -> serde_json::Value {
    let read: T = serde_json::from_value(sent.clone()).unwrap();
    serde_json::to_value(&read).unwrap()
}

#[test]
fn types_read_and_write_what_the_document_allows() {
    use everything::types::{
        AnyCase, Lenient, Member, Open, Places, SendListsBody, SendPlacesResponse200,
    };
    use serde_json::json;

    let open = json!({
        "code": "c", "any": 5, "x": [1], "x@odata.type": "y", "counts": {"a": null, "b": 1}, "labels": {},
        "formats": {"at": "2026-01-31T12:00:00.1234567", "uuid": "not one"},
    });
    assert_eq!(written::<Open>(&open), open, "nothing is lost or checked");
    let place = |more: serde_json::Value| {
        let mut place = json!({"type": "t", "object": null, "member": {"id": "i"}});
        let members = place.as_object_mut().unwrap();
        members.extend(more.as_object().unwrap().clone());
        place
    };
    for place in [
        place(json!({"object": {"a": "x", "deeper": [{"b": true}]}, "maybe": "two"})),
        place(json!({"value": "s"})),
        place(json!({"value": 1.5})),
        place(json!({"value": true})),
        place(json!({"value": [1, "a"]})),
        place(json!({"value": {"id": "i", "x": []}})),
        place(json!({"member": {"@type": "group", "id": "i", "size": 1}})),
        place(json!({"orNull": [null, {"id": "x"}]})),
        place(
            json!({"resources": [{"@type": "circle", "radius": 1.0}, {"@type": "other", "a": 1}, {"b": 2}]}),
        ),
    ] {
        assert_eq!(written::<Places>(&place), place);
    }
    let group = place(json!({"member": {"@type": "group", "id": "i"}, "value": null}));
    let group: Places = serde_json::from_value(group).unwrap();
    assert!(matches!(group.member, Member::Group(_)) && group.value.is_none());
    let built: Lenient = Lenient::builder()
        .names(Vec::<String>::new())
        .flags(vec![AnyCase::Read])
        .try_into()
        .unwrap();
    let expected = json!({"names": [], "flags": ["read"]});
    assert_eq!(
        serde_json::to_value(&built).unwrap(),
        expected,
        "no defaults"
    );
    let list = json!([{"size": 1}]);
    assert_eq!(written::<SendListsBody>(&list), list);
    assert_eq!(written::<SendPlacesResponse200>(&list), list);
}
