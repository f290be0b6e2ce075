//! Orders, pages and counts.

use crate::domain::{
    external_connection::{ConnectionProperty, ExternalConnectionUpdate},
    store::{ListQuery, Order, Store},
};
use crate::odata::{filter::Filter, orderby::Direction};

use super::{Home, OWNER, connection, count, create, id, managed_by, orders, pages, tenant, whole};

/// Identifiers and names, with names that repeat and letters whose order depends on case and alphabet.
const CONNECTIONS: [(&str, &str); 8] = [
    ("aaa", "same"),
    ("BBB", "same"),
    ("ccc", "Same"),
    ("DDD", "other"),
    ("eee", "same"),
    ("f00", "öther"),
    ("g10", "\u{ffff}"),
    ("g9z", "\u{10000}"),
];

async fn fill(store: &dyn Store) {
    for (id, name) in CONNECTIONS {
        create(store, connection(id, name)).await;
        // Neighbours that no list may show.
        let theirs = store
            .create_connection(&tenant("s"), connection(id, name), None)
            .await;
        theirs.expect("the id is free");
        let theirs = store
            .create_connection(&tenant("u"), connection(id, name), None)
            .await;
        theirs.expect("the id is free");
    }
}

/// The identifiers in an order: names compare by code point, identifiers without regard to case.
fn expected(order: Order) -> Vec<String> {
    let directed = |direction, ordering: std::cmp::Ordering| match direction {
        Direction::Ascending => ordering,
        Direction::Descending => ordering.reverse(),
    };
    let mut connections = CONNECTIONS;
    connections.sort_by(|(left_id, left_name), (right_id, right_name)| {
        let by_name = order.name.map_or(std::cmp::Ordering::Equal, |direction| {
            directed(direction, left_name.cmp(right_name))
        });
        by_name.then(directed(
            order.id,
            left_id.to_lowercase().cmp(&right_id.to_lowercase()),
        ))
    });
    connections.map(|(id, _)| id.to_owned()).to_vec()
}

pub(crate) async fn empty_collection_is_one_empty_page(home: &impl Home) {
    let store = home.open().await;
    for scope in [whole(), managed_by(OWNER)] {
        for order in orders() {
            let query = ListQuery {
                order,
                ..ListQuery::first(5)
            };
            let page = store.list_connections(&scope, query).await;
            let page = page.expect("it lists");
            assert_eq!(page.items, []);
            assert_eq!(page.next, None);
        }
        assert_eq!(count(&*store, &scope).await, 0);
    }
}

pub(crate) async fn every_order_is_total(home: &impl Home) {
    let store = home.open().await;
    fill(&*store).await;
    for scope in [whole(), managed_by(OWNER)] {
        for order in orders() {
            let query = ListQuery {
                order,
                ..ListQuery::first(100)
            };
            let page = pages(&*store, &scope, query).await.concat();
            assert_eq!(page, expected(order), "{order:?}");
        }
    }
}

pub(crate) async fn pages_have_no_gaps_and_no_repetitions(home: &impl Home) {
    let store = home.open().await;
    fill(&*store).await;
    for scope in [whole(), managed_by(OWNER)] {
        for order in orders() {
            for top in [1, 2, 3] {
                let query = ListQuery {
                    order,
                    ..ListQuery::first(top)
                };
                let pages = pages(&*store, &scope, query).await;
                assert_eq!(pages.concat(), expected(order), "{order:?} by {top}");
                for page in &pages[..pages.len() - 1] {
                    assert_eq!(page.len(), top as usize, "{order:?} by {top}");
                }
            }
        }
    }
}

pub(crate) async fn last_page_has_no_next(home: &impl Home) {
    let store = home.open().await;
    fill(&*store).await;
    for scope in [whole(), managed_by(OWNER)] {
        for order in orders() {
            // The whole collection is one less, as many as and one more than fit.
            for (top, lengths) in [(7, vec![7, 1]), (8, vec![8]), (9, vec![8]), (4, vec![4, 4])] {
                let query = ListQuery {
                    order,
                    ..ListQuery::first(top)
                };
                let pages = pages(&*store, &scope, query).await;
                let found: Vec<_> = pages.iter().map(Vec::len).collect();
                assert_eq!(found, lengths, "{order:?} by {top}");
            }
        }
    }
}

pub(crate) async fn paging_goes_on_behind_a_deleted_connection(home: &impl Home) {
    for order in orders() {
        let store = home.open().await;
        fill_again(&*store).await;
        let query = ListQuery {
            order,
            ..ListQuery::first(3)
        };
        let page = store.list_connections(&whole(), query.clone()).await;
        let page = page.expect("it lists");
        let last = page.items.last().expect("three connections");
        let deleted = store.delete_connection(&whole(), &last.id).await;
        assert_eq!(deleted.expect("it writes"), Some(()));
        let rest = ListQuery {
            after: page.next,
            ..query
        };
        let rest = pages(&*store, &whole(), rest).await.concat();
        assert_eq!(rest, expected(order)[3..], "{order:?}");
    }
}

/// Puts back what an earlier round deleted.
async fn fill_again(store: &dyn Store) {
    for (id, name) in CONNECTIONS {
        let _ = store
            .create_connection(&tenant("t"), connection(id, name), None)
            .await;
    }
}

pub(crate) async fn skip_passes_over_connections_after_the_position(home: &impl Home) {
    let store = home.open().await;
    fill(&*store).await;
    for scope in [whole(), managed_by(OWNER)] {
        for order in orders() {
            let query = ListQuery {
                order,
                ..ListQuery::first(3)
            };
            let page = store.list_connections(&scope, query.clone()).await;
            let after = page.expect("it lists").next;
            for (after, start) in [(None, 0), (after, 3)] {
                for skip in [0, 1, 4, 5, 8, 1_000] {
                    let query = ListQuery {
                        after: after.clone(),
                        skip,
                        ..query.clone()
                    };
                    let left = pages(&*store, &scope, query).await.concat();
                    let start = CONNECTIONS.len().min(start + skip as usize);
                    assert_eq!(left, expected(order)[start..], "{order:?} without {skip}");
                }
            }
        }
    }
}

pub(crate) async fn rename_moves_a_connection_in_its_order(home: &impl Home) {
    let store = home.open().await;
    fill(&*store).await;
    let update = ExternalConnectionUpdate {
        name: Some("zzz".into()),
        ..ExternalConnectionUpdate::default()
    };
    let updated = store
        .update_connection(&whole(), &id("DDD"), update.decision())
        .await;
    assert_eq!(updated.expect("it writes"), Some(()));
    let order = Order {
        name: Some(Direction::Ascending),
        id: Direction::Ascending,
    };
    for scope in [whole(), managed_by(OWNER)] {
        let query = ListQuery {
            order,
            ..ListQuery::first(2)
        };
        let found = pages(&*store, &scope, query).await.concat();
        assert_eq!(
            found,
            ["ccc", "aaa", "BBB", "eee", "DDD", "f00", "g10", "g9z"]
        );
    }
}

pub(crate) async fn counts_follow_every_change(home: &impl Home) {
    let store = home.open().await;
    fill(&*store).await;
    assert_eq!(count(&*store, &whole()).await, 8);
    assert_eq!(count(&*store, &managed_by(OWNER)).await, 8);
    assert_eq!(count(&*store, &managed_by("new")).await, 0);

    let update = ExternalConnectionUpdate {
        authorized_apps: Some(vec!["NEW".into()]),
        ..ExternalConnectionUpdate::default()
    };
    let updated = store
        .update_connection(&whole(), &id("aaa"), update.decision())
        .await;
    assert_eq!(updated.expect("it writes"), Some(()));
    assert_eq!(count(&*store, &managed_by("new")).await, 1);
    for (left, (id, _)) in (0..8).rev().zip(CONNECTIONS) {
        let deleted = store.delete_connection(&whole(), &super::id(id)).await;
        assert_eq!(deleted.expect("it writes"), Some(()));
        assert_eq!(count(&*store, &whole()).await, left);
        assert_eq!(count(&*store, &managed_by(OWNER)).await, left);
    }
    assert_eq!(count(&*store, &managed_by("new")).await, 0);
}

pub(crate) async fn count_of_a_page_is_that_of_all_pages(home: &impl Home) {
    let store = home.open().await;
    fill(&*store).await;
    let same = Filter::Eq(ConnectionProperty::Name, Some("same".into()));
    for scope in [whole(), managed_by(OWNER)] {
        for order in orders() {
            for (filter, expected) in [(None, 8), (Some(same.clone()), 3)] {
                let query = ListQuery {
                    filter,
                    order,
                    count: true,
                    ..ListQuery::first(2)
                };
                let page = store.list_connections(&scope, query.clone()).await;
                let page = page.expect("it lists");
                assert_eq!(page.count, Some(expected), "{query:?}");
                let rest = ListQuery {
                    after: page.next,
                    ..query.clone()
                };
                let page = store.list_connections(&scope, rest).await;
                assert_eq!(page.expect("it lists").count, Some(expected), "{query:?}");
                let uncounted = ListQuery {
                    count: false,
                    ..query
                };
                let page = store.list_connections(&scope, uncounted).await;
                assert_eq!(page.expect("it lists").count, None);
            }
        }
    }
}

pub(crate) async fn page_ends_before_what_makes_it_too_long(home: &impl Home) {
    let store = home.open().await;
    let text = || Some("x".repeat(100_000));
    for id in ["aaa", "bbb", "ccc", "ddd"] {
        let mut long = connection(id, "n");
        match id {
            "aaa" => long.description = text(),
            _ => long.settings.enabled_content_experiences = text(),
        }
        create(&*store, long).await;
    }
    let bytes = 250_000;
    for scope in [whole(), managed_by(OWNER)] {
        for order in orders() {
            let query = ListQuery {
                order,
                bytes,
                ..ListQuery::first(4)
            };
            let found = pages(&*store, &scope, query.clone()).await;
            let lengths: Vec<_> = found.iter().map(Vec::len).collect();
            assert_eq!(lengths, [2, 2], "{query:?}");
            for (bytes, length) in [(bytes, 2), (100_500, 1), (99_999, 0)] {
                let query = ListQuery {
                    bytes,
                    count: true,
                    ..query.clone()
                };
                let page = store.list_connections(&scope, query.clone()).await;
                let page = page.expect("it lists");
                assert_eq!(page.items.len(), length, "{query:?}");
                assert_eq!(page.next.is_some(), length > 0, "{query:?}");
                assert_eq!(page.count, Some(4));
                let left_out = page.left_out.expect("there are more");
                assert!((100_000..100_500).contains(&left_out), "{left_out}");
            }
            // Another reason to end.
            let query = ListQuery { top: 2, ..query };
            let page = store.list_connections(&scope, query.clone()).await;
            assert_eq!(page.expect("it lists").left_out, None, "{query:?}");
        }
    }
}
