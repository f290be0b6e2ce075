//! External issuers: whose tokens are accepted on which terms, and what happens while an issuer changes its keys, fails or
//! misbehaves. The issuer is one of ours, on loopback.

mod local;
mod misbehaviour;
mod rotation;
mod terms;
mod transport;

use std::time::{Duration, Instant};

use reqwest::Method;

use crate::{
    caller::CONNECTIONS,
    harness::{Answer, Request, Server},
};

/// What the service is called in tokens.
const AUDIENCE: &str = "api://connections";
const OTHER_AUDIENCE: &str = "b1d44e5f-0000-4000-8000-00000000000a";

const TENANT: &str = "8eaef023-2b34-4da1-9baa-8bc8c9d6a490";
const OTHER_TENANT: &str = "0f8fad5b-d9cb-469f-a165-70867728950e";

/// A server that trusts one issuer for [`AUDIENCE`].
fn server_for(issuer: &str, tenants: &str) -> Server {
    let (issuer, audience) = (["--issuer", issuer], ["--audience", AUDIENCE]);
    let arguments = [issuer, audience, ["--tenants", tenants]];
    Server::start_with(&arguments.concat())
}

async fn list(server: &Server, token: &str) -> Answer {
    let request = Request::new(Method::GET, CONNECTIONS).bearer(token);
    request.send(server).await
}

#[track_caller]
fn assert_accepted(answer: &Answer) {
    assert_eq!(answer.status, 200, "{}", answer.text());
}

/// 401, and why: the end of what the answer tells.
#[track_caller]
fn assert_refused(answer: &Answer, why: &str) {
    let error = answer.error(401, "InvalidAuthenticationToken");
    let detail = error["details"][0]["message"].as_str().expect("a text");
    assert!(detail.contains(why), "{detail}");
}

/// Nobody can say now.
#[track_caller]
fn assert_not_known(answer: &Answer) {
    let error = answer.error(503, "ServiceUnavailable");
    assert_eq!(error["details"][0]["code"], "TokenNotVerified");
    assert_eq!(answer.header("retry-after"), "5");
    assert_eq!(answer.header("www-authenticate"), "");
}

/// Whatever its issuers do, a server can take requests.
async fn assert_ready(server: &Server) {
    let ready = Request::new(Method::GET, "/readyz").send(server).await;
    assert_eq!(ready.status, 200);
}

/// Asks until the token is accepted; what is not, is not known. An issuer that was down is asked again within a minute.
async fn until_accepted(server: &Server, token: &str) {
    let deadline = Instant::now() + Duration::from_mins(2);
    loop {
        let answer = list(server, token).await;
        if answer.status == 200 {
            return;
        }
        assert_not_known(&answer);
        assert!(Instant::now() < deadline, "{}", server.log());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
