//! Bodies: rules that a description cannot say, and how broken ones are told.

use serde_json::{Value, json};

use super::everything::types::{
    KindOf, Lenient, Member as PersonOrGroup, Open, Places, Rules, Shape, Square, Thing,
};
use openapi_contract_runtime::{
    BodyLimits, FromJson, Json, Kind, Member, Target, ToJson, parse, read,
};

fn body<T: FromJson>(text: &str) -> Result<T, Vec<(String, Kind, String)>> {
    let node = parse(text.as_bytes(), BodyLimits::default()).expect("the test sends JSON");
    read(node).value.map_err(|broken| {
        let told = broken.into_iter().map(|broken| match broken.target {
            Target::Body(pointer) => (pointer, broken.kind, broken.rule),
            Target::Parameter(..) => panic!("a body has no parameters"),
        });
        told.collect()
    })
}

fn accepted<T: FromJson>(value: &Value) -> T {
    body(&value.to_string()).unwrap_or_else(|broken| panic!("{value}: {broken:?}"))
}

fn written(value: &impl ToJson) -> Value {
    serde_json::from_slice(&value.to_json_vec()).expect("it is JSON")
}

/// The one broken rule of a body.
fn refused<T: FromJson + std::fmt::Debug>(text: &str) -> (String, Kind, String) {
    let mut broken = body::<T>(text).expect_err(text);
    assert_eq!(broken.len(), 1, "{text}: {broken:?}");
    broken.remove(0)
}

/// A `Thing` with what it requires, and more.
fn thing(more: &Value) -> Value {
    let mut thing = json!({"type": "t", "kind": "big", "maybe": null});
    let members = thing.as_object_mut().expect("an object");
    members.extend(more.as_object().expect("an object").clone());
    thing
}

#[test]
fn each_rule_is_kept_and_told() {
    use Kind::{Missing, Name, Unknown, Value, WrongType};
    for (text, pointer, kind, rule) in [
        // Closed: other members are refused, whatever their names.
        (
            r#"{"Text": "a"}"#,
            "/Text",
            Unknown,
            "is not a member of this object",
        ),
        (
            r#"{"a/b~c": 1}"#,
            "/a~1b~0c",
            Unknown,
            "is not a member of this object",
        ),
        // The JSON type counts; nothing is converted.
        (
            r#"{"text": 5}"#,
            "/text",
            WrongType,
            "must be a string; it is a number",
        ),
        (
            r#"{"text": true}"#,
            "/text",
            WrongType,
            "must be a string; it is a boolean",
        ),
        (
            r#"{"int32": "5"}"#,
            "/int32",
            WrongType,
            "must be a number; it is a string",
        ),
        (
            r#"{"flag": "true"}"#,
            "/flag",
            WrongType,
            "must be true or false; it is a string",
        ),
        (
            r#"{"flag": 1}"#,
            "/flag",
            WrongType,
            "must be true or false; it is a number",
        ),
        (
            r#"{"list": "a"}"#,
            "/list",
            WrongType,
            "must be an array; it is a string",
        ),
        (
            r#"{"list": {}}"#,
            "/list",
            WrongType,
            "must be an array; it is an object",
        ),
        (r"[]", "", WrongType, "must be an object; it is an array"),
        (
            r"null",
            "",
            WrongType,
            "must be an object; null is not allowed here",
        ),
        // Null only where the document says so.
        (
            r#"{"text": null}"#,
            "/text",
            WrongType,
            "must be a string; null is not allowed here",
        ),
        (
            r#"{"list": ["a", null]}"#,
            "/list/1",
            WrongType,
            "must be a string; null is not allowed here",
        ),
        (
            r#"{"table": [null]}"#,
            "/table/0",
            WrongType,
            "must be an array; null is not allowed here",
        ),
        // Lengths are characters, patterns are the document's.
        (
            r#"{"text": ""}"#,
            "/text",
            Value,
            "must be 1 to 3 characters long; it has 0",
        ),
        (
            r#"{"text": "äöüß"}"#,
            "/text",
            Value,
            "must be 1 to 3 characters long; it has 4",
        ),
        (
            r#"{"text": "a\u0000"}"#,
            "/text",
            Value,
            "must have no control characters",
        ),
        // A line end at the end is not overlooked.
        (
            r#"{"text": "a\n"}"#,
            "/text",
            Value,
            "must have no control characters",
        ),
        (
            r#"{"clearable": "abcd"}"#,
            "/clearable",
            Value,
            "must be at most 3 characters long; it has 4",
        ),
        // Integers are mathematical, within their bits and bounds.
        (
            r#"{"int32": 1.5}"#,
            "/int32",
            Value,
            "must be an integer from -2147483648 to 2147483647",
        ),
        (
            r#"{"int32": 2147483648}"#,
            "/int32",
            Value,
            "must be an integer from -2147483648 to 2147483647",
        ),
        (
            r#"{"int32": -2147483649}"#,
            "/int32",
            Value,
            "must be an integer from -2147483648 to 2147483647",
        ),
        (
            r#"{"int32": 1e300}"#,
            "/int32",
            Value,
            "must be an integer from -2147483648 to 2147483647",
        ),
        (
            r#"{"small": 0}"#,
            "/small",
            Value,
            "must be an integer from 1 to 3; it is 0",
        ),
        (
            r#"{"small": 4.0}"#,
            "/small",
            Value,
            "must be an integer from 1 to 3; it is 4",
        ),
        (
            r#"{"int64": 9223372036854775808}"#,
            "/int64",
            Value,
            "must be an integer from -9223372036854775808 to 9223372036854775807",
        ),
        (
            r#"{"share": 1.0000001}"#,
            "/share",
            Value,
            "must be a number from 0 to 1; it is 1.0000001",
        ),
        (
            r#"{"share": -1e-9}"#,
            "/share",
            Value,
            "must be a number from 0 to 1; it is -0.000000001",
        ),
        // Arrays.
        (
            r#"{"list": []}"#,
            "/list",
            Value,
            "must have at least 1 items; it has 0",
        ),
        (
            r#"{"list": ["a","b","c","d"]}"#,
            "/list",
            Value,
            "must have at most 3 items; it has 4",
        ),
        (
            r#"{"list": ["a","b","a"]}"#,
            "/list",
            Value,
            "must not have an item twice",
        ),
        (
            r#"{"list": ["a","bcd"]}"#,
            "/list/1",
            Value,
            "must be at most 2 characters long; it has 3",
        ),
        (
            r#"{"table": [[], [1, 2, 3]]}"#,
            "/table/1",
            Value,
            "must have at most 2 items; it has 3",
        ),
        (
            r#"{"table": [[], [1, "2"]]}"#,
            "/table/1/1",
            WrongType,
            "must be a number; it is a string",
        ),
        (
            r#"{"kinds": ["big", "Big"]}"#,
            "/kinds/1",
            Name("Big".into()),
            "must be one of: big, null, 3d, with space, type",
        ),
        (
            r#"{"kinds": [null]}"#,
            "/kinds/0",
            WrongType,
            "must be a string; null is not allowed here",
        ),
    ] {
        let expected = (pointer.to_owned(), kind, rule.to_owned());
        assert_eq!(refused::<Rules>(text), expected, "{text}");
    }
    assert_eq!(
        refused::<Thing>(r#"{"type": "t", "kind": "big"}"#),
        ("/maybe".into(), Missing, "is required".into())
    );
}

#[test]
fn what_the_rules_allow_is_read() {
    let rules: Rules = accepted(&json!({
        "text": "äöü", "int32": -2_147_483_648, "small": 3, "int64": i64::MIN, "double": -0.5, "share": 1,
        "flag": false, "list": ["a", "b", "c"], "table": [[1, 2], []], "kinds": ["null", "3d"],
    }));
    assert_eq!(rules.text.as_deref(), Some("äöü"));
    assert_eq!((rules.int32, rules.int64), (Some(i32::MIN), Some(i64::MIN)));
    assert_eq!(rules.share, Some(1.0));
    assert_eq!(rules.table, Some(vec![vec![1, 2], vec![]]));
    assert_eq!(rules.kinds, Member::Value(vec![KindOf::Null, KindOf::_3d]));
    // JSON Schema validation, section 4.2: a number with a zero fraction is an integer.
    for (text, value) in [
        ("1.0", 1),
        ("1e0", 1),
        ("20e-1", 2),
        ("-0.0", 0),
        ("2147483647.0", i32::MAX),
    ] {
        let rules: Rules = body(&format!(r#"{{"int32": {text}}}"#)).expect(text);
        assert_eq!(rules.int32, Some(value), "{text}");
    }
    for (text, value) in [
        ("9223372036854775807", i64::MAX),
        ("9007199254740993", 9_007_199_254_740_993),
    ] {
        let rules: Rules = body(&format!(r#"{{"int64": {text}}}"#)).expect(text);
        assert_eq!(rules.int64, Some(value), "{text}");
    }
}

#[test]
fn numbers_that_no_double_holds_are_not_json_here() {
    let malformed =
        parse(br#"{"double": 1e400}"#, BodyLimits::default()).expect_err("out of range");
    assert_eq!(malformed.pointer, "/double");
    assert_eq!(malformed.reason, "number out of range at line 1 column 16");
}

#[test]
fn absent_null_and_value_are_three_states() {
    for (sent, expected) in [
        (json!({}), Member::Absent),
        (json!({"clearable": null}), Member::Null),
        (json!({"clearable": "a"}), Member::Value("a".to_owned())),
    ] {
        let rules: Rules = accepted(&sent);
        assert_eq!(rules.clearable, expected);
        assert_eq!(written(&rules), sent);
    }
    let with_null: Thing = accepted(&thing(&json!({"maybe": null})));
    assert_eq!(with_null.maybe, None);
    assert_eq!(
        written(&with_null),
        thing(&json!({})),
        "required and nullable is written as null, never left out"
    );
}

#[test]
fn an_open_object_ignores_unknown_members() {
    let sent: Thing = accepted(&thing(&json!({"unknown": {"deep": [1]}, "Kind": 5})));
    assert_eq!(written(&sent), thing(&json!({})));
}

/// The members of a body that are ignored, and what each may stand for.
fn ignored<T: FromJson>(text: &str) -> Vec<(String, Option<&'static str>)> {
    let node = parse(text.as_bytes(), BodyLimits::default()).expect("the test sends JSON");
    let ignored = read::<T>(node).ignored.into_iter();
    ignored
        .map(|member| (member.pointer, member.meant))
        .collect()
}

#[test]
fn ignored_members_are_told_with_what_they_may_stand_for() {
    let sent = thing(&json!({
        "unknown": {"deep": [1]},
        "Kind": 5,
        "parts": [thing(&json!({"a/b": 1})), thing(&json!({"computed_too": 1, "computedToo": 1}))],
        "free": {"kind": 1},
    }));
    let mut told = ignored::<Thing>(&sent.to_string());
    told.sort_unstable();
    assert_eq!(
        told,
        [
            ("/Kind".to_owned(), Some("kind")),
            ("/parts/0/a~1b".to_owned(), None),
            ("/parts/1/computed_too".to_owned(), Some("computedToo")),
            ("/unknown".to_owned(), None),
        ]
    );
    // Of a body that is refused for something else, too.
    let refused = thing(&json!({"kind": 5, "Maybe": 1})).to_string();
    assert_eq!(
        ignored::<Thing>(&refused),
        [("/Maybe".to_owned(), Some("maybe"))]
    );
    let computed = thing(&json!({"computed": 1})).to_string();
    assert_eq!(ignored::<Thing>(&computed), [], "it is declared");
    let many: serde_json::Map<_, _> = (0..1_000).map(|n| (format!("m{n}"), json!(0))).collect();
    let told = ignored::<Thing>(&thing(&many.into()).to_string());
    assert_eq!(told.len(), 16);
    assert_eq!(told[15].0, "/m15");
}

#[test]
fn read_only_members_are_ignored_whatever_they_are() {
    for value in [
        json!(null),
        json!(5),
        json!("x"),
        json!([1]),
        json!({"text": 5, "unknown": 1}),
    ] {
        let sent: Thing = accepted(&thing(&json!({"computed": value, "computedToo": value})));
        assert_eq!(
            (sent.computed, sent.computed_too),
            (None, Member::Absent),
            "{value}"
        );
    }
}

#[test]
fn a_free_form_object_is_kept_byte_for_byte() {
    for free in [
        "{}",
        r#"{"z": 1, "a": {"$ref": [null, 1.5, "ü"]}, "": {}}"#,
        r#"{"n":[1e2,1.10,-0.0,123456789012345678901234567890,1E+2]}"#,
        "{ \"escaped\\u00fc\\/\" :\t\"\\u00fc\",\n  \"b\" : [ ] }",
    ] {
        let sent = thing(&json!({})).to_string();
        let sent = sent.replacen('{', &format!("{{ \"free\" : {free} , "), 1);
        let sent: Thing = body(&sent).expect(free);
        let written = String::from_utf8(sent.free.to_json_vec()).expect("UTF-8");
        assert_eq!(written, free);
    }
    let text = thing(&json!({"free": [1]})).to_string();
    assert_eq!(
        refused::<Thing>(&text),
        (
            "/free".into(),
            Kind::WrongType,
            "must be an object; it is an array".into()
        )
    );
}

#[test]
fn names_that_rust_would_not_have_are_read_and_written() {
    let sent = thing(
        &json!({"at": "a", "3d": true, "object": {"text": "a"}, "old": false, "parts": [thing(&json!({}))]}),
    );
    let read: Thing = accepted(&sent);
    assert_eq!(written(&read), sent);
}

#[test]
fn the_discriminator_chooses_the_variant() {
    let values = "must be one of: circle, round, square";
    for (text, pointer, kind, rule) in [
        ("{}", "/@type", Kind::Missing, "is required"),
        (r#"{"radius": 1}"#, "/@type", Kind::Missing, "is required"),
        (r#"{"@type": "Circle"}"#, "/@type", Kind::Value, values),
        (r#"{"@type": ""}"#, "/@type", Kind::Value, values),
        (
            r#"{"@type": 1}"#,
            "/@type",
            Kind::WrongType,
            "must be a string; it is a number",
        ),
        (
            r#"{"@type": null}"#,
            "/@type",
            Kind::WrongType,
            "must be a string; null is not allowed here",
        ),
        (
            r#""circle""#,
            "",
            Kind::WrongType,
            "must be an object; it is a string",
        ),
        (
            "null",
            "",
            Kind::WrongType,
            "must be an object; null is not allowed here",
        ),
        (
            r#"{"@type": "round"}"#,
            "/radius",
            Kind::Missing,
            "is required",
        ),
        (
            r#"{"@type": "square", "radius": 1}"#,
            "/radius",
            Kind::Unknown,
            "is not a member of this object",
        ),
        (
            r#"{"@type": "square", "sides": [{"@type": "line"}]}"#,
            "/sides/0/@type",
            Kind::Value,
            values,
        ),
    ] {
        let expected = (pointer.to_owned(), kind, rule.to_owned());
        assert_eq!(refused::<Shape>(text), expected, "{text}");
    }
    for sent in [
        json!({"@type": "circle", "radius": 1.5}),
        json!({"@type": "round", "radius": 0.0}),
        json!({"@type": "square"}),
        json!({"@type": "square", "sides": [{"@type": "round", "radius": 2.0}]}),
    ] {
        let shape: Shape = accepted(&sent);
        assert_eq!(matches!(shape, Shape::Square(_)), sent["@type"] == "square");
        assert_eq!(written(&shape), sent);
    }
}

#[test]
fn every_broken_rule_is_told_at_once() {
    let text =
        r#"{"text": 5, "small": 9, "list": ["abc", null, "a"], "kinds": ["x"], "x": 1, "y": 2}"#;
    let broken = body::<Rules>(text).expect_err("broken");
    let mut told: Vec<_> = broken
        .iter()
        .map(|(pointer, ..)| pointer.as_str())
        .collect();
    told.sort_unstable();
    assert_eq!(
        told,
        [
            "/kinds/0", "/list/0", "/list/1", "/small", "/text", "/x", "/y"
        ]
    );
    let broken = body::<Thing>(r#"{"object": {"text": 1}, "shape": {}}"#).expect_err("broken");
    let told: Vec<_> = broken
        .iter()
        .map(|(pointer, ..)| pointer.as_str())
        .collect();
    assert_eq!(
        told,
        ["/type", "/kind", "/maybe", "/object/text", "/shape/@type"]
    );
}

#[test]
fn at_most_twenty_broken_rules_are_told() {
    for (count, told) in [(19, 19), (20, 20), (21, 20), (1000, 20)] {
        let table = vec!["[null]"; count].join(",");
        let broken = body::<Rules>(&format!(r#"{{"table": [{table}]}}"#)).expect_err("broken");
        assert_eq!(broken.len(), told, "{count}");
    }
}

#[test]
fn nesting_is_bounded_at_sixty_levels() {
    let nested =
        |depth: usize| r#"{"@type": "square", "sides": ["#.repeat(depth) + &"]}".repeat(depth);
    // Each of them is two levels: an object and its array.
    assert!(body::<Square>(&nested(30)).is_ok());
    let malformed = parse(nested(31).as_bytes(), BodyLimits::default()).expect_err("too deep");
    assert!(
        malformed.reason.contains("deeper than 60 levels"),
        "{}",
        malformed.reason
    );
}

/// The text of a value.
fn text(value: &impl ToJson) -> String {
    String::from_utf8(value.to_json_vec()).expect("JSON is UTF-8")
}

#[test]
fn what_is_left_open_is_kept_byte_for_byte_and_in_order() {
    // Annotations stand before or after their member.
    for sent in [
        r#"{"code":"c","b@odata.type":"Int64","b":1e2,"a":1.10,"a@odata.type":"Double"}"#,
        r#"{"code":"c","deep":{"z": [ 1.0, 123456789012345678901234567890 ],"a":"\u00fc"},"":null}"#,
        r#"{"code":"c","any":null,"anything": [ 1 ] }"#,
        r#"{"code":"c","free":{ "b":1E+2, "a":[] },"more":{}}"#,
        r#"{"code":"c","inner":{"id":"i","list":[1.5,2.0]}}"#,
        r#"{"code":"c","labels":{"b":"x","a":"y"},"counts":{"two":2,"none":null}}"#,
    ] {
        let open: Open = body(sent).expect(sent);
        let expected = sent.replace("\"anything\": [ 1 ] }", "\"anything\":[ 1 ]}");
        assert_eq!(text(&open), expected);
    }
    let open: Open = accepted(&json!({"computed": 1, "code": "c", "x": 1, "Code": 2}));
    let names: Vec<_> = open.additional.iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["x", "Code"], "declared members are not among them");
    assert_eq!(open.additional.get("x").map(Json::text), Some("1"));
    let mut twice = open;
    twice.additional = vec![
        ("code".to_owned(), Json::from_text("1".into())),
        ("y".to_owned(), Json::from_text("[]".into())),
    ]
    .into();
    assert_eq!(
        text(&twice),
        r#"{"code":"c","y":[]}"#,
        "nothing is there twice"
    );
}

#[test]
fn rules_of_maps_and_open_objects_are_kept_and_told() {
    use Kind::{Missing, Value, WrongType};
    for (text, pointer, kind, rule) in [
        (r#"{"a":1,"b":2}"#, "/code", Missing, "is required"),
        (
            r#"{"code":"c"}"#,
            "",
            Value,
            "must have at least 2 members; it has 1",
        ),
        (
            r#"{"code":"c","a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1}"#,
            "",
            Value,
            "must have at most 8 members; it has 9",
        ),
        (
            r#"{"code":"c","labels":{}}"#,
            "/labels",
            Value,
            "must have at least 1 members; it has 0",
        ),
        (
            r#"{"code":"c","labels":{"a":"1","b":"2","c":"3"}}"#,
            "/labels",
            Value,
            "must have at most 2 members; it has 3",
        ),
        (
            r#"{"code":"c","labels":{"a/b":"long"}}"#,
            "/labels/a~1b",
            Value,
            "must be at most 3 characters long; it has 4",
        ),
        (
            r#"{"code":"c","labels":{"a":null}}"#,
            "/labels/a",
            WrongType,
            "must be a string; null is not allowed here",
        ),
        (
            r#"{"code":"c","labels":[]}"#,
            "/labels",
            WrongType,
            "must be an object; it is an array",
        ),
        (
            r#"{"code":"c","counts":{"a":"1"}}"#,
            "/counts/a",
            WrongType,
            "must be a number; it is a string",
        ),
        (
            r#"{"code":"c","inner":{"list":[1,"2"]}}"#,
            "/inner/list/1",
            WrongType,
            "must be a number; it is a string",
        ),
        (
            r#"{"code":"c","free":null}"#,
            "/free",
            WrongType,
            "must be an object; it is null",
        ),
        (
            r#"{"code":"c","formats":{"at":"2026-01-31"}}"#,
            "/formats/at",
            Value,
            "must be a date and time with a zone, such as 2026-01-31T12:00:00Z",
        ),
        (
            r#"{"code":"c","formats":{"uuid":"x"}}"#,
            "/formats/uuid",
            Value,
            "must be a UUID",
        ),
        (
            r#"{"code":"c","formats":{"integer":-1}}"#,
            "/formats/integer",
            Value,
            "must be an integer from 0 to 9223372036854775807; it is -1",
        ),
    ] {
        let expected = (pointer.to_owned(), kind, rule.to_owned());
        assert_eq!(refused::<Open>(text), expected, "{text}");
    }
}

#[test]
fn lenient_members_are_read_in_other_forms_and_written_in_their_own() {
    let defaults = r#""size":25,"order":"up","kinds":["read"],"none":[],"note":"a note","nothing":null,"chosen":"write""#;
    for (sent, written) in [
        ("{}", ""),
        (r#"{"flag":"true"}"#, r#""flag":true,"#),
        (r#"{"flag":"False"}"#, r#""flag":false,"#),
        (r#"{"flag":null}"#, ""),
        (r#"{"count":"5"}"#, r#""count":5,"#),
        (r#"{"count":"-5.0"}"#, r#""count":-5,"#),
        (r#"{"share":"1.5"}"#, r#""share":1.5,"#),
        (r#"{"share":null}"#, r#""share":null,"#),
        (r#"{"kind":"TWOTHREE"}"#, r#""kind":"twoThree","#),
        (r#"{"kind":null}"#, ""),
        (r#"{"names":"one"}"#, r#""names":["one"],"#),
        (r#"{"names":"a,b"}"#, r#""names":["a,b"],"#),
        (r#"{"names":null}"#, ""),
        (r#"{"names":["a","b"]}"#, r#""names":["a","b"],"#),
        (r#"{"flags":"Read, WRITE"}"#, r#""flags":["read","write"],"#),
        (r#"{"flags":""}"#, r#""flags":[],"#),
        (r#"{"flags":["read"]}"#, r#""flags":["read"],"#),
        (r#"{"joined":["a","b"]}"#, r#""joined":"a,b","#),
        (r#"{"joined":"a, b"}"#, r#""joined":"a, b","#),
        (r#"{"joined":"A, b"}"#, r#""joined":"A, b","#),
        (r#"{"joined":null}"#, r#""joined":null,"#),
        (r#"{"inner":null}"#, ""),
        (r#"{"order":null}"#, ""),
    ] {
        let lenient: Lenient = body(sent).expect(sent);
        assert_eq!(text(&lenient), format!("{{{written}{defaults}}}"), "{sent}");
    }
    let sent = r#"{"size":1,"order":"down","kinds":[],"none":["x"],"note":null,"nothing":true,"chosen":"read"}"#;
    let lenient: Lenient = body(sent).expect(sent);
    assert_eq!(text(&lenient), sent, "a default stands for what is absent");
}

#[test]
fn leniency_ends_where_the_document_says() {
    use Kind::{Name, Value, WrongType};
    for (text, pointer, kind, rule) in [
        (
            r#"{"flag":"yes"}"#,
            "/flag",
            WrongType,
            "must be true or false; it is a string",
        ),
        (
            r#"{"flag":1}"#,
            "/flag",
            WrongType,
            "must be true or false; it is a number",
        ),
        (
            r#"{"count":"5x"}"#,
            "/count",
            WrongType,
            "must be a number; it is a string",
        ),
        (
            r#"{"count":null}"#,
            "/count",
            WrongType,
            "must be a number; null is not allowed here",
        ),
        (
            r#"{"count":"10"}"#,
            "/count",
            Value,
            "must be an integer from -2147483648 to 9; it is 10",
        ),
        (
            r#"{"kind":"two"}"#,
            "/kind",
            Name("two".into()),
            "must be one of: one, twoThree",
        ),
        (
            r#"{"names":5}"#,
            "/names",
            WrongType,
            "must be a string; it is a number",
        ),
        (
            r#"{"names":"long"}"#,
            "/names",
            Value,
            "must be at most 3 characters long; it has 4",
        ),
        (
            r#"{"flags":"read,,write"}"#,
            "/flags/1",
            Name(String::new()),
            "must be one of: read, write",
        ),
        (
            r#"{"flags":null}"#,
            "/flags",
            WrongType,
            "must be an array; null is not allowed here",
        ),
        (
            r#"{"joined":["a","c"]}"#,
            "/joined",
            Value,
            "must match the regular expression (?i)^(a|b)(, ?(a|b))*$",
        ),
        (
            r#"{"joined":["a",1]}"#,
            "/joined",
            WrongType,
            "must be a string; it is an array",
        ),
        (
            r#"{"inner":{"list":null}}"#,
            "/inner/list",
            WrongType,
            "must be an array; null is not allowed here",
        ),
        (
            r#"{"size":null}"#,
            "/size",
            WrongType,
            "must be a number; null is not allowed here",
        ),
        (
            r#"{"size":0}"#,
            "/size",
            Value,
            "must be an integer from 1 to 2147483647; it is 0",
        ),
    ] {
        let expected = (pointer.to_owned(), kind, rule.to_owned());
        assert_eq!(refused::<Lenient>(text), expected, "{text}");
    }
}

#[test]
fn types_in_place_are_read_and_written() {
    use Kind::{Missing, Name, Unknown, Value, WrongType};
    for sent in [
        r#"{"type":"t","object":null,"member":{"id":"i"}}"#,
        r#"{"type":"t","object":{"a":"a","deeper":[{"b":true},{}]},"maybe":null,"member":{"@type":"group","id":"i","size":1}}"#,
        r#"{"type":"t","object":null,"maybe":"two","composed":{"id":"i","c":"c","d":[1.0]},"member":{"@type":"person","id":"i"}}"#,
        r#"{"type":"t","object":null,"value":null,"member":{"id":"i"}}"#,
        r#"{"type":"t","object":null,"value":"abc","member":{"id":"i"}}"#,
        r#"{"type":"t","object":null,"value":1.5,"member":{"id":"i"}}"#,
        r#"{"type":"t","object":null,"value":true,"member":{"id":"i"}}"#,
        r#"{"type":"t","object":null,"value":["a",1],"member":{"id":"i"}}"#,
        r#"{"type":"t","object":null,"value":{"id":"i","x":[]},"member":{"id":"i"}}"#,
        r#"{"type":"t","object":null,"member":{"id":"i"},"members":[{"id":"i"},{"@type":"group","id":"i"}],"orNull":[null,{"id":"i"}]}"#,
        r#"{"type":"t","object":null,"member":{"id":"i"},"resources":[{"@type":"circle","radius":1.0},{"@type":"other","a":1e2},{"b":2}]}"#,
    ] {
        let places: Places = body(sent).expect(sent);
        assert_eq!(text(&places), sent);
    }
    let with = |more: &str| format!(r#"{{"type":"t","object":null,"member":{{"id":"i"}},{more}}}"#);
    for (text, pointer, kind, rule) in [
        (
            r#"{"type":"t","object":{},"member":{"id":"i"}}"#.to_owned(),
            "/object/a",
            Missing,
            "is required",
        ),
        (
            r#"{"type":"t","object":{"a":"a","b":1},"member":{"id":"i"}}"#.to_owned(),
            "/object/b",
            Unknown,
            "is not a member of this object",
        ),
        (
            with(r#""maybe":"three""#),
            "/maybe",
            Name("three".into()),
            "must be one of: one, two",
        ),
        (
            with(r#""value":"long""#),
            "/value",
            Value,
            "must be at most 3 characters long; it has 4",
        ),
        (
            with(r#""value":[true]"#),
            "/value/0",
            WrongType,
            "must be a string or a number; it is a boolean",
        ),
        (
            with(r#""members":[{"@type":"other","id":"i"}]"#),
            "/members/0/@type",
            Value,
            "must be one of: person, group",
        ),
        (
            with(r#""members":[{"@type":null,"id":"i"}]"#),
            "/members/0/@type",
            WrongType,
            "must be a string; null is not allowed here",
        ),
        (
            with(r#""members":[{"@type":"group"}]"#),
            "/members/0/id",
            Missing,
            "is required",
        ),
        (
            with(r#""resources":[{"@type":"circle"}]"#),
            "/resources/0/radius",
            Missing,
            "is required",
        ),
        (
            with(r#""orNull":[5]"#),
            "/orNull/0",
            WrongType,
            "must be an object; it is a number",
        ),
    ] {
        let expected = (pointer.to_owned(), kind, rule.to_owned());
        assert_eq!(refused::<Places>(&text), expected, "{text}");
    }
    let default: PersonOrGroup = body(r#"{"id":"i"}"#).expect("a person");
    assert!(matches!(default, PersonOrGroup::Person(_)));
}
