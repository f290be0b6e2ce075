//! What a page costs beside HTTP and the store; benches/README.md says how to run it.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use openapi_contract_runtime::ToJson;

use crate::domain::{
    external_connection::{ConnectionId, ConnectionState, ExternalConnection, Settings},
    principal::AppId,
};

use super::{
    super::{collection::Selection, generated::types::ExternalConnectionCollection},
    convert,
};

const APP: &str = "11111111-1111-4111-8111-111111111111";

/// Of a hundred connections, as the seed's page has them.
fn page() -> Vec<ExternalConnection> {
    let connection = |n| ExternalConnection {
        id: ConnectionId::existing(format!("contosohr{n}")),
        name: "Contoso HR".into(),
        description: Some("Connection to index Contoso HR system".into()),
        state: ConnectionState::Draft,
        owner: AppId::new(APP),
        authorized_apps: vec![APP.into()],
        settings: Settings::default(),
        ingested_items: None,
    };
    (0..100).map(connection).collect()
}

fn entities(connections: Vec<ExternalConnection>) -> ExternalConnectionCollection {
    let entity = |connection| convert::entity(connection, &Selection::default());
    ExternalConnectionCollection {
        odata_context: None,
        odata_count: None,
        odata_next_link: None,
        value: connections.into_iter().map(entity).collect(),
    }
}

/// The time that `f` takes, but for what `prepare` does.
fn each<T, U>(prepare: impl Fn() -> T, f: impl Fn(T) -> U) -> Duration {
    let times = 2_000;
    let mut spent = Duration::ZERO;
    for _ in 0..times {
        let given = black_box(prepare());
        let started = Instant::now();
        let result = f(given);
        spent += started.elapsed();
        drop(black_box(result));
    }
    spent / times
}

#[test]
#[ignore = "a measurement"]
fn measure_a_page_of_100() {
    let whole = entities(page());
    println!("JSON has {} bytes", whole.to_json_vec().len());
    for _ in 0..5 {
        let written = each(|| (), |()| whole.to_json_vec());
        let converted = each(page, entities);
        println!("written in {written:?}, types of the document made in {converted:?}");
    }
}
