//! Create, get, update and delete; who reaches what; many at once; what a restart keeps.

use std::sync::Arc;

use tokio::task::JoinSet;

use crate::domain::{
    Conflict, Error,
    external_connection::{ExternalConnectionUpdate, Settings},
    principal::AppId,
    store::{Found, ListQuery, Scope, Store},
};

use super::{Home, OWNER, connection, count, create, get, id, managed_by, tenant, whole};

/// Has every member that a store keeps, with text that needs care.
fn full() -> crate::domain::external_connection::ExternalConnection {
    let settings = serde_json::json!({
        "connectorId": "0c4b6ee9-5b6a-4d0c-9a1f-000000000001",
        "activitySettings": { "urlToItemResolvers": [{
            "@odata.type": "#microsoft.graph.externalConnectors.itemIdResolver",
            "priority": 1,
            "itemId": "{slug}",
            "urlMatchInfo": { "baseUrls": ["https://contoso.example"], "urlPattern": "/(?<slug>[^/]+)" }
        }]},
        "searchSettings": { "searchResultTemplates": [{
            "id": "t", "priority": 0, "layout": { "z": 1, "a": [null, 1.5, "\u{0}"] }, "rules": null
        }]},
        "enabledContentExperiences": "search, compliance",
        "contentCategory": "knowledgeBase"
    });
    let mut full = connection("Contoso01", "Zoë's 'HR' \"files\" \u{1f4c1} \u{0}");
    full.description = Some(String::new());
    full.authorized_apps = vec![OWNER.to_uppercase(), "AbC".into()];
    full.settings = serde_json::from_value::<Settings>(settings).expect("it is of the right shape");
    full
}

fn rename(name: &str) -> ExternalConnectionUpdate {
    ExternalConnectionUpdate {
        name: Some(name.into()),
        ..ExternalConnectionUpdate::default()
    }
}

pub(crate) async fn create_then_get_gives_everything_back(home: &impl Home) {
    let store = home.open().await;
    create(&*store, full()).await;
    let got = get(&*store, &whole(), &full().id).await;
    assert_eq!(got.expect("it reads"), Some(full()));
    let page = store.list_connections(&whole(), ListQuery::first(1)).await;
    assert_eq!(page.expect("it lists").items, [full()]);
    let owner = || OWNER.to_owned();
    let shapes = [
        vec![owner()],
        vec![OWNER.to_uppercase()],
        vec![],
        vec![owner(), owner()],
        vec!["other".into()],
    ];
    for (index, authorized_apps) in shapes.into_iter().enumerate() {
        let mut created = connection(&format!("apps{index}"), "n");
        created.authorized_apps = authorized_apps;
        create(&*store, created.clone()).await;
        let got = get(&*store, &whole(), &created.id).await;
        assert_eq!(got.expect("it reads"), Some(created));
    }
}

pub(crate) async fn get_of_absent_connection_is_none(home: &impl Home) {
    let store = home.open().await;
    for absent in ["nobody", "", "\u{0}", "' OR 1 --"] {
        let got = get(&*store, &whole(), &id(absent)).await;
        assert_eq!(got.expect("it reads"), None, "{absent:?}");
    }
}

pub(crate) async fn get_is_exact_about_case(home: &impl Home) {
    let store = home.open().await;
    create(&*store, connection("Contoso", "n")).await;
    let got = get(&*store, &whole(), &id("contoso")).await;
    assert_eq!(got.expect("it reads"), None);
}

pub(crate) async fn get_leaves_what_is_too_large(home: &impl Home) {
    let store = home.open().await;
    let mut large = connection("Large", "n");
    large.description = Some("ü".repeat(100_000));
    create(&*store, large.clone()).await;
    let get = async |bytes| {
        let found = store.get_connection(&whole(), &large.id, bytes).await;
        found.expect("it reads").expect("it is there")
    };
    let Found::Larger(bytes) = get(0).await else {
        panic!("it has texts");
    };
    assert!((200_000..201_000).contains(&bytes), "{bytes}");
    assert_eq!(get(bytes - 1).await, Found::Larger(bytes));
    assert_eq!(get(bytes).await, Found::Whole(large.clone()));
    let stranger = managed_by("stranger");
    let found = store.get_connection(&stranger, &large.id, 0).await;
    assert_eq!(found.expect("it reads"), None);
}

pub(crate) async fn create_refuses_an_id_taken_in_any_case(home: &impl Home) {
    let store = home.open().await;
    create(&*store, connection("Contoso", "first")).await;
    for taken in ["Contoso", "contoso", "CONTOSO"] {
        let created = store
            .create_connection(&tenant("t"), connection(taken, "second"), None)
            .await;
        assert!(
            matches!(created, Err(Error::Exists(Conflict::Connection))),
            "{created:?}"
        );
    }
    let got = get(&*store, &whole(), &id("Contoso")).await;
    assert_eq!(got.expect("it reads").expect("it is there").name, "first");
    assert_eq!(count(&*store, &whole()).await, 1);
}

pub(crate) async fn update_changes_what_it_names_and_nothing_else(home: &impl Home) {
    let store = home.open().await;
    create(&*store, full()).await;
    let update = ExternalConnectionUpdate {
        description: Some(None),
        search_settings: Some(None),
        content_category: Some("email".into()),
        ..rename("new")
    };
    let updated = store
        .update_connection(&whole(), &full().id, update.clone().decision())
        .await;
    assert_eq!(updated.expect("it writes"), Some(()));

    let mut expected = full();
    update.apply(&mut expected);
    let got = get(&*store, &whole(), &full().id).await;
    assert_eq!(got.expect("it reads"), Some(expected));
}

pub(crate) async fn update_of_absent_connection_is_none(home: &impl Home) {
    let store = home.open().await;
    let updated = store
        .update_connection(&whole(), &id("nobody"), rename("new").decision())
        .await;
    assert_eq!(updated.expect("it writes"), None);
}

pub(crate) async fn delete_removes_and_frees_the_id(home: &impl Home) {
    let store = home.open().await;
    create(&*store, connection("Contoso", "first")).await;
    let contoso = id("Contoso");
    let deleted = store.delete_connection(&whole(), &contoso).await;
    assert_eq!(deleted.expect("it writes"), Some(()));
    let deleted = store.delete_connection(&whole(), &contoso).await;
    assert_eq!(deleted.expect("it writes"), None);
    let got = get(&*store, &whole(), &contoso).await;
    assert_eq!(got.expect("it reads"), None);

    create(&*store, connection("CONTOSO", "second")).await;
    let owned = store
        .list_connections(&managed_by(OWNER), ListQuery::first(9))
        .await;
    assert_eq!(
        owned.expect("it lists").items,
        [connection("CONTOSO", "second")]
    );
}

pub(crate) async fn tenants_are_kept_apart(home: &impl Home) {
    let store = home.open().await;
    create(&*store, connection("Contoso", "of t")).await;
    let other = tenant("other");
    let theirs = store
        .create_connection(&other, connection("Contoso", "of other"), None)
        .await;
    theirs.expect("the id is free in the other tenant");

    for app in [None, Some(AppId::new(OWNER))] {
        let mine = Scope { app, ..whole() };
        let page = store.list_connections(&mine, ListQuery::first(9)).await;
        assert_eq!(
            page.expect("it lists").items,
            [connection("Contoso", "of t")]
        );
        assert_eq!(count(&*store, &mine).await, 1);
    }
    let deleted = store.delete_connection(&whole(), &id("Contoso")).await;
    assert_eq!(deleted.expect("it writes"), Some(()));
    let theirs = Scope {
        tenant: other,
        app: None,
    };
    let left = get(&*store, &theirs, &id("Contoso")).await;
    assert_eq!(
        left.expect("it reads").expect("it is there").name,
        "of other"
    );
}

pub(crate) async fn owner_and_authorized_apps_reach_a_connection(home: &impl Home) {
    let store = home.open().await;
    let mut shared = connection("Contoso", "n");
    shared.authorized_apps = vec!["AbCd".into(), "aBcD".into()];
    create(&*store, shared.clone()).await;
    for app in [OWNER, "abcd", "ABCD"] {
        let scope = managed_by(app);
        let got = get(&*store, &scope, &shared.id).await;
        assert_eq!(got.expect("it reads").as_ref(), Some(&shared), "{app}");
        let page = store.list_connections(&scope, ListQuery::first(9)).await;
        assert_eq!(page.expect("it lists").items, [shared.clone()]);
        assert_eq!(count(&*store, &scope).await, 1, "{app}");
        let updated = store
            .update_connection(
                &scope,
                &shared.id,
                ExternalConnectionUpdate::default().decision(),
            )
            .await;
        assert_eq!(updated.expect("it writes"), Some(()), "{app}");
    }
    let deleted = store
        .delete_connection(&managed_by("abcd"), &shared.id)
        .await;
    assert_eq!(deleted.expect("it writes"), Some(()));
}

pub(crate) async fn strangers_reach_nothing(home: &impl Home) {
    let store = home.open().await;
    create(&*store, full()).await;
    let (stranger, contoso) = (managed_by("stranger"), full().id);
    let got = get(&*store, &stranger, &contoso).await;
    assert_eq!(got.expect("it reads"), None);
    let page = store.list_connections(&stranger, ListQuery::first(9)).await;
    assert_eq!(page.expect("it lists").items, []);
    assert_eq!(count(&*store, &stranger).await, 0);
    let updated = store
        .update_connection(&stranger, &contoso, rename("taken").decision())
        .await;
    assert_eq!(updated.expect("it writes"), None);
    let deleted = store.delete_connection(&stranger, &contoso).await;
    assert_eq!(deleted.expect("it writes"), None);

    let left = get(&*store, &whole(), &contoso).await;
    assert_eq!(left.expect("it reads"), Some(full()));
}

pub(crate) async fn update_of_authorized_apps_changes_who_reaches_it(home: &impl Home) {
    let store = home.open().await;
    let mut shared = connection("Contoso", "n");
    shared.authorized_apps = vec!["before".into(), "both".into()];
    create(&*store, shared).await;
    let update = ExternalConnectionUpdate {
        authorized_apps: Some(vec!["both".into(), "after".into()]),
        ..ExternalConnectionUpdate::default()
    };
    let updated = store
        .update_connection(&managed_by("before"), &id("Contoso"), update.decision())
        .await;
    assert_eq!(updated.expect("it writes"), Some(()));
    for (app, reaches) in [("before", 0), ("both", 1), ("after", 1), (OWNER, 1)] {
        let scope = managed_by(app);
        let page = store.list_connections(&scope, ListQuery::first(9)).await;
        assert_eq!(page.expect("it lists").items.len(), reaches, "{app}");
        assert_eq!(count(&*store, &scope).await, reaches as u64, "{app}");
        let got = get(&*store, &scope, &id("Contoso")).await;
        assert_eq!(got.expect("it reads").is_some(), reaches == 1, "{app}");
    }
}

/// Runs `unit` sixty-four times at once.
async fn at_once<F, T>(store: &Arc<dyn Store>, unit: impl Fn(Arc<dyn Store>, usize) -> F) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let mut units = JoinSet::new();
    for index in 0..64 {
        units.spawn(unit(Arc::clone(store), index));
    }
    units.join_all().await
}

pub(crate) async fn one_of_many_creates_of_an_id_succeeds(home: &impl Home) {
    let store = home.open().await;
    let results = at_once(&store, |store, index| async move {
        let id = if index % 2 == 0 { "contoso" } else { "CONTOSO" };
        let name = index.to_string();
        store
            .create_connection(&tenant("t"), connection(id, &name), None)
            .await
    })
    .await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
    for result in results.into_iter().filter_map(Result::err) {
        assert!(
            matches!(result, Error::Exists(Conflict::Connection)),
            "{result:?}"
        );
    }
    assert_eq!(count(&*store, &whole()).await, 1);
}

pub(crate) async fn failed_units_leave_their_neighbours_alone(home: &impl Home) {
    let store = home.open().await;
    create(&*store, connection("taken", "n")).await;
    let results = at_once(&store, |store, index| async move {
        let fails = index % 2 == 0;
        let id = if fails {
            "taken".into()
        } else {
            format!("free{index}")
        };
        let result = store
            .create_connection(&tenant("t"), connection(&id, "n"), None)
            .await;
        (fails, result)
    })
    .await;
    for (fails, result) in results {
        assert_eq!(result.is_err(), fails, "{result:?}");
    }
    for scope in [whole(), managed_by(OWNER)] {
        let page = store.list_connections(&scope, ListQuery::first(100)).await;
        assert_eq!(page.expect("it lists").items.len(), 33);
        assert_eq!(count(&*store, &scope).await, 33);
    }
}

pub(crate) async fn concurrent_updates_are_all_applied(home: &impl Home) {
    let store = home.open().await;
    create(&*store, connection("Contoso", "n")).await;
    // Each writes another member: a lost update would show.
    at_once(&store, |store, index| async move {
        let update = match index % 3 {
            0 => rename("new"),
            1 => ExternalConnectionUpdate {
                description: Some(Some("new".into())),
                ..ExternalConnectionUpdate::default()
            },
            _ => ExternalConnectionUpdate {
                authorized_apps: Some(vec!["new".into()]),
                ..ExternalConnectionUpdate::default()
            },
        };
        let updated = store
            .update_connection(&whole(), &id("Contoso"), update.decision())
            .await;
        assert_eq!(updated.expect("it writes"), Some(()));
    })
    .await;
    let got = get(&*store, &whole(), &id("Contoso")).await;
    let got = got.expect("it reads").expect("it is there");
    assert_eq!(got.name, "new");
    assert_eq!(got.description.as_deref(), Some("new"));
    assert_eq!(got.authorized_apps, ["new"]);
}

pub(crate) async fn reopening_keeps_everything(home: &impl Home) {
    let store = home.open().await;
    create(&*store, full()).await;
    create(&*store, connection("gone", "n")).await;
    let deleted = store.delete_connection(&whole(), &id("gone")).await;
    assert_eq!(deleted.expect("it writes"), Some(()));
    drop(store);

    let store = home.open().await;
    for scope in [whole(), managed_by("abc")] {
        let page = store.list_connections(&scope, ListQuery::first(9)).await;
        assert_eq!(page.expect("it lists").items, [full()]);
        assert_eq!(count(&*store, &scope).await, 1);
    }
    let created = store
        .create_connection(&tenant("t"), connection("CONTOSO01", "n"), None)
        .await;
    assert!(
        matches!(created, Err(Error::Exists(Conflict::Connection))),
        "{created:?}"
    );
}

pub(crate) async fn store_is_ready(home: &impl Home) {
    home.open().await.ready().await.expect("nothing has failed");
}
