//! Searches over a store and its index, without HTTP.

mod oracle;
mod world;

use std::{
    path::Path,
    sync::{Arc, Mutex},
};

use serde_json::json;

use crate::domain::{
    Error,
    acl::Viewer,
    search::{
        Aggregation, CollapseProperty, ExplainRequest, QueryOutcome, RetrievalRequest,
        SearchRequest, Sort,
    },
    store::{Scope, StoreFuture},
};

use self::world::{World, deny, grant, ids, request, schema, user};

/// Tickets: `title` is searched, `kind` and `size` are refined, `code` is exact.
fn tickets() -> crate::domain::schema::Schema {
    schema(&json!({"properties": [
        {"name": "title", "type": "string", "isSearchable": true, "isQueryable": true, "isRetrievable": true, "labels": ["title"]},
        {"name": "kind", "type": "string", "isQueryable": true, "isRefinable": true, "isRetrievable": true},
        {"name": "size", "type": "int64", "isQueryable": true, "isRefinable": true, "isRetrievable": true},
        {"name": "code", "type": "string", "isQueryable": true, "isExactMatchRequired": true},
        {"name": "changed", "type": "dateTime", "isQueryable": true, "isRetrievable": true},
        {"name": "tags", "type": "stringCollection", "isQueryable": true, "isRefinable": true, "isRetrievable": true},
        {"name": "secret", "type": "string"},
    ]}))
}

fn aggregation(field: &str, size: u32) -> Aggregation {
    Aggregation::most_frequent(field.to_owned(), size)
}

/// One of a kind.
fn collapse(fields: &[&str]) -> CollapseProperty {
    CollapseProperty {
        fields: fields.iter().map(|&field| field.to_owned()).collect(),
        limit: 1,
    }
}

async fn filled() -> World {
    let world = World::new().await;
    world.connection("tickets", tickets()).await;
    let everyone = [grant("everyone", "")];
    let put = async |id: &str, acl: &[_], properties, text| {
        world.put("tickets", id, acl, &properties, text).await;
    };
    put("t1", &everyone, json!({"title": "Printer on fire", "kind": "fault", "size": 9_007_199_254_740_993_i64, "code": "CTS-1", "changed": "2026-01-31T09:30:00Z", "tags": ["red", "hot"], "secret": "hush"}), "The printer in room seven burns. Café closed.").await;
    put("t2", &everyone, json!({"title": "Printer empty", "kind": "wish", "size": 2, "code": "CTS-12", "changed": "2026-02-01T00:00:00Z", "tags": ["red"]}), "東京都の紙がない").await;
    put(
        "t3",
        &[grant("user", "alice")],
        json!({"title": "Salary of the printer", "kind": "fault", "size": 3}),
        "secret numbers",
    )
    .await;
    put(
        "t4",
        &[grant("everyone", ""), deny("user", "alice")],
        json!({"title": "About Alice", "kind": "note"}),
        "printer printer printer",
    )
    .await;
    world
}

async fn found(world: &World, who: &str, query: &str) -> Vec<String> {
    let answer = world.search(&user(who), &request("tickets", query)).await;
    let answer = answer.unwrap_or_else(|error| panic!("{query}: {error:?}"));
    assert_eq!(answer.total, answer.hits.len() as u64, "{query}");
    let mut found = ids(&answer);
    found.sort();
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn queries_find_what_they_ask_for() {
    let world = filled().await;
    for (query, expected) in [
        ("printer", &["t1", "t2", "t4"][..]),
        ("PRINTER fire", &["t1"]),
        ("print*", &["t1", "t2", "t4"]),
        ("\"on fire\"", &["t1"]),
        ("\"fire on\"", &[]),
        ("\"printer the\"", &[]),
        ("cafe", &["t1"]),
        ("京都", &["t2"]),
        ("京東", &[]),
        ("hush", &[]),
        ("*", &["t1", "t2", "t4"]),
        ("title:printer", &["t1", "t2"]),
        // In quotes it is a phrase, as the page on KQL has it; without, either word.
        ("title:\"fire empty\"", &[]),
        ("title:\"on fire\"", &["t1"]),
        ("title:\"printer em*\"", &["t2"]),
        ("title: fire empty", &["t1", "t2"]),
        ("title=\"printer empty\"", &["t2"]),
        ("title=printer", &[]),
        ("title<>\"printer empty\"", &["t1", "t4"]),
        ("code:CTS", &[]),
        ("code:cts-1", &["t1"]),
        ("code:CTS*", &["t1", "t2"]),
        ("size:9007199254740993", &["t1"]),
        ("size:9007199254740992", &[]),
        ("size>2", &["t1"]),
        ("size>=2", &["t1", "t2"]),
        ("size:2..3", &["t2"]),
        ("changed:2026-01-31", &["t1"]),
        ("changed>2026-01-31T10:30:00+01:00", &["t2"]),
        ("changed>=2026-01-31T10:30:00+01:00", &["t1", "t2"]),
        ("changed:2026-01-31T09:30:00Z..2026-02-01", &["t1", "t2"]),
        ("printer NOT fire", &["t2", "t4"]),
        ("fire OR empty", &["t1", "t2"]),
        ("(fire OR empty) AND tags:hot", &["t1"]),
        ("tags:*", &["t1", "t2"]),
        ("fileID:t2", &["t2"]),
        ("fileID:t3", &[]),
        ("kind:fault kind:wish", &["t1", "t2"]),
        ("printer & fire", &["t1"]),
    ] {
        assert_eq!(found(&world, "bob", query).await, expected, "{query}");
    }
    assert_eq!(found(&world, "alice", "printer").await, ["t1", "t2", "t3"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn long_values_are_whole_and_long_phrases_are_refused() {
    let world = filled().await;
    let everyone = [grant("everyone", "")];
    let long = |end: &str| format!("{}{end}", "q".repeat(1_100));
    for (id, code) in [("a", long("A")), ("b", long("B")), ("c", long(""))] {
        let properties = json!({ "code": code });
        world.put("tickets", id, &everyone, &properties, "").await;
        let query = format!("code={code}");
        assert_eq!(found(&world, "bob", &query).await, [id]);
    }
    assert_eq!(found(&world, "bob", "code:q*").await, ["a", "b", "c"]);
    let query = format!("code={}", long("C"));
    assert_eq!(found(&world, "bob", &query).await, [""; 0]);
    // Each of these characters is a word.
    let phrase = "日本".repeat(250);
    world
        .put("tickets", "d", &everyone, &json!({}), &phrase.repeat(3))
        .await;
    assert_eq!(found(&world, "bob", &phrase).await, ["d"]);
    assert_eq!(
        found(&world, "bob", &format!("{}*", &phrase[3..])).await,
        ["d"]
    );
    let swapped = format!("{}日", &phrase[3..]);
    assert_eq!(found(&world, "bob", &swapped).await, ["d"]);
    assert_eq!(found(&world, "bob", "日本本").await, [""; 0]);
    for query in [format!("{phrase}日"), format!("title:\"{phrase}日\"")] {
        let refused = world
            .search(&user("bob"), &request("tickets", &query))
            .await;
        let refused = format!("{:?}", refused.expect_err("it is too long"));
        assert!(refused.contains("501"), "{refused}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn file_id_is_a_whole_identifier_beside_a_property_of_that_name() {
    let world = filled().await;
    for query in ["fileID:t*", "fileID:*", "fileID<>t1", "fileID:a..b"] {
        let refused = world.search(&user("bob"), &request("tickets", query)).await;
        let refused = format!("{:?}", refused.expect_err(query));
        assert!(
            refused.contains("whole identifier (position 0)"),
            "{refused}"
        );
    }
    let property =
        json!({"properties": [{"name": "fileID", "type": "string", "isQueryable": true}]});
    world.connection("files", schema(&property)).await;
    let everyone = [grant("everyone", "")];
    let named = json!({ "fileID": "t1" });
    world.put("files", "f1", &everyone, &named, "").await;
    let mut asked = request("tickets", "fileID:t1");
    asked.content_sources = vec!["Connectors".to_owned()];
    let answer = world.search(&user("bob"), &asked).await;
    let mut found = ids(&answer.expect("it searches"));
    found.sort();
    assert_eq!(found, ["f1", "t1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn hints_name_the_part_that_nothing_matches() {
    let world = filled().await;
    let hint = async |query: &str| {
        let answer = world.search(&user("bob"), &request("tickets", query)).await;
        answer.expect("it searches").hint.unwrap_or_default()
    };
    for (query, part) in [
        ("printer zzz", "matches zzz"),
        ("printer empty fire -zzz", "matches the whole query"),
        ("printer (zzz OR yyy)", "matches zzz OR yyy"),
        ("(zzz OR printer) fire empty", "matches the whole query"),
        ("* NOT kind:*", "matches NOT kind:*"),
    ] {
        let hint = hint(query).await;
        assert!(hint.ends_with(part), "{query}: {hint}");
    }
    let mut filtered = request("tickets", "printer");
    filtered.aggregation_filters = vec!["kind:none".to_owned()];
    let answer = world.search(&user("bob"), &filtered).await;
    let hint = answer.expect("it searches").hint.unwrap_or_default();
    assert!(
        hint.ends_with("none passes the aggregation filters"),
        "{hint}"
    );
    let why = ExplainRequest {
        is_trimmed: false,
        connection: world::id("tickets"),
        item_id: "t1".to_owned(),
        query: Some("fire -printer zzz".to_owned()),
    };
    let answer = world.explain(&user("bob"), &why).await;
    let reason = answer.expect("it is there").query.expect("a query").reason;
    assert_eq!(reason, "the item does not match NOT printer, zzz");
}

#[tokio::test(flavor = "multi_thread")]
async fn hits_are_ranked_marked_and_counted() {
    let world = filled().await;
    let mut asked = request("tickets", "printer");
    asked.aggregations = vec![aggregation("kind", 10)];
    let answer = world
        .search(&user("bob"), &asked)
        .await
        .expect("it searches");
    assert_eq!(ids(&answer)[0], "t4");
    assert_eq!(
        answer.hits[0].summary,
        "<c0>printer</c0> <c0>printer</c0> <c0>printer</c0>"
    );
    let buckets = |answer: &crate::domain::search::SearchAnswer| -> Vec<(String, u64)> {
        let buckets = answer.aggregations[0].buckets.iter();
        buckets
            .map(|bucket| (bucket.key.clone(), bucket.count))
            .collect()
    };
    let expected = ["fault", "note", "wish"].map(|key| (key.to_owned(), 1));
    assert_eq!(buckets(&answer), expected);
    let token = &answer.aggregations[0].buckets[2].filter_token;
    asked.aggregation_filters = vec![format!("kind:or({token},\"ǂǂ6661756c74\")")];
    let filtered = world
        .search(&user("bob"), &asked)
        .await
        .expect("it searches");
    let mut left = ids(&filtered);
    left.sort();
    assert_eq!(left, ["t1", "t2"]);
    assert_eq!(filtered.total, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn hits_are_sorted_paged_and_collapsed() {
    let world = filled().await;
    let sorted = async |name: &str, is_descending| {
        let sort = vec![Sort {
            name: name.into(),
            is_descending,
        }];
        let asked = SearchRequest {
            sort,
            ..request("tickets", "*")
        };
        ids(&world
            .search(&user("bob"), &asked)
            .await
            .expect("it searches"))
    };
    assert_eq!(sorted("size", false).await, ["t2", "t1", "t4"]);
    assert_eq!(sorted("SIZE", true).await, ["t1", "t2", "t4"]);
    assert_eq!(sorted("changed", true).await, ["t2", "t1", "t4"]);
    assert_eq!(sorted("kind", false).await, ["t1", "t4", "t2"]);
    let mut pages = Vec::new();
    for from in 0..4 {
        let asked = SearchRequest {
            from,
            size: 1,
            ..request("tickets", "printer")
        };
        let page = world
            .search(&user("bob"), &asked)
            .await
            .expect("it searches");
        assert_eq!(page.has_more, from < 2);
        assert_eq!(page.total, 3);
        pages.extend(ids(&page));
    }
    let whole = world
        .search(&user("bob"), &request("tickets", "printer"))
        .await;
    assert_eq!(pages, ids(&whole.expect("it searches")));
    let collapse = vec![collapse(&["tags"])];
    let asked = SearchRequest {
        collapse,
        ..request("tickets", "*")
    };
    let answer = world
        .search(&user("bob"), &asked)
        .await
        .expect("it searches");
    assert_eq!(answer.total, 3, "values of tags differ, and t4 has none");
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_count_in_the_next_search() {
    let world = filled().await;
    let put = [grant("externalGroup", "sales")];
    world
        .put("tickets", "t5", &put, &json!({"title": "Printer sold"}), "")
        .await;
    assert_eq!(found(&world, "bob", "sold").await, [""; 0]);
    world.group("tickets", "sales").await;
    world.group("tickets", "north").await;
    world
        .member("tickets", "sales", "externalGroup", "north")
        .await;
    assert_eq!(found(&world, "bob", "sold").await, [""; 0]);
    let bob = "00000000-0000-0000-0000-00000000000b";
    world.member("tickets", "north", "user", bob).await;
    assert_eq!(found(&world, bob, "sold").await, ["t5"]);
    world.remove_member("tickets", "north", bob).await;
    assert_eq!(found(&world, bob, "sold").await, [""; 0]);
    world.delete("tickets", "t1").await;
    assert_eq!(found(&world, "bob", "fire").await, [""; 0]);
    world.delete_connection("tickets").await;
    let gone = world
        .search(&user("bob"), &request("tickets", "printer"))
        .await;
    assert!(gone.is_err());
    world.connection("tickets", tickets()).await;
    assert_eq!(found(&world, "bob", "*").await, [""; 0]);
}

/// What is written after a user was taken out of a group is not for him, however long his search has been waiting.
#[tokio::test(flavor = "multi_thread")]
async fn search_counts_with_the_groups_that_its_user_is_in_at_its_end() {
    let world = filled().await;
    world.group("tickets", "team").await;
    world.member("tickets", "team", "user", "alice").await;
    let alice = user("alice");
    let searching = world.searching();
    let scope = Scope::from(&alice);
    let sources = world.store().sources(&scope, None).await.expect("it reads");
    let contents = [sources[0].container.content];
    let (searching, world, contents) = (&searching, &world, &contents);
    let seen = Mutex::new(Vec::new());
    let seen = &seen;
    let search = |viewer: Arc<Viewer>| -> StoreFuture<'_, u8> {
        Box::pin(async move {
            let groups = viewer.external_groups[&contents[0]].len();
            seen.lock().expect("nobody panics").push(groups);
            if groups == 1 {
                world.remove_member("tickets", "team", "alice").await;
            }
            Ok(7)
        })
    };
    let found = searching.for_viewer(&alice, contents, search).await;
    assert_eq!(found.expect("it ends"), 7);
    assert_eq!(*seen.lock().expect("nobody panics"), [1, 0]);
}

/// Each value of a collection is a bucket, and the values of one hit are what it is collapsed by.
#[tokio::test(flavor = "multi_thread")]
async fn collections_of_many_values_are_counted_and_collapsed() {
    let world = World::new().await;
    world.connection("tickets", tickets()).await;
    let everyone = [grant("everyone", "")];
    for item in ["a", "b", "c"] {
        let tags: Vec<String> = (0..200).map(|n| format!("{item}{n:03}")).collect();
        let properties = json!({"tags": tags, "kind": "large"});
        world.put("tickets", item, &everyone, &properties, "").await;
    }
    let asked = SearchRequest {
        aggregations: vec![aggregation("tags", 3), aggregation("tags", 1)],
        collapse: vec![collapse(&["kind"]), collapse(&["tags", "tags"])],
        ..request("tickets", "fileID:b OR fileID:c")
    };
    let answer = world.search(&user("alice"), &asked).await;
    let answer = answer.expect("it is found");
    assert_eq!(ids(&answer), ["b"]);
    let keys = |no: usize| -> Vec<&str> {
        let buckets = answer.aggregations[no].buckets.iter();
        buckets.map(|bucket| bucket.key.as_str()).collect()
    };
    assert_eq!(
        (keys(0), keys(1)),
        (vec!["b000", "b001", "b002"], vec!["b000"])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn index_comes_back_from_whatever_happens_to_it() {
    let mut world = filled().await;
    let all = found(&world, "bob", "*").await;
    world.restart(|_| {}).await;
    assert_eq!(found(&world, "bob", "*").await, all);
    world
        .restart(|index| std::fs::remove_dir_all(index).expect("it is there"))
        .await;
    assert_eq!(found(&world, "bob", "*").await, all);
    world
        .restart(|index| {
            std::fs::remove_dir_all(index).expect("it is there");
            std::fs::write(index, "no directory").expect("it writes");
        })
        .await;
    assert_eq!(found(&world, "bob", "*").await, all);
}

/// However far the store has got by the time that the index looks at it.
#[tokio::test(flavor = "multi_thread")]
async fn index_of_a_later_time_is_built_anew() {
    let everyone = [grant("everyone", "")];
    let put = async |world: &World, id: &str| {
        world.put("tickets", id, &everyone, &json!({}), id).await;
    };
    let mut world = filled().await;
    let backup = tempfile::tempdir().expect("a temporary directory");
    let kept = |index: &Path| index.with_file_name("kept");
    let files = |home: &Path| {
        let files = std::fs::read_dir(home).expect("it is there").flatten();
        let files: Vec<_> = files.filter(|file| file.path().is_file()).collect();
        files
    };
    world
        .restart(|index| {
            for file in files(index.parent().expect("a home")) {
                let copy = backup.path().join(file.file_name());
                std::fs::copy(file.path(), copy).expect("it copies");
            }
        })
        .await;
    put(&world, "lost1").await;
    put(&world, "lost2").await;
    assert_eq!(found(&world, "bob", "lost1").await, ["lost1"]);
    // The store is put back, and written to before the index comes.
    world
        .restart(|index| {
            std::fs::rename(index, kept(index)).expect("it moves");
            let home = index.parent().expect("a home");
            for file in files(home) {
                std::fs::remove_file(file.path()).expect("it is there");
            }
            for file in files(backup.path()) {
                std::fs::copy(file.path(), home.join(file.file_name())).expect("it copies");
            }
        })
        .await;
    for id in ["new1", "new2", "new3"] {
        put(&world, id).await;
    }
    world
        .restart(|index| {
            std::fs::remove_dir_all(index).expect("it is there");
            std::fs::rename(kept(index), index).expect("it moves");
        })
        .await;
    assert_eq!(found(&world, "bob", "lost1 OR lost2").await, [""; 0]);
    let all = ["new1", "new2", "new3", "t1", "t2", "t4"];
    assert_eq!(found(&world, "bob", "*").await, all);
}

/// Nobody waits for the files of the index to be on disk, so any of them may be lost, or some of its bytes.
#[tokio::test(flavor = "multi_thread")]
async fn index_is_whole_or_built_anew_after_a_loss_of_power() {
    type Loss = fn(&mut Vec<u8>);
    let mut world = filled().await;
    let mut names = Vec::new();
    assert_eq!(found(&world, "bob", "fire").await, ["t1"]);
    world
        .restart(|index| {
            let files = std::fs::read_dir(index).expect("it is there").flatten();
            let kind = |name: String| name.rsplit('.').next().map(ToOwned::to_owned);
            names.extend(files.filter_map(|file| kind(file.file_name().into_string().ok()?)));
        })
        .await;
    names.sort();
    names.dedup();
    // The lists of segments and of files, and what a segment has.
    assert!(names.len() > 7, "{names:?}");
    let losses: [(&str, Loss); 4] = [
        ("nothing left", |bytes| bytes.clear()),
        ("the end lost", |bytes| bytes.truncate(bytes.len() / 2)),
        ("zeros", |bytes| bytes.fill(0)),
        ("zeros at the end", |bytes| {
            let half = bytes.len() / 2;
            bytes[half..].fill(0);
        }),
    ];
    for kind in &names {
        for (loss, lose) in losses {
            world
                .put(
                    "tickets",
                    "t5",
                    &[grant("everyone", "")],
                    &json!({"title": format!("{loss} of {kind}"), "kind": "note"}),
                    "",
                )
                .await;
            let all = found(&world, "bob", "*").await;
            assert_eq!(all, ["t1", "t2", "t4", "t5"], "before {loss} of {kind}");
            world
                .restart(|index| {
                    for file in std::fs::read_dir(index).expect("it is there").flatten() {
                        let path = file.path();
                        if path.to_string_lossy().ends_with(kind.as_str()) {
                            let mut bytes = std::fs::read(&path).expect("it reads");
                            lose(&mut bytes);
                            std::fs::write(&path, bytes).expect("it writes");
                        }
                    }
                })
                .await;
            assert_eq!(found(&world, "bob", "*").await, all, "{loss} of {kind}");
            let words = format!("\"{loss} of\" kind:note");
            assert_eq!(
                found(&world, "bob", &words).await,
                ["t5"],
                "{loss} of {kind}"
            );
            assert_eq!(
                found(&world, "bob", "fire").await,
                ["t1"],
                "{loss} of {kind}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn explanations_say_what_decided() {
    let world = filled().await;
    let explain = async |who: &str, item: &str, query: Option<&str>| {
        let asked = ExplainRequest {
            is_trimmed: false,
            connection: world::id("tickets"),
            item_id: item.into(),
            query: query.map(str::to_owned),
        };
        world
            .explain(&user(who), &asked)
            .await
            .expect("it explains")
    };
    let seen = explain("bob", "t1", Some("fire")).await;
    assert!(seen.is_visible);
    let outcome = |explained: &crate::domain::search::Explanation| {
        explained.query.as_ref().expect("it was asked").outcome
    };
    assert_eq!(outcome(&seen), QueryOutcome::Found);
    assert_eq!(
        outcome(&explain("bob", "t1", Some("hush")).await),
        QueryOutcome::NotSearchable
    );
    assert_eq!(
        outcome(&explain("bob", "t1", Some("secret:hush")).await),
        QueryOutcome::NotQueryable
    );
    // Not searchable is the reason if it is of all that misses.
    for (query, expected) in [
        ("absent", QueryOutcome::NotMatched),
        ("absent hush", QueryOutcome::NotMatched),
        ("absent -hush", QueryOutcome::NotMatched),
        ("fire hush", QueryOutcome::NotSearchable),
        ("ush", QueryOutcome::NotMatched),
        ("hus*", QueryOutcome::NotSearchable),
        ("\"hush hush\"", QueryOutcome::NotMatched),
    ] {
        let explained = explain("bob", "t1", Some(query)).await;
        assert_eq!(outcome(&explained), expected, "{query}");
    }
    let hidden = explain("alice", "t4", Some("printer")).await;
    assert!(!hidden.is_visible);
    assert_eq!(outcome(&hidden), QueryOutcome::Trimmed);
    let asked = ExplainRequest {
        is_trimmed: true,
        connection: world::id("tickets"),
        item_id: "t4".into(),
        query: None,
    };
    let untold = world.explain(&user("alice"), &asked).await;
    assert!(matches!(untold, Err(Error::NotFound(_))), "{untold:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn retrieval_gives_sentences_of_what_the_user_may_see() {
    let world = filled().await;
    let asked = RetrievalRequest {
        query: "Where does the printer burn?".into(),
        connections: None,
        filter: Some("kind:fault".into()),
        metadata: vec!["title".into(), "size".into()],
        size: 25,
    };
    let hits = world
        .retrieve(&user("bob"), &asked)
        .await
        .expect("it retrieves");
    let [hit] = &hits[..] else { panic!("{hits:?}") };
    assert!(hit.extracts[0].text.contains("room seven"), "{hit:?}");
    assert_eq!(
        hit.metadata.as_str(),
        r#"{"title":"Printer on fire","size":"9007199254740993"}"#
    );
    // What is written together is not one phrase.
    for (question, found) in [("東京都はどこですか", "t2"), ("fault/rooms/seven", "t1")] {
        let asked = RetrievalRequest {
            query: question.into(),
            filter: None,
            ..asked.clone()
        };
        let hits = world.retrieve(&user("bob"), &asked).await.expect(question);
        let ids: Vec<&str> = hits.iter().map(|hit| hit.item_id.as_str()).collect();
        assert_eq!(ids, [found], "{question}");
    }
}

/// However many items a question finds, and in however many spellings it asks for a property.
#[tokio::test(flavor = "multi_thread")]
async fn retrieval_has_a_bound() {
    let world = World::new().await;
    world.connection("tickets", tickets()).await;
    let everyone = [grant("everyone", "")];
    let changed = "2026-01-31T09:30:00Z";
    let tags = vec!["x".repeat(1_000_000); 3];
    for item in ["a", "b", "c"] {
        let properties = json!({"tags": tags, "changed": changed});
        let text = "The gateway fails.";
        world
            .put("tickets", item, &everyone, &properties, text)
            .await;
    }
    let asked = |metadata: &[&str], size| RetrievalRequest {
        query: "gateway".into(),
        connections: None,
        filter: None,
        metadata: metadata.iter().map(|&name| name.to_owned()).collect(),
        size,
    };
    let alice = user("alice");
    let all = world.retrieve(&alice, &asked(&["tags"], 25)).await;
    let Err(Error::Invalid(broken)) = all else {
        panic!("9 MB: {all:?}")
    };
    assert_eq!(broken[0].pointer, "/maximumNumberOfResults");
    let one = world
        .retrieve(&alice, &asked(&["tags", "TAGS", "Tags"], 1))
        .await;
    let bytes = one.expect("3 MB")[0].metadata.as_str().len();
    assert!(bytes < 3_100_000, "{bytes}");
    let dates = world.retrieve(&alice, &asked(&["changed"], 25)).await;
    assert_eq!(dates.expect("they are short").len(), 3);
}
