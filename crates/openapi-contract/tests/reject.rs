//! Small documents that are refused: every problem at once, at its place, in the order of the document, as in the file
//! beside each.
//!
//! After a change that is meant, `UPDATE_GOLDEN=1 cargo test -p openapi-contract` writes them anew.

use std::{env, fs, path::Path};

use openapi_contract::Contract;

fn problems(file: &str, yaml: &str) -> String {
    let problems = Contract::read(file, yaml).err().unwrap_or_default();
    let lines = problems.iter().map(ToString::to_string);
    lines.flat_map(|line| [line, "\n".into()]).collect()
}

#[test]
fn documents_are_refused_with_every_problem() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reject");
    let mut wrong = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        if path.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let yaml = fs::read_to_string(&path).expect("the document is there");
        let told = problems(&name, &yaml);
        assert!(!told.is_empty(), "{name} is accepted");
        let expected = path.with_extension("expected");
        if env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&expected, &told).expect("the file can be written");
        }
        if told != fs::read_to_string(&expected).unwrap_or_default() {
            wrong.push(told);
        }
    }
    assert!(wrong.is_empty(), "not as expected:\n{}", wrong.join("\n"));
}

/// A document with one pattern.
fn with_pattern(pattern: &str) -> String {
    let quoted = pattern.replace('\'', "''");
    format!(
        "openapi: 3.0.3
info: {{title: T, version: '1'}}
servers: [{{url: /v1}}]
security: [{{bearer: []}}]
tags: [{{name: items}}]
paths:
  /items:
    get:
      operationId: listItems
      tags: [items]
      summary: List
      x-required-scopes: [Items.Read]
      parameters:
        - {{name: q, in: query, schema: {{type: string, pattern: '{quoted}'}}}}
      responses:
        '200': {{description: Fine.}}
        default: {{description: Failure., content: {{application/json: {{schema: {{$ref: '#/components/schemas/Failure'}}}}}}}}
components:
  securitySchemes: {{bearer: {{type: http, scheme: bearer}}}}
  schemas: {{Failure: {{type: object}}}}
"
    )
}

#[test]
fn patterns_mean_the_same_everywhere() {
    for pattern in [
        "",
        "^[A-Za-z0-9]{1,16}$",
        r"^[^\x00-\x1f\x7f]*$",
        r"^(a|b)(, ?(?:a|b))*$",
        r"^[\]\[\\\-a^]+$",
        r"^\u00e9\t\n\.\/$",
        "^a+?b{2}c{3,}$",
        "(?<name>a)",
    ] {
        assert_eq!(problems("x.yaml", &with_pattern(pattern)), "", "{pattern}");
    }
    let ascii =
        "has ASCII characters in ECMA-262 and Unicode's in the server: write the characters out";
    let set = "is a set operation in the server and plain characters in ECMA-262: escape it";
    let unicode = "depends on the version of Unicode: write the characters out";
    let ecma = "is not an ECMA-262 regular expression (flag `u`): ";
    let slow = "is not read by the server, which matches in linear time: ";
    for (pattern, problem) in [
        (r"^\d+$", format!(r"`\d` {ascii}")),
        (r"\D", format!(r"`\D` {ascii}")),
        (r"\w", format!(r"`\w` {ascii}")),
        (r"[a\W]", format!(r"`\W` {ascii}")),
        (r"[^\s]", format!(r"`\s` {ascii}")),
        (r"\S", format!(r"`\S` {ascii}")),
        (r"\bword\b", format!(r"`\b` {ascii}")),
        (r"\B", format!(r"`\B` {ascii}")),
        ("a.b", r"`.` leaves out other line ends in ECMA-262 than in the server: write `[^\n]` or the characters".into()),
        (r"\p{L}", format!(r"`\p{{L}}` {unicode}")),
        (r"[\P{Lu}]", format!(r"`\P{{Lu}}` {unicode}")),
        ("[a&&b]", format!("`a&&b` {set}")),
        ("[a--b]", ecma.into()),
        ("[a~~b]", format!("`a~~b` {set}")),
        ("[a[b]", slow.into()),
        ("[[:alpha:]]", ecma.into()),
        ("[]abc[]", slow.into()),
        ("[]a]", ecma.into()),
        ("[^]", slow.into()),
        ("(?=a)", slow.into()),
        ("(?!a)", slow.into()),
        ("(?<=a)b", slow.into()),
        ("(?<!a)b", slow.into()),
        (r"(a)\1", slow.into()),
        (r"(?<n>a)\k<n>", slow.into()),
        (r"\cA", slow.into()),
        ("(?i)a", ecma.into()),
        ("(?P<name>a)", ecma.into()),
        (r"\A", ecma.into()),
        (r"\z", ecma.into()),
        (r"a++", ecma.into()),
        (r"\-", ecma.into()),
        ("(", ecma.into()),
        ("a{2,1}", ecma.into()),
        ("a{1000}{1000}", ecma.into()),
    ] {
        let told = problems("x.yaml", &with_pattern(pattern));
        let expected = format!("x.yaml:14:55: {problem}");
        let place = "(at #/paths/~1items/get/parameters/0/schema/pattern)\n";
        assert!(
            told.starts_with(&expected) && told.ends_with(place),
            "{pattern}: {told}expected: {expected}"
        );
    }
}

#[test]
fn deep_documents_are_refused() {
    let block = |deep: usize| -> String { (0..deep).map(|n| " ".repeat(n) + "a:\n").collect() };
    for (yaml, problem) in [
        (
            "[".repeat(5000),
            "1:256: invalid YAML: recursion limit exceeded",
        ),
        ("- ".repeat(5000), "1:251: nested too deep"),
        (block(5000), "252:251: nested too deep"),
        (block(200), "102:102: nested more than 100 deep"),
        // YAML 1.2, section 5.4: a carriage return ends a line too.
        (block(5000).replace('\n', "\r"), "252:251: nested too deep"),
        (
            block(5000).replace('\n', "\r\n"),
            "252:251: nested too deep",
        ),
    ] {
        assert_eq!(problems("x.yaml", &yaml), format!("x.yaml:{problem}\n"));
    }
}
