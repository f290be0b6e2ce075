//! The schema, version by version. A version that was released never changes: a new one is added behind it.

use rusqlite_migration::{M, Migrations};

const VERSIONS: &[M<'_>] = &[
    M::up(include_str!("migrations/001-connections.sql")),
    M::up(include_str!("migrations/002-clustered.sql")),
    M::up(include_str!("migrations/003-one-order-by-name.sql")),
    M::up(include_str!("migrations/004-apps-besides-the-owner.sql")),
    M::up(include_str!("migrations/005-ids-of-apps-fold-ascii.sql")),
    M::up(include_str!("migrations/006-content.sql")),
    M::up(include_str!("migrations/007-what-is-gone.sql")),
    M::up(include_str!("migrations/008-followers.sql")),
    M::up(include_str!("migrations/009-memberships.sql")),
    M::up(include_str!("migrations/010-marks.sql")),
];

/// Number of the newest schema known here; a database keeps its own in `user_version`.
pub(super) const LATEST: usize = VERSIONS.len();

/// Brings a database to the newest schema, in one transaction.
pub(super) fn migrate(db: &mut rusqlite::Connection) -> Result<(), rusqlite_migration::Error> {
    Migrations::from_slice(VERSIONS).to_latest(db)
}

/// An empty database of the newest schema, for tests of SQL.
#[cfg(any(test, fuzzing))]
pub(super) fn empty_database() -> rusqlite::Connection {
    let mut db = rusqlite::Connection::open_in_memory().expect("memory suffices");
    migrate(&mut db).expect("an empty database takes every migration");
    db
}

#[cfg(test)]
mod tests {
    use rusqlite::params;

    use super::*;
    use crate::{
        domain::{
            external_connection::ConnectionId,
            principal::{AppId, TenantId},
            settings::JsonText,
            store::{Found, ListQuery, Scope},
        },
        store::sqlite::{connections, lists},
    };

    #[test]
    fn migrations_are_valid() {
        super::empty_database();
    }

    /// Tenant, identifier and the apps that manage the connection, of which the first is its owner.
    const CONNECTIONS_1: [(&str, &str, &[&str]); 4] = [
        ("t", "Abc", &["a", "b"]),
        ("t", "def", &["b"]),
        ("t", "abcd", &["a"]),
        ("u", "abc", &["a"]),
    ];

    /// Their settings: resolvers have no type yet.
    const SETTINGS_1: &str = concat!(
        r#"{"activitySettings":{"urlToItemResolvers":["#,
        r#"{"priority":null,"itemId":"\"{\"priority\":","urlMatchInfo":null},{"priority":1,"itemId":"x","urlMatchInfo":null}]},"#,
        r#""searchSettings":{"searchResultTemplates":[{"id":"t","layout":{"priority":1},"priority":1,"rules":null}]},"#,
        r#""enabledContentExperiences":"search,compliance","contentCategory":"media"}"#
    );

    /// A database of version 1 with these.
    fn version_1() -> rusqlite::Connection {
        let mut db = rusqlite::Connection::open_in_memory().expect("memory suffices");
        let first = Migrations::from_slice(&VERSIONS[..1]).to_latest(&mut db);
        first.expect("an empty database takes it");
        for (tenant, id, apps) in CONNECTIONS_1 {
            let authorized = serde_json::json!(apps).to_string();
            let sql =
                "INSERT INTO connection (tenant, id, name, state, owner, authorized_apps, settings)
                 VALUES (?, ?, 'n', 'draft', ?, ?, ?)";
            let created = db.execute(sql, params![tenant, id, apps[0], authorized, SETTINGS_1]);
            assert_eq!(created, Ok(1));
            let no = db.last_insert_rowid();
            for app in apps {
                let sql = "INSERT INTO connection_app (tenant, app, id, name, no) VALUES (?, ?, ?, 'n', ?)";
                assert_eq!(db.execute(sql, params![tenant, app, id, no]), Ok(1));
            }
        }
        db
    }

    /// KELVIN SIGN was folded to `k`, so that an app of that name saw a connection that lists another.
    #[test]
    fn apps_see_what_lists_them_to_the_letter() {
        let mut db = version_1();
        for (app, listed) in [("k", "\u{212a}"), ("\u{e4}", "\u{c4}")] {
            let sql = "UPDATE connection SET authorized_apps = ? WHERE id = 'def'";
            let listed = serde_json::json!(["b", listed, "E"]).to_string();
            db.execute(sql, [listed]).expect("it updates");
            let sql = "INSERT INTO connection_app (tenant, app, id, name, no) VALUES ('t', ?, 'def', 'n', 2)";
            db.execute(sql, [app]).expect("it inserts");
        }
        migrate(&mut db).expect("it takes every migration");
        let seen = |app: &str| {
            let scope = Scope {
                tenant: TenantId::new("t"),
                app: Some(AppId::new(app)),
            };
            let page = lists::list(&db, &scope, &ListQuery::first(100)).expect("it lists");
            let ids = page.items.iter().map(|it| it.id.as_str().to_owned());
            ids.collect::<Vec<_>>()
        };
        for (app, expected) in [
            ("k", vec![]),
            ("\u{e4}", vec![]),
            ("\u{c4}", vec!["def"]),
            ("e", vec!["def"]),
            ("a", vec!["Abc", "abcd"]),
            ("b", vec!["Abc", "def"]),
        ] {
            assert_eq!(seen(app), expected, "{app}");
        }
    }

    #[test]
    fn connections_of_version_1_stay() {
        let mut db = version_1();
        migrate(&mut db).expect("it takes every migration");
        let scope = |tenant: &str, app: &str| Scope {
            tenant: TenantId::new(tenant),
            app: (!app.is_empty()).then(|| AppId::new(app)),
        };
        let all = ListQuery::first(100);
        for (tenant, app, expected) in [
            ("t", "", vec!["Abc", "abcd", "def"]),
            ("t", "a", vec!["Abc", "abcd"]),
            ("t", "b", vec!["Abc", "def"]),
            ("u", "", vec!["abc"]),
            ("u", "b", vec![]),
            ("v", "", vec![]),
        ] {
            let scope = scope(tenant, app);
            let page = lists::list(&db, &scope, &all);
            let page = page.expect("it lists");
            let ids: Vec<_> = page.items.iter().map(|c| c.id.as_str()).collect();
            assert_eq!(ids, expected, "{tenant} {app}");
            let total = lists::count(&db, &scope, None).expect("it counts");
            assert_eq!(total, expected.len() as u64, "{tenant} {app}");
        }
        let apart = "SELECT count(*) FROM connection WHERE authorized_apps IS NOT NULL";
        let apart = db.query_row(apart, [], |row| row.get(0));
        assert_eq!(apart, Ok(1), "those of the owner alone are not kept");
        let whole = scope("t", "");
        for (_, id, apps) in CONNECTIONS_1.into_iter().filter(|(t, ..)| *t == "t") {
            let id = ConnectionId::existing(id);
            let got = connections::get(&db, &whole, &id, usize::MAX).expect("it reads");
            let Some(Found::Whole(got)) = got else {
                panic!("{got:?}");
            };
            assert_eq!(got.settings.content_category.as_deref(), Some("media"));
            let experiences = got.settings.enabled_content_experiences;
            assert_eq!(experiences.as_deref(), Some("search, compliance"));
            let text = |kept: Option<JsonText>| kept.map(JsonText::into_text).expect("it is there");
            assert_eq!(
                &*text(got.settings.activity_settings),
                concat!(
                    r##"{"urlToItemResolvers":[{"@odata.type":"#microsoft.graph.externalConnectors.itemIdResolver","priority":null,"##,
                    r##""itemId":"\"{\"priority\":","urlMatchInfo":null},"##,
                    r##"{"@odata.type":"#microsoft.graph.externalConnectors.itemIdResolver","priority":1,"itemId":"x","urlMatchInfo":null}]}"##
                )
            );
            assert_eq!(
                &*text(got.settings.search_settings),
                r#"{"searchResultTemplates":[{"id":"t","layout":{"priority":1},"priority":1,"rules":null}]}"#
            );
            assert_eq!(got.owner, AppId::new(apps[0]));
            assert_eq!(got.authorized_apps, apps);
            let deleted = connections::delete(&db, &whole, &id).expect("it deletes");
            assert_eq!(deleted, Some(()));
        }
        // Nothing is left of who sees nothing.
        let scopes = db.query_row("SELECT group_concat(tenant) FROM scope", [], |row| {
            row.get(0)
        });
        assert_eq!(scopes, Ok("u,u".to_owned()));
    }
}
