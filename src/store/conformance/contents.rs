//! What connections hold: schemas and the operations on them, items, groups.

use crate::domain::{
    Conflict, Error,
    decision::Decision,
    external_connection::{ConnectionId, ConnectionState},
    external_group::{ExternalGroup, Member, MemberKind},
    item::{AccessControlEntry, Capacity, Content, Item, PrincipalKind},
    operation::{Operation, Pace, Progress},
    principal::{GroupId, UserId},
    schema::{Flags, Property, PropertyType, Schema},
    settings::JsonText,
    store::{Container, Found, ListQuery, NewItem, Scope, Store},
};

use super::{Home, connection, create, get, id, managed_by, whole};

fn hr() -> ConnectionId {
    id("contosohr")
}

fn schema(names: &[&str]) -> Schema {
    let property = |name: &&str| Property {
        name: (*name).into(),
        r#type: PropertyType::String,
        description: None,
        flags: Flags::default(),
        labels: Vec::new(),
        aliases: Vec::new(),
        importance: None,
    };
    Schema {
        properties: names.iter().map(property).collect(),
    }
}

/// By an operation of a pace that begins at the time 0.
async fn register(store: &dyn Store, names: &[&str], pace: &Pace) -> Result<Operation, Error> {
    let decision = schema(names).into_update(&hr(), pace.begin(0));
    let registration = store.update_registration(&whole(), &hr(), decision).await?;
    Ok(registration.operation.expect("an operation"))
}

/// A connection that takes items.
async fn ready(store: &dyn Store) -> Container {
    create(store, connection("contosohr", "n")).await;
    let registered = register(store, &["title"], &Pace::Immediate).await;
    registered.expect("it registers");
    let container = store.get_container(&whole(), &hr()).await;
    container.expect("it reads").expect("it has a schema")
}

async fn state(store: &dyn Store) -> ConnectionState {
    let connection = get(store, &whole(), &hr()).await.expect("it reads");
    connection.expect("it is there").state
}

async fn progress(store: &dyn Store, operation: &Operation) -> Progress {
    let found = store.get_operation(&whole(), &hr(), &operation.id).await;
    found.expect("it reads").expect("it is there").progress
}

pub(crate) async fn schema_makes_its_connection_ready_and_is_kept(home: &impl Home) {
    let store = home.open().await;
    create(&*store, connection("contosohr", "n")).await;
    assert_eq!(
        store
            .get_schema(&whole(), &hr(), usize::MAX)
            .await
            .expect("it reads"),
        None
    );
    let first = register(&*store, &["a"], &Pace::Immediate).await;
    let first = first.expect("it registers");
    assert_eq!(state(&*store).await, ConnectionState::Ready);
    register(&*store, &["a", "b"], &Pace::Immediate)
        .await
        .expect("it updates");
    let refused = register(&*store, &["b"], &Pace::Immediate).await;
    assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    drop(store);
    let store = home.open().await;
    let kept = store.get_schema(&whole(), &hr(), usize::MAX).await;
    assert_eq!(
        kept.expect("it reads"),
        Some(Found::Whole(schema(&["a", "b"])))
    );
    let larger = store.get_schema(&whole(), &hr(), 1_000).await;
    assert!(matches!(larger, Ok(Some(Found::Larger(_)))), "{larger:?}");
    assert_eq!(progress(&*store, &first).await, Progress::Completed);
    assert_eq!(
        store
            .count_operations(&whole(), &hr())
            .await
            .expect("it counts"),
        2
    );
}

pub(crate) async fn operations_that_are_due_are_settled_and_others_are_not(home: &impl Home) {
    let store = home.open().await;
    create(&*store, connection("contosohr", "n")).await;
    let pace = Pace::After(std::time::Duration::from_secs(10));
    let slow = register(&*store, &["a"], &pace).await;
    let slow = slow.expect("it registers");
    let busy = register(&*store, &["a"], &Pace::Immediate).await;
    assert!(
        matches!(busy, Err(Error::Exists(Conflict::Operation))),
        "{busy:?}"
    );
    drop(store);
    let store = home.open().await;
    store.settle(9_999).await.expect("it settles");
    assert_eq!(state(&*store).await, ConnectionState::Draft);
    assert_eq!(store.next_due(), Some(10_000));
    store.settle(10_000).await.expect("it settles");
    assert_eq!(state(&*store).await, ConnectionState::Ready);
    assert_eq!(progress(&*store, &slow).await, Progress::Completed);
    assert_eq!(store.next_due(), None);
}

pub(crate) async fn newest_operations_are_kept(home: &impl Home) {
    let store = home.open().await;
    create(&*store, connection("contosohr", "n")).await;
    let mut ids = Vec::new();
    for number in 1..=105 {
        let operation = register(&*store, &["a"], &Pace::Immediate).await;
        let operation = operation.expect("it registers");
        assert_eq!(operation.number, number);
        ids.push(operation.id);
    }
    let mut kept = ids.split_off(5);
    kept.sort();
    assert_eq!(
        store
            .count_operations(&whole(), &hr())
            .await
            .expect("it counts"),
        100
    );
    let page = store
        .list_operations(&whole(), &hr(), ListQuery::first(7))
        .await;
    let page = page.expect("it lists");
    let listed: Vec<_> = page.items.iter().map(|it| &it.id).collect();
    assert_eq!(listed, kept[..7].iter().collect::<Vec<_>>());
    assert!(page.next.is_some());
}

fn item(id: &str, text: Option<&str>) -> Item {
    Item {
        id: id.into(),
        acl: vec![AccessControlEntry {
            r#type: PrincipalKind::Everyone,
            value: "everyone".into(),
            deny: false,
        }],
        properties: JsonText::new(r#"{"title":"\u0000 é"}"#.into()),
        content: text.map(|text| Content {
            html: true,
            value: Some(text.into()),
        }),
        sensitivity_label: None,
    }
}

const ENDLESS: Capacity = Capacity(None);

fn new(item: Item) -> NewItem {
    let activities = Vec::new();
    NewItem { item, activities }
}

async fn put(store: &dyn Store, container: &Container, item: Item) -> Result<(), Error> {
    put_of(store, container, item, ENDLESS).await
}

async fn put_of(
    store: &dyn Store,
    container: &Container,
    item: Item,
    capacity: Capacity,
) -> Result<(), Error> {
    let (scope, connection) = (whole(), hr());
    let put = store.put_item(&scope, &connection, container, new(item.clone()), capacity);
    put.await.map(|written| assert_eq!(written, item))
}

async fn read(store: &dyn Store, id: &str) -> Option<Item> {
    let found = store.get_item(&whole(), &hr(), id, usize::MAX).await;
    found.expect("it reads").map(|found| match found {
        Found::Whole(item) => item,
        Found::Larger(bytes) => panic!("{bytes} bytes are no more than may be"),
    })
}

pub(crate) async fn items_are_put_replaced_updated_and_deleted(home: &impl Home) {
    let store = home.open().await;
    let container = ready(&*store).await;
    for written in [item("a", Some("x")), item("a", None), item("a", Some("y"))] {
        put(&*store, &container, written.clone())
            .await
            .expect("it puts");
        assert_eq!(read(&*store, "a").await, Some(written));
    }
    put(&*store, &container, item("A", None))
        .await
        .expect("another");
    assert_eq!(
        store.count_items(&whole(), &hr()).await.expect("it counts"),
        2
    );
    let decide = Box::new(|mut item: Item| {
        item.sensitivity_label = Some("label".into());
        Ok(item)
    });
    let decision = Decision { bytes: 0, decide };
    let updated = store
        .update_item(&whole(), &hr(), &container, "a", decision, ENDLESS)
        .await;
    let updated = updated.expect("it updates");
    assert_eq!(
        updated.and_then(|item| item.sensitivity_label).as_deref(),
        Some("label")
    );
    for expected in [Some(()), None] {
        let deleted = store.delete_item(&whole(), &hr(), "a", ENDLESS).await;
        assert_eq!(deleted.expect("it deletes"), expected);
    }
    let large = item("large", Some(&"x".repeat(100_000)));
    put(&*store, &container, large.clone())
        .await
        .expect("it puts");
    let found = store.get_item(&whole(), &hr(), "large", 1_000).await;
    assert!(
        matches!(found, Ok(Some(Found::Larger(100_000..)))),
        "{found:?}"
    );
    drop(store);
    let store = home.open().await;
    assert_eq!(read(&*store, "large").await, Some(large));
    assert_eq!(
        store.count_items(&whole(), &hr()).await.expect("it counts"),
        2
    );
}

pub(crate) async fn items_of_a_deleted_connection_are_not_its_successors(home: &impl Home) {
    let store = home.open().await;
    let container = ready(&*store).await;
    for n in 0..1_200 {
        put(&*store, &container, item(&format!("i{n}"), Some("x")))
            .await
            .expect("it puts");
    }
    let deleted = store.delete_connection(&whole(), &hr()).await;
    assert_eq!(deleted.expect("it deletes"), Some(()));
    let successor = ready(&*store).await;
    assert_eq!(read(&*store, "i1").await, None);
    let late = put(&*store, &container, item("late", None)).await;
    assert!(matches!(late, Err(Error::NotFound(_))), "{late:?}");
    put(&*store, &successor, item("i1", None))
        .await
        .expect("it puts");
    drop(store);
    let store = home.open().await;
    assert_eq!(
        store.count_items(&whole(), &hr()).await.expect("it counts"),
        1
    );
}

/// A connection that is full takes no more, but what it has can be replaced, and room can be made.
pub(crate) async fn connection_is_full_at_its_capacity(home: &impl Home) {
    const TWO: Capacity = Capacity(Some(2));
    let store = home.open().await;
    let container = ready(&*store).await;
    for (id, after) in [
        ("a", ConnectionState::Ready),
        ("b", ConnectionState::LimitExceeded),
        ("b", ConnectionState::LimitExceeded),
    ] {
        put_of(&*store, &container, item(id, None), TWO)
            .await
            .expect("there is room");
        assert_eq!(state(&*store).await, after, "{id}");
    }
    let refused = put_of(&*store, &container, item("c", None), TWO).await;
    assert!(
        matches!(refused, Err(Error::QuotaReached { .. })),
        "{refused:?}"
    );
    // What was full has room by a limit that is higher.
    let higher = Capacity(Some(3));
    put_of(&*store, &container, item("c", None), higher)
        .await
        .expect("there is room");
    for (id, after) in [
        ("a", ConnectionState::LimitExceeded),
        ("b", ConnectionState::Ready),
    ] {
        let deleted = store.delete_item(&whole(), &hr(), id, TWO).await;
        assert_eq!(deleted.expect("it deletes"), Some(()), "{id}");
        assert_eq!(state(&*store).await, after, "{id}");
    }
}

pub(crate) async fn tenant_has_no_more_connections_than_it_may(home: &impl Home) {
    let store = home.open().await;
    for (id, is_taken) in [("one", true), ("two", true), ("three", false)] {
        let created = store
            .create_connection(&super::tenant("t"), connection(id, "n"), Some(2))
            .await;
        assert_eq!(created.is_ok(), is_taken, "{id}: {created:?}");
    }
    let count = store.count_connections(&whole(), None).await;
    assert_eq!(count.expect("it counts"), 2);
}

pub(crate) async fn contents_are_within_the_scope(home: &impl Home) {
    let store = home.open().await;
    let container = ready(&*store).await;
    put(&*store, &container, item("a", None))
        .await
        .expect("it puts");
    let stranger = managed_by("stranger");
    let elsewhere = Scope {
        tenant: super::tenant("elsewhere"),
        app: None,
    };
    for scope in [&stranger, &elsewhere] {
        let outcomes = [
            store.get_schema(scope, &hr(), 1_000).await.map(drop),
            store.get_container(scope, &hr()).await.map(drop),
            store.count_operations(scope, &hr()).await.map(drop),
            store.get_item(scope, &hr(), "a", 1_000).await.map(drop),
            store
                .list_items(scope, &hr(), ListQuery::first(1))
                .await
                .map(drop),
            store.count_items(scope, &hr()).await.map(drop),
            store
                .delete_item(scope, &hr(), "a", ENDLESS)
                .await
                .map(drop),
            store
                .put_item(scope, &hr(), &container, new(item("b", None)), ENDLESS)
                .await
                .map(drop),
            store.create_group(scope, &hr(), group("g")).await,
            store.get_group(scope, &hr(), "g").await.map(drop),
            store
                .list_groups(scope, &hr(), ListQuery::first(1))
                .await
                .map(drop),
        ];
        for outcome in outcomes {
            assert!(matches!(outcome, Err(Error::NotFound(_))), "{outcome:?}");
        }
    }
    assert_eq!(
        store.count_items(&whole(), &hr()).await.expect("it counts"),
        1
    );
}

fn group(id: &str) -> ExternalGroup {
    ExternalGroup {
        id: id.into(),
        display_name: Some("n".into()),
        description: None,
    }
}

fn member(kind: MemberKind, id: &str) -> Member {
    Member {
        kind,
        id: id.into(),
    }
}

/// By themselves, by a group of the directory, by groups in groups, which may go in a circle.
pub(crate) async fn users_are_in_groups_however_deep(home: &impl Home) {
    const DEPTH: usize = 30;
    let store = home.open().await;
    ready(&*store).await;
    let name = |n: usize| format!("g{n:02}");
    for n in 0..=DEPTH {
        store
            .create_group(&whole(), &hr(), group(&name(n)))
            .await
            .expect("it creates");
    }
    let add = async |group: &str, member: Member| {
        store
            .create_member(&whole(), &hr(), group, member)
            .await
            .expect("it adds");
    };
    for n in 0..DEPTH {
        add(&name(n + 1), member(MemberKind::ExternalGroup, &name(n))).await;
    }
    // A circle.
    add("g00", member(MemberKind::ExternalGroup, &name(DEPTH))).await;
    store
        .create_group(&whole(), &hr(), group("other"))
        .await
        .expect("it creates");
    add("g00", member(MemberKind::User, "u")).await;
    add("other", member(MemberKind::Group, "d")).await;
    let sources = store.sources(&whole(), Some(&[hr()])).await;
    let content = sources.expect("it reads")[0].container.content;
    let groups_of = async |user: Option<&str>, groups: &[&str]| {
        let user = user.map(UserId::new);
        let groups: Vec<_> = groups.iter().map(|id| GroupId::new(id)).collect();
        let contents = [content];
        let found = store.external_groups(&contents, user.as_ref(), &groups);
        let found = found.await.expect("it reads");
        let found: Vec<String> = found[&content].iter().cloned().collect();
        found
    };
    let filled = async || store.filled_groups(content).await.expect("it reads");
    let all: Vec<String> = (0..=DEPTH).map(name).collect();
    assert_eq!(groups_of(Some("U"), &[]).await, all);
    assert_eq!(groups_of(None, &["D", "x"]).await, ["other"]);
    assert_eq!(groups_of(Some("d"), &["u"]).await, [""; 0]);
    assert!(
        filled()
            .await
            .iter()
            .eq(all.iter().chain([&"other".to_owned()]))
    );
    // What is removed counts no more.
    let removed = store.delete_member(&whole(), &hr(), "g01", "g00").await;
    assert_eq!(removed.expect("it removes"), Some(()));
    assert_eq!(groups_of(Some("u"), &[]).await, ["g00"]);
    // The others have groups alone.
    assert!(filled().await.iter().eq(["g00", "other"]));
    let deleted = store.delete_group(&whole(), &hr(), "g00").await;
    assert_eq!(deleted.expect("it deletes"), Some(()));
    assert_eq!(groups_of(Some("u"), &[]).await, [""; 0]);
}
