//! Tables: filter in, tree or message and position out.

use super::{
    Filter,
    ast::{MAX_DEPTH, MAX_NODES},
    parse,
};

const PROPERTIES: [&str; 4] = ["id", "name", "description", "größe"];

fn filter(text: &str) -> Result<Filter<&'static str>, (usize, String)> {
    parse(text, "test.type", |name| {
        PROPERTIES.into_iter().find(|property| *property == name)
    })
    .map_err(|error| {
        assert_eq!(error.option, "$filter");
        (error.position, error.message)
    })
}

/// The tree with all its parentheses.
fn shape(filter: &Filter<&str>) -> String {
    match filter {
        Filter::Eq(property, value) => format!("{property}={}", literal(value.as_deref())),
        Filter::Ne(property, value) => format!("{property}≠{}", literal(value.as_deref())),
        Filter::StartsWith(property, value) => format!("{property}^{value:?}"),
        Filter::Contains(property, value) => format!("{property}~{value:?}"),
        Filter::And(left, right) => format!("({} & {})", shape(left), shape(right)),
        Filter::Or(left, right) => format!("({} | {})", shape(left), shape(right)),
        Filter::Not(inner) => format!("!{}", shape(inner)),
        Filter::Is(inner, value) => format!("[{}]={value}", shape(inner)),
        Filter::IsNot(inner, value) => format!("[{}]≠{value}", shape(inner)),
    }
}

fn literal(value: Option<&str>) -> String {
    value.map_or("null".to_owned(), |value| format!("{value:?}"))
}

fn refuses(cases: &[(&str, usize, &str)]) {
    for (text, position, message) in cases {
        let expected = Err((*position, (*message).to_owned()));
        assert_eq!(filter(text), expected, "{text:?}");
    }
}

const ACCEPTED: [(&str, &str); 36] = [
    // Comparisons, from either side.
    ("id eq 'a'", r#"id="a""#),
    ("name ne 'a'", r#"name≠"a""#),
    ("'a' eq name", r#"name="a""#),
    ("description eq null", "description=null"),
    ("null ne description", "description≠null"),
    ("(name) eq ('a')", r#"name="a""#),
    ("größe eq 'ä€'", r#"größe="ä€""#),
    // Literals.
    ("name eq ''", r#"name="""#),
    ("name eq 'it''s'", r#"name="it's""#),
    ("name eq ''''''", r#"name="''""#),
    ("name eq ' and (or) '", r#"name=" and (or) ""#),
    ("name eq 'null'", r#"name="null""#),
    // Functions.
    ("startswith(name,'a')", r#"name^"a""#),
    ("contains(name,'a')", r#"name~"a""#),
    (" contains ( name , 'it''s' ) ", r#"name~"it's""#),
    // Conditions as values.
    ("startswith(name,'a') eq true", r#"[name^"a"]=true"#),
    ("contains(name,'a') ne false", r#"[name~"a"]≠false"#),
    ("True EQ contains(name,'a')", r#"[name~"a"]=true"#),
    ("(name eq 'a') eq false", r#"[name="a"]=false"#),
    (
        "(id eq 'a' or id eq 'b') ne true",
        r#"[(id="a" | id="b")]≠true"#,
    ),
    ("not contains(id,'a') eq true", r#"[!id~"a"]=true"#),
    (
        "contains(id,'a') eq true and id eq 'b'",
        r#"([id~"a"]=true & id="b")"#,
    ),
    // Operators and functions in any case, as 4.01 and the pages of Graph have them.
    ("startsWith(name,'a')", r#"name^"a""#),
    ("NOT(name EQ 'a')", r#"!name="a""#),
    ("name Eq NULL", "name=null"),
    // Precedence and grouping.
    (
        "id eq 'a' or id eq 'b' and id eq 'c'",
        r#"(id="a" | (id="b" & id="c"))"#,
    ),
    (
        "id eq 'a' and id eq 'b' or id eq 'c'",
        r#"((id="a" & id="b") | id="c")"#,
    ),
    (
        "(id eq 'a' or id eq 'b') and id eq 'c'",
        r#"((id="a" | id="b") & id="c")"#,
    ),
    (
        "id eq 'a' or id eq 'b' or id eq 'c'",
        r#"((id="a" | id="b") | id="c")"#,
    ),
    (
        "id eq 'a' or (id eq 'b' or id eq 'c')",
        r#"(id="a" | (id="b" | id="c"))"#,
    ),
    (
        "not contains(id,'a') and id eq 'b'",
        r#"(!id~"a" & id="b")"#,
    ),
    (
        "not (contains(id,'a') and id eq 'b')",
        r#"!(id~"a" & id="b")"#,
    ),
    ("not not contains(id,'a')", r#"!!id~"a""#),
    ("((((id eq 'a'))))", r#"id="a""#),
    // Spaces.
    ("\t id \t eq  'a' ", r#"id="a""#),
    ("(id eq 'a')and(not(id eq 'b'))", r#"(id="a" & !id="b")"#),
];

#[test]
fn reads_the_supported_language() {
    for (text, expected) in ACCEPTED {
        assert_eq!(
            filter(text).map(|filter| shape(&filter)),
            Ok(expected.to_owned()),
            "{text:?}"
        );
    }
}

#[test]
fn says_what_was_expected_and_found() {
    const OPERAND: &str = "Expected a property, a literal (a string in single quotes, null, true, false), a function, 'not' or '('; \
                           found ";
    for (text, position, found) in [
        ("", 1, "the end"),
        ("   ", 4, "the end"),
        ("()", 2, "')'"),
        (")", 1, "')'"),
        (",", 1, "','"),
        ("id eq", 6, "the end"),
        ("id eq ", 7, "the end"),
        ("größe eq (", 11, "the end"),
        ("not", 4, "the end"),
        ("eq 'a'", 1, "'eq'"),
        ("id eq and", 7, "'and'"),
        ("id eq 'a' and", 14, "the end"),
        ("id eq 'a' or or", 14, "'or'"),
        // Literals of other types, and parameter aliases.
        ("id eq 5", 7, "'5'"),
        ("id eq -1.5e3", 7, "'-1.5e3'"),
        (
            "id eq c0ffee00-1111-2222-3333-444455556666",
            7,
            "'c0ffee00-1111-2222-3333-444455556666'",
        ),
        ("id eq 2020-01-01T00:00:00Z", 7, "'2020-01-01T00:00:00Z'"),
        ("id eq \"a\"", 7, "'\"a\"'"),
        ("id eq @id", 7, "'@id'"),
    ] {
        refuses(&[(text, position, &format!("{OPERAND}{found}."))]);
    }
    refuses(&[
        ("id", 3, "Expected 'eq' or 'ne'; found the end."),
        ("'a'", 4, "Expected 'eq' or 'ne'; found the end."),
        ("null", 5, "Expected 'eq' or 'ne'; found the end."),
        ("(id)", 5, "Expected 'eq' or 'ne'; found the end."),
        ("true", 5, "Expected 'eq' or 'ne'; found the end."),
        ("(false", 7, "Expected 'eq', 'ne' or ')'; found the end."),
        ("id foo 'a'", 4, "Expected 'eq' or 'ne'; found 'foo'."),
        ("id = 'a'", 4, "Expected 'eq' or 'ne'; found '='."),
        ("id and id", 4, "Expected 'eq' or 'ne'; found 'and'."),
        ("(id eq 'a' or id)", 17, "Expected 'eq' or 'ne'; found ')'."),
        ("(id foo", 5, "Expected 'eq', 'ne' or ')'; found 'foo'."),
        (
            "(id eq 'a'",
            11,
            "Expected 'and', 'or' or ')'; found the end.",
        ),
        (
            "id eq 'a')",
            10,
            "Expected 'and', 'or' or the end; found ')'.",
        ),
        (
            "größe eq 'ä' foo",
            14,
            "Expected 'and', 'or' or the end; found 'foo'.",
        ),
        (
            "id eq 'a' eq 'b'",
            11,
            "Expected 'and', 'or' or the end; found 'eq'.",
        ),
        ("contains()", 10, "Expected a property; found ')'."),
        (
            "contains('a',id)",
            10,
            "Expected a property; found a string literal.",
        ),
        (
            "contains(null,'a')",
            10,
            "Expected a property; found 'null'.",
        ),
        ("contains(id)", 12, "Expected ','; found ')'."),
        (
            "contains(id,null)",
            13,
            "Expected a string literal in single quotes; found 'null'.",
        ),
        ("contains(id,'a'", 16, "Expected ')'; found the end."),
        ("contains(id,'a','b')", 16, "Expected ')'; found ','."),
        (
            "id eq 'a",
            7,
            "There is an unterminated string literal: expected a closing single quote.",
        ),
        ("id eq 'a'\u{1b}", 10, "Unexpected character U+001B."),
        ("id\u{1b}", 3, "Unexpected character U+001B."),
    ]);
}

#[test]
fn names_what_is_unknown_or_unsupported() {
    let property =
        |name: &str| format!("Could not find a property named '{name}' on type 'test.type'.");
    refuses(&[
        ("x eq 'a'", 1, &property("x")),
        ("ID eq 'a'", 1, &property("ID")),
        ("id eq 'ä' or x eq 'a'", 14, &property("x")),
        ("a/b eq 'a'", 1, &property("a/b")),
        ("contains(x,'a')", 10, &property("x")),
        ("id eq x", 7, &property("x")),
    ]);
    for operator in ["gt", "GE", "lt", "le", "has", "in", "add", "mod"] {
        let message = format!(
            "The operator '{operator}' is not supported; supported are eq, ne, and, or, not."
        );
        refuses(&[(&format!("id {operator} 'a'"), 4, &message)]);
    }
    let function = |name: &str| {
        format!(
            "The function '{name}' is not supported; supported are startswith and contains, each of a \
             property and a string literal."
        )
    };
    refuses(&[
        ("endswith(id,'a')", 1, &function("endswith")),
        ("tolower(id) eq 'a'", 1, &function("tolower")),
        ("contains(tolower(id),'a')", 10, &function("tolower")),
        ("ids/any(x:x eq 'a')", 1, &function("ids/any")),
    ]);
    let compared = "'eq' and 'ne' compare a property with a string literal or null, or a condition with true or false.";
    refuses(&[
        ("id eq name", 4, compared),
        ("'a' ne 'b'", 5, compared),
        ("id eq true", 4, compared),
        ("true eq true", 6, compared),
        ("(id eq 'a') eq null", 13, compared),
        ("(id eq 'a') eq (id eq 'b')", 13, compared),
        (
            "not true",
            1,
            "'not' applies to a condition; a comparison behind it needs parentheses: not (a eq 'b').",
        ),
        (
            "id eq 'a' or not id eq 'b'",
            14,
            "'not' applies to a condition; a comparison behind it needs parentheses: not (a eq 'b').",
        ),
    ]);
}

#[test]
fn bounds_the_depth() {
    let parentheses =
        |levels: usize| format!("{}id eq 'a'{}", "(".repeat(levels), ")".repeat(levels));
    let nots = |levels: usize| format!("{}contains(id,'a')", "not ".repeat(levels));
    let message = "Parentheses and 'not' are limited to 16 levels.";

    assert!(filter(&parentheses(MAX_DEPTH)).is_ok());
    refuses(&[(&parentheses(MAX_DEPTH + 1), MAX_DEPTH + 1, message)]);
    assert!(filter(&nots(MAX_DEPTH)).is_ok());
    refuses(&[(&nots(MAX_DEPTH + 1), 4 * MAX_DEPTH + 1, message)]);
    refuses(&[(&"not(".repeat(9), 4 * 8 + 1, message)]);
    // Levels beside each other are not levels around each other.
    let beside = vec![parentheses(2); 40].join(" or ");
    assert!(filter(&beside).is_ok());
}

#[test]
fn bounds_the_nodes() {
    let comparisons = |count: usize| vec!["id eq ''"; count].join(" or ");
    // 64 comparisons are joined by 63 operators.
    assert_eq!(MAX_NODES, 128);
    assert!(filter(&comparisons(64)).is_ok());
    assert!(filter(&format!("not({})", comparisons(64))).is_ok());
    let message = "A filter is limited to 128 operators and functions.";
    refuses(&[
        // The 65th comparison is the 128th node, the operator before it the 129th.
        (&comparisons(65), 12 * 64 - 2, message),
        (&format!("not(not({}))", comparisons(64)), 1, message),
    ]);
}

/// These take seconds, or the stack, of a parser that recurses or tries again without bound.
#[test]
fn refuses_hostile_nesting_quickly() {
    let too_long = "The value is limited to 2048 bytes.";
    let too_deep = "Parentheses and 'not' are limited to 16 levels.";
    refuses(&[
        (&"(".repeat(10_000), 2049, too_long),
        (&"not ".repeat(10_000), 2049, too_long),
        (&"(".repeat(2048), 17, too_deep),
        (&"not ".repeat(512), 65, too_deep),
        (
            &"contains(".repeat(200),
            10,
            "The function 'contains' is not supported; supported are startswith and contains, each of a property and a string literal.",
        ),
    ]);
    let longest = format!("id eq '{}'", "a".repeat(2048 - 8));
    assert!(filter(&longest).is_ok());
    refuses(&[(&format!("{longest} "), 2049, too_long)]);
}

/// Whatever is cut off, replaced or put in: an answer, and a position inside the text or one behind it.
#[test]
fn answers_every_damaged_filter() {
    for (text, _) in ACCEPTED {
        let characters: Vec<char> = text.chars().collect();
        for at in 0..=characters.len() {
            for damage in [
                "",
                "'",
                "(",
                ")",
                ",",
                " ",
                "\0",
                "\u{7f}",
                "é",
                "\u{10ffff}",
                " not ",
            ] {
                let head: String = characters[..at].iter().collect();
                let rest: String = characters[at..].iter().collect();
                let behind: String = characters[at..].iter().skip(1).collect();
                for damaged in [
                    head.clone() + damage,
                    head.clone() + damage + &rest,
                    head.clone() + damage + &behind,
                ] {
                    if let Err((position, message)) = filter(&damaged) {
                        let characters = damaged.chars().count();
                        assert!((1..=characters + 1).contains(&position), "{damaged:?}");
                        assert!(!message.contains(char::is_control), "{damaged:?}");
                    }
                }
            }
        }
    }
}
