//! The drift test fails, and names the place, whatever the service's description has wrong.

use openapi_contract::normalise::drift;
use serde_json::{Value, json};

use super::{document, served};

enum Sabotage {
    Remove,
    Set(Value),
    /// To another member of the same object.
    Rename(&'static str),
}

use Sabotage::{Remove, Rename, Set};

const LIST: &str = "/paths/~1external~1connections/get";
const CREATE: &str = "/paths/~1external~1connections/post";
const GET: &str = "/paths/~1external~1connections~1{connection-id}/get";
const COUNT: &str = "/paths/~1external~1connections~1$count/get";
const SCHEMAS: &str = "/components/schemas";
const SCHEME: &str = "/components/securitySchemes/bearerAuth";

/// What is done, and where in the service's description.
fn sabotages() -> Vec<(&'static str, &'static str, Sabotage)> {
    let text = |text: &str| Set(json!(text));
    let number = |number: u32| Set(json!(number));
    let flag = |flag: bool| Set(json!(flag));
    vec![
        // Operations.
        (LIST, "/operationId", text("getConnections")),
        (LIST, "/tags/0", text("items")),
        (LIST, "/summary", text("List")),
        (LIST, "/description", Remove),
        (LIST, "/externalDocs/url", text("https://example.org")),
        (LIST, "/deprecated", flag(true)),
        (LIST, "/security", Remove),
        (LIST, "/security/0/bearerAuth", Rename("other")),
        (LIST, "", Remove),
        ("/paths/~1external~1connections", "/get", Rename("put")),
        ("/paths", "/~1external~1connections", Rename("/connections")),
        // Parameters: `$select` is the first, `$top` the fourth.
        (LIST, "/parameters/3", Remove),
        (LIST, "/parameters/3/name", text("top")),
        (LIST, "/parameters/3/in", text("header")),
        (LIST, "/parameters/3/required", flag(true)),
        (LIST, "/parameters/3/deprecated", flag(true)),
        (LIST, "/parameters/3/explode", flag(false)),
        (LIST, "/parameters/3/description", Remove),
        (LIST, "/parameters/3/schema/default", number(50)),
        (LIST, "/parameters/3/schema/default", Remove),
        (LIST, "/parameters/3/schema/maximum", number(1000)),
        (LIST, "/parameters/3/schema/minimum", Remove),
        (LIST, "/parameters/3/schema/format", text("int64")),
        (LIST, "/parameters/3/schema/type", text("string")),
        (LIST, "/parameters/0/schema/maxLength", Remove),
        (GET, "/parameters/0/required", Remove),
        (GET, "/parameters/0/schema/pattern", text("^a$")),
        (GET, "/parameters/0/schema/minLength", number(2)),
        // Bodies and responses.
        (CREATE, "/requestBody", Remove),
        (CREATE, "/requestBody/required", flag(false)),
        (
            CREATE,
            "/requestBody/content/application~1json",
            Rename("text/json"),
        ),
        (CREATE, "/responses/409", Remove),
        (CREATE, "/responses/201", Rename("200")),
        (CREATE, "/responses/400/description", text("No.")),
        (CREATE, "/responses/400/content", Remove),
        (
            CREATE,
            "/responses/201/content/application~1json/schema/$ref",
            text("#/components/schemas/ODataError"),
        ),
        (
            CREATE,
            "/responses/201/headers/Location",
            Rename("LOCATION"),
        ),
        (CREATE, "/responses/201/headers/Location/required", Remove),
        (
            CREATE,
            "/responses/429/headers/Retry-After/schema/type",
            text("string"),
        ),
        (
            COUNT,
            "/responses/200/content/text~1plain/schema/pattern",
            Remove,
        ),
        // Schemas.
        (
            SCHEMAS,
            "/ExternalConnection/properties/description/nullable",
            Remove,
        ),
        (
            SCHEMAS,
            "/ExternalConnection/properties/ingestedItemsCount/readOnly",
            Remove,
        ),
        (
            SCHEMAS,
            "/ExternalConnection/properties/state/readOnly",
            Remove,
        ),
        (SCHEMAS, "/ExternalConnectionCreate/required", Remove),
        (
            SCHEMAS,
            "/ExternalConnectionCreate/properties/name/pattern",
            Remove,
        ),
        (
            SCHEMAS,
            "/ExternalConnectionCreate/properties/connectorId",
            Remove,
        ),
        (
            SCHEMAS,
            "/ExternalConnectionUpdate/properties/name/description",
            Remove,
        ),
        (
            SCHEMAS,
            "/ExternalConnectionUpdate/properties/name",
            Rename("Name"),
        ),
        (SCHEMAS, "/ConnectionState/enum/4", Remove),
        (SCHEMAS, "/ConnectionState/enum/0", text("drafty")),
        (
            SCHEMAS,
            "/ConnectionConfiguration/properties/authorizedApps/maxItems",
            number(255),
        ),
        (
            SCHEMAS,
            "/ConnectionConfiguration/properties/authorizedApps/uniqueItems",
            flag(true),
        ),
        (
            SCHEMAS,
            "/ConnectionConfiguration/properties/authorizedApps/items/minLength",
            Remove,
        ),
        (
            SCHEMAS,
            "/UrlToItemResolver/discriminator/propertyName",
            text("type"),
        ),
        (
            SCHEMAS,
            "/UrlToItemResolver/discriminator/mapping/microsoft.graph.externalConnectors.itemIdResolver",
            Remove,
        ),
        (SCHEMAS, "/UrlToItemResolver/oneOf", Rename("anyOf")),
        (SCHEMAS, "/AdaptiveCard/additionalProperties", Remove),
        (
            SCHEMAS,
            "/AdaptiveCard/additionalProperties/type",
            text("string"),
        ),
        (
            SCHEMAS,
            "/ODataError/properties/error/$ref",
            text("#/components/schemas/ODataErrorDetail"),
        ),
        (SCHEMAS, "/RuleOperation", Remove),
        // The document itself.
        (SCHEME, "", Rename("oauth")),
        (SCHEME, "/bearerFormat", text("opaque")),
        (SCHEME, "/scheme", text("basic")),
        (SCHEME, "/description", Remove),
        ("/info", "/title", text("Graph")),
        ("/info", "/version", text("1.0")),
        ("/info", "/description", Remove),
        ("/info", "/contact/url", Remove),
        ("/info", "/license", Remove),
        ("/servers", "/1", Remove),
        ("/servers", "/0/url", text("/v2.0")),
        ("/servers", "/0/description", Remove),
        ("/tags", "/0/name", text("items")),
        ("/tags", "/0/description", Remove),
        ("/tags", "/0/externalDocs/url", text("https://example.org")),
        ("/tags", "/0/externalDocs/description", Remove),
    ]
}

#[test]
fn sabotage_is_seen_at_its_place() {
    let (document, served) = (document(), served());
    for (at, below, sabotage) in sabotages() {
        let pointer = format!("{at}{below}");
        let seen = canonical(&served, &pointer);
        let mut sabotaged = served.clone();
        sabotage.commit(&mut sabotaged, &pointer);
        let differences = drift(&document, &sabotaged);
        let found: Vec<_> = differences
            .iter()
            .map(|difference| &difference.pointer)
            .collect();
        assert!(found.contains(&&seen), "{seen} is not among {found:?}");
    }
}

/// A pointer into the canonical form, where parameters and tags are known by their name; so a change of the name is
/// one of the whole.
fn canonical(served: &Value, pointer: &str) -> String {
    for (list, name) in [("/parameters/", "in"), ("/tags/", "name")] {
        let Some((before, rest)) = pointer.split_once(list) else {
            continue;
        };
        let (index, after) = rest
            .split_once('/')
            .map_or((rest, ""), |(index, after)| (index, after));
        let item = &served
            .pointer(&format!("{before}{list}{index}"))
            .expect("an item");
        let Some(name_or_place) = item[name].as_str() else {
            continue;
        };
        let name = match list {
            "/parameters/" => format!("{name_or_place} {}", item["name"].as_str().expect("a name")),
            _ => name_or_place.to_owned(),
        };
        return match after {
            "" | "name" | "in" => format!("{before}{list}{name}"),
            after => format!("{before}{list}{name}/{after}"),
        };
    }
    pointer.to_owned()
}

impl Sabotage {
    fn commit(self, description: &mut Value, pointer: &str) {
        let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
        let key = key.replace("~1", "/").replace("~0", "~");
        match (description.pointer_mut(parent).expect("a parent"), self) {
            (Value::Array(items), Remove) => {
                items.remove(key.parse().expect("an index"));
            }
            (Value::Array(items), Set(value)) => {
                items[key.parse::<usize>().expect("an index")] = value;
            }
            (Value::Object(members), Remove) => {
                members.remove(&key).expect("a member");
            }
            (Value::Object(members), Set(value)) => {
                assert_ne!(members.insert(key, value.clone()), Some(value));
            }
            (Value::Object(members), Rename(name)) => {
                let value = members.remove(&key).expect("a member");
                members.insert(name.to_owned(), value);
            }
            (other, _) => panic!("{other} has no such child"),
        }
    }
}
