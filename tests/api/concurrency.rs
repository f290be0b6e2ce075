//! Many callers at once: every outcome is one that some order of the requests would have.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering::Relaxed},
};

use graph_connections::client::{Client, Error, Patch, TryStreamExt, types};
use tokio::task::JoinSet;

use crate::harness::Server;

async fn create(client: &Client, id: &str, name: &str) -> Result<(), Error> {
    let request = client.create_connection();
    request
        .body_map(|body| body.id(id.to_owned()).name(name))
        .send()
        .await?;
    Ok(())
}

async fn delete(client: &Client, id: &str) -> Result<(), Error> {
    client.delete_connection().connection_id(id).send().await?;
    Ok(())
}

async fn get(client: &Client, id: &str) -> Result<types::ExternalConnection, Error> {
    Ok(client
        .get_connection()
        .connection_id(id)
        .send()
        .await?
        .into_inner())
}

/// Runs one task for each number and gives what they return, in no order.
async fn all<T: Send + 'static>(
    count: usize,
    task: impl Fn(usize) -> std::pin::Pin<Box<dyn Future<Output = T> + Send>>,
) -> Vec<T> {
    (0..count)
        .map(task)
        .collect::<JoinSet<_>>()
        .join_all()
        .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_of_many_creates_of_an_id_wins() {
    let server = Server::start();
    let client = server.client();
    for round in 0..4 {
        let outcomes = all(32, |number| {
            let client = client.clone();
            // One identifier, in several cases of its letters.
            let id = format!("{}{round}", ["contoso", "Contoso", "CONTOSO"][number % 3]);
            Box::pin(async move {
                let name = format!("by {number}");
                create(&client, &id, &name).await.map(|()| (id, name))
            })
        })
        .await;
        let (won, lost): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
        assert_eq!((won.len(), lost.len()), (1, 31));
        for error in lost.into_iter().map(Result::unwrap_err) {
            assert_eq!(error.code(), Some("NameAlreadyExists"), "{error}");
            assert_eq!(error.status().map(|status| status.as_u16()), Some(409));
        }
        for (id, name) in won.into_iter().map(Result::unwrap) {
            let kept = get(&client, &id).await.expect("the winner");
            assert_eq!(kept.name, Some(name));
        }
    }
    assert_eq!(
        *client.count_connections().send().await.expect("counted"),
        4
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn updates_of_different_members_all_survive() {
    const UPDATES: usize = 20;
    let server = Server::start();
    let client = server.client();
    create(&client, "contosohr", "Any").await.expect("created");
    // Each task has a member of its own, and finds it as it left it.
    all(4, |member| {
        let client = client.clone();
        Box::pin(async move {
            for number in 0..UPDATES {
                let text = format!("{member} {number}");
                let update = client.update_connection().connection_id("contosohr");
                let update = update.body_map(|body| match member {
                    0 => body.name(text.clone()),
                    1 => body.description(Patch::Value(text.clone())),
                    2 => body.configuration(Patch::Value(types::ConnectionConfiguration {
                        authorized_app_ids: Some(vec![text.clone()]),
                        ..Default::default()
                    })),
                    _ => body.activity_settings(Patch::Value(resolver(&text))),
                });
                update
                    .send()
                    .await
                    .unwrap_or_else(|error| panic!("{text}: {error}"));
                let read = get(&client, "contosohr").await.expect("read");
                let found = match member {
                    0 => read.name,
                    1 => read.description,
                    2 => read
                        .configuration
                        .and_then(|list| list.authorized_apps?.pop()),
                    _ => read.activity_settings.and_then(|settings| {
                        Some(settings.url_to_item_resolvers?.pop()?.0.item_id)
                    }),
                };
                assert_eq!(found, Some(text));
            }
        })
    })
    .await;
    let read = get(&client, "contosohr").await.expect("read");
    let last = UPDATES - 1;
    assert_eq!(read.name, Some(format!("0 {last}")));
    assert_eq!(read.description, Some(format!("1 {last}")));
}

fn resolver(item_id: &str) -> types::ActivitySettings {
    serde_json::from_value(serde_json::json!({
        "urlToItemResolvers": [
            { "@odata.type": "#microsoft.graph.externalConnectors.itemIdResolver", "itemId": item_id },
        ],
    }))
    .expect("settings")
}

/// Creates and deletes of one identifier take turns, and the totals follow.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn creates_and_deletes_of_an_id_take_turns() {
    let server = Server::start();
    let client = server.client();
    let balance: i64 = all(8, |number| {
        let client = client.clone();
        Box::pin(async move {
            let mut balance = 0;
            for _ in 0..15 {
                let (outcome, step, refused) = if number % 2 == 0 {
                    (
                        create(&client, "contosohr", "Any").await,
                        1,
                        "NameAlreadyExists",
                    )
                } else {
                    (delete(&client, "contosohr").await, -1, "ItemNotFound")
                };
                match outcome {
                    Ok(()) => balance += step,
                    Err(error) => assert_eq!(error.code(), Some(refused), "{error}"),
                }
            }
            balance
        })
    })
    .await
    .into_iter()
    .sum();
    let there = i64::from(get(&client, "contosohr").await.is_ok());
    assert_eq!(balance, there);
    assert_eq!(
        *client.count_connections().send().await.expect("counted"),
        there
    );
}

/// Connections that are there all the time are in every walk through the pages, once, whatever comes and goes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_have_each_lasting_connection_once_while_others_come_and_go() {
    let server = Server::start();
    let client = server.client();
    let lasting: Vec<String> = (0..30).map(|number| format!("m{number:02}")).collect();
    for id in &lasting {
        create(&client, id, &format!("name {id}"))
            .await
            .expect("created");
    }
    let stop = Arc::new(AtomicBool::new(false));
    let mut writers = JoinSet::new();
    for writer in 0..3 {
        let (client, stop) = (client.clone(), Arc::clone(&stop));
        writers.spawn(async move {
            let mut number = 0;
            while !stop.load(Relaxed) {
                // Before, between and behind the others, in both orders.
                let id = format!("{}{}{writer}", ["a", "m1x", "z"][number % 3], number % 7);
                create(&client, &id, &format!("name {id}"))
                    .await
                    .expect("created");
                delete(&client, &id).await.expect("deleted");
                number += 1;
            }
            number
        });
    }
    for orderby in ["id", "name", "name desc", "id desc", "name"] {
        let stream = client.connections_with(|list| list.top(4).orderby(orderby));
        let mut ids: Vec<String> = stream
            .map_ok(|connection| connection.id.expect("an id"))
            .try_collect()
            .await
            .expect("pages");
        ids.retain(|id| lasting.contains(id));
        ids.sort();
        assert_eq!(ids, lasting, "{orderby}");
    }
    stop.store(true, Relaxed);
    assert!(
        writers
            .join_all()
            .await
            .into_iter()
            .all(|written| written > 0)
    );
}

/// A reader sees the whole of an update or nothing of it, in the connection and in every list.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn readers_see_updates_whole() {
    let server = Server::start();
    let client = server.client();
    create(&client, "contosohr", "0").await.expect("created");
    let stop = Arc::new(AtomicBool::new(false));
    let writer = {
        let (client, stop) = (client.clone(), Arc::clone(&stop));
        tokio::spawn(async move {
            let mut number = 0;
            while !stop.load(Relaxed) {
                number += 1;
                let text = number.to_string();
                let update = client.update_connection().connection_id("contosohr");
                let update =
                    update.body_map(|body| body.name(text.clone()).description(Patch::Value(text)));
                update.send().await.expect("updated");
            }
            number
        })
    };
    while get(&client, "contosohr")
        .await
        .expect("read")
        .description
        .is_none()
    {}
    for _ in 0..40 {
        let read = get(&client, "contosohr").await.expect("read");
        assert_eq!(read.name, read.description);
        for orderby in ["id", "name"] {
            let page = client
                .list_connections()
                .orderby(orderby)
                .send()
                .await
                .expect("listed");
            assert_eq!(page.value.len(), 1);
            assert_eq!(page.value[0].name, page.value[0].description, "{orderby}");
        }
    }
    stop.store(true, Relaxed);
    assert!(writer.await.expect("the writer") > 0);
}
