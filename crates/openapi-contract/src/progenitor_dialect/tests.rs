//! Small documents and what becomes of them.

use serde_json::{Value, json};

use super::{discriminator_aliases, rewrite};

/// The named schemas of a document that holds nothing else, rewritten.
fn schemas(schemas: &Value) -> Value {
    rewrite(&json!({ "components": { "schemas": schemas } }))["components"]["schemas"].clone()
}

/// A document with one operation, at `/things`.
fn with_operation(method: &str, operation: &Value, schemas: &Value) -> Value {
    json!({ "paths": { "/things": { method: operation } }, "components": { "schemas": schemas } })
}

fn body(schema: &str) -> Value {
    json!({ "content": { "application/json": { "schema": reference(schema) } } })
}

fn reference(schema: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{schema}") })
}

fn or_null(name: &str) -> Value {
    json!({ "oneOf": [reference(name), { "type": "object", "nullable": true, "enum": [null] }] })
}

#[test]
fn compositions_become_one_object() {
    let rewritten = schemas(&json!({
        "Base": { "type": "object", "required": ["a"], "properties": { "a": { "type": "string" } } },
        "Middle": { "allOf": [reference("Base"), { "type": "object", "properties": { "b": { "type": "string" } } }] },
        "Whole": {
            "description": "d",
            "allOf": [
                reference("Middle"),
                { "type": "object", "required": ["c"], "properties": { "c": { "type": "boolean" } } },
            ],
        },
    }));
    assert_eq!(
        rewritten["Whole"],
        json!({
            "description": "d",
            "type": "object",
            "properties": { "a": { "type": "string" }, "b": { "type": "string" }, "c": { "type": "boolean" } },
            "required": ["a", "c"],
        })
    );
}

#[test]
fn compositions_of_other_things_are_left() {
    let given = json!({
        "Itself": { "allOf": [reference("Itself")], "nullable": true },
        "Text": { "allOf": [{ "type": "string" }, { "type": "string", "title": "t" }] },
        "Dangling": { "allOf": [reference("Nothing"), { "type": "object" }] },
    });
    assert_eq!(schemas(&given), given);
}

#[test]
fn schemas_lose_validation_and_defaults_but_not_members_of_those_names() {
    let rewritten = schemas(&json!({
        "Thing": {
            "type": "object",
            "required": ["pattern"],
            "properties": {
                "pattern": { "type": "string", "pattern": "^a$", "minLength": 1, "maxLength": 2, "default": "a" },
                "default": { "type": "integer", "format": "int32", "minimum": 0, "maximum": 9 },
                "list": { "type": "array", "nullable": true, "maxItems": 3, "items": { "type": "string", "maxLength": 1 } },
                "format": { "type": "string", "format": "date-time" },
                "map": { "type": "object", "maxProperties": 3, "additionalProperties": { "type": "string" } },
            },
        },
    }));
    assert_eq!(
        rewritten["Thing"]["properties"],
        json!({
            "pattern": { "type": "string" },
            "default": { "type": "integer", "format": "int32" },
            "list": { "type": "array", "nullable": true, "items": { "type": "string" } },
            "format": { "type": "string" },
            "map": { "type": "object", "nullable": true, "additionalProperties": { "type": "string" } },
        })
    );
}

#[test]
fn parameters_are_rewritten_and_examples_are_not() {
    let document = json!({
        "paths": { "/things": { "get": {
            "parameters": [{
                "name": "$top", "in": "query",
                "schema": { "type": "integer", "format": "int32", "minimum": 1, "default": 100 },
                "example": { "schema": { "default": 1 } },
            }],
            "responses": {},
        } } },
    });
    assert_eq!(
        rewrite(&document)["paths"]["/things"]["get"]["parameters"][0],
        json!({
            "name": "$top", "in": "query",
            "schema": { "type": "integer", "format": "int32" },
            "example": { "schema": { "default": 1 } },
        })
    );
}

#[test]
fn references_are_unwrapped_unless_nullable() {
    let rewritten = schemas(&json!({
        "Thing": { "type": "object", "properties": {
            "plain": { "readOnly": true, "allOf": [reference("Kind")] },
            "nullable": or_null("Kind"),
        } },
        "Kind": { "type": "string", "enum": ["a"] },
    }));
    assert_eq!(
        rewritten["Thing"]["properties"],
        json!({ "plain": reference("Kind"), "nullable": { "nullable": true, "allOf": [reference("Kind")] } })
    );
}

#[test]
fn optional_lists_can_be_absent() {
    let list = json!({ "type": "array", "items": { "type": "string" } });
    let rewritten = schemas(&json!({
        "Thing": { "type": "object", "required": ["required"], "properties": { "required": list, "optional": list } },
    }));
    let properties = &rewritten["Thing"]["properties"];
    assert_eq!(properties["required"], list);
    assert_eq!(properties["optional"]["nullable"], json!(true));
}

#[test]
fn extra_members_are_kept_beside_properties() {
    let rewritten = schemas(&json!({
        "Open": { "type": "object", "properties": { "a": { "type": "string" } }, "additionalProperties": true },
        "Closed": { "type": "object", "properties": { "a": { "type": "string" } }, "additionalProperties": false },
        "Free": { "type": "object", "additionalProperties": true },
    }));
    assert_eq!(rewritten["Open"]["additionalProperties"], json!({}));
    assert_eq!(rewritten["Closed"]["additionalProperties"], json!(false));
    assert_eq!(rewritten["Free"]["additionalProperties"], json!(true));
}

#[test]
fn variants_of_a_union_are_told_apart_by_their_first_name() {
    let variant = json!({ "type": "object", "required": ["kind"], "properties": { "kind": { "type": "string" } } });
    let document = json!({ "components": { "schemas": {
        "Union": {
            "oneOf": [reference("One"), reference("Two")],
            "discriminator": { "propertyName": "kind", "mapping": {
                "#one": "#/components/schemas/One",
                "one": "#/components/schemas/One",
                "#two": "#/components/schemas/Two",
            } },
        },
        "One": variant,
        "Two": variant,
    } } });
    let schemas = rewrite(&document)["components"]["schemas"].clone();
    assert_eq!(
        schemas["One"]["properties"]["kind"]["enum"],
        json!(["#one"])
    );
    assert_eq!(
        schemas["Two"]["properties"]["kind"]["enum"],
        json!(["#two"])
    );
    assert_eq!(schemas["Two"]["properties"]["kind"].get("default"), None);
    assert_eq!(schemas["Two"]["required"], json!(["kind"]));
    assert_eq!(
        discriminator_aliases(&document),
        [("#one".to_owned(), vec!["one".to_owned()])]
    );
}

#[test]
fn union_of_one_needs_no_telling_apart() {
    let document = json!({ "components": { "schemas": {
        "Union": {
            "oneOf": [reference("One")],
            "discriminator": { "propertyName": "kind", "mapping": {
                "#one": "#/components/schemas/One",
                "one": "#/components/schemas/One",
            } },
        },
        "One": { "type": "object", "required": ["kind", "id"], "properties": {
            "kind": { "type": "string" },
            "id": { "type": "string", "default": "x" },
        } },
    } } });
    let one = &rewrite(&document)["components"]["schemas"]["One"];
    assert_eq!(one["properties"]["kind"]["default"], "#one");
    assert_eq!(one["properties"]["id"].get("default"), None);
    assert_eq!(one["required"], json!(["id"]));
}

#[test]
fn read_only_members_go_from_what_is_only_sent() {
    let thing = json!({ "type": "object", "properties": {
        "id": { "type": "string", "readOnly": true },
        "name": { "type": "string" },
    } });
    let mut document = with_operation(
        "post",
        &json!({ "requestBody": body("Sent"), "responses": { "201": { "$ref": "#/components/responses/Created" } } }),
        &json!({ "Sent": thing, "Read": thing, "Inner": thing }),
    );
    document["components"]["responses"]["Created"] = body("Read");
    let schemas = rewrite(&document)["components"]["schemas"].clone();
    assert_eq!(
        schemas["Sent"]["properties"],
        json!({ "name": { "type": "string" } })
    );
    assert_eq!(schemas["Read"], thing);
}

#[test]
fn updates_can_clear_nullable_members() {
    let update = json!({ "type": "object", "properties": {
        "name": { "type": "string" },
        "description": { "type": "string", "nullable": true, "maxLength": 5, "description": "d" },
        "settings": or_null("Settings"),
    } });
    let document = with_operation(
        "patch",
        &json!({ "requestBody": body("Update"), "responses": {} }),
        &json!({
            "Update": update,
            "Create": { "allOf": [reference("Update"), { "type": "object" }] },
            "Settings": { "type": "object" },
        }),
    );
    let schemas = rewrite(&document)["components"]["schemas"].clone();
    let properties = &schemas["Update"]["properties"];
    assert_eq!(properties["name"], json!({ "type": "string" }));
    assert_eq!(
        properties["description"],
        json!({
            "x-rust-type": {
                "crate": "openapi-contract-client",
                "version": "*",
                "path": "openapi_contract_client::Patch",
                "parameters": [{ "type": "string", "description": "d" }],
            },
            "description": "d",
        })
    );
    assert_eq!(
        properties["settings"]["x-rust-type"]["parameters"],
        json!([reference("Settings")])
    );
    assert_eq!(
        schemas["Create"]["properties"]["description"]["nullable"],
        json!(true)
    );
}

#[test]
fn numbers_in_plain_text_are_json() {
    let answers = |schema: Value| {
        let operation = json!({ "responses": { "200": { "content": { "text/plain": { "schema": schema } } } } });
        let rewritten = rewrite(&with_operation("get", &operation, &json!({})));
        rewritten["paths"]["/things"]["get"]["responses"]["200"]["content"].clone()
    };
    for number in [
        json!({ "type": "integer", "format": "int64", "minimum": 0 }),
        json!({ "type": "string", "pattern": "^(0|[1-9][0-9]*)$" }),
    ] {
        assert_eq!(
            answers(number),
            json!({ "application/json": { "schema": { "type": "integer", "format": "int64" } } })
        );
    }
    // A text of digits may begin with zeros, which no JSON number does.
    for pattern in [Value::Null, json!("^[0-9]+$")] {
        let content = answers(json!({ "type": "string", "pattern": pattern }));
        assert_eq!(
            content,
            json!({ "text/plain": { "schema": { "type": "string" } } })
        );
    }
}

#[test]
fn one_error_stands_for_every_failure() {
    let responses = |responses: Value| {
        let mut document = with_operation("get", &json!({ "responses": responses }), &json!({}));
        document["components"]["responses"] =
            json!({ "Bad": body("Error"), "Busy": body("Error"), "Odd": body("Other") });
        rewrite(&document)["paths"]["/things"]["get"]["responses"].clone()
    };
    let bad = json!({ "$ref": "#/components/responses/Bad" });
    let busy = json!({ "$ref": "#/components/responses/Busy" });
    let odd = json!({ "$ref": "#/components/responses/Odd" });
    assert_eq!(
        responses(json!({ "204": {}, "400": bad, "503": busy })),
        json!({ "204": {}, "4XX": bad, "5XX": bad })
    );
    assert_eq!(responses(json!({ "204": {} })), json!({ "204": {} }));
    assert_eq!(
        responses(json!({ "400": odd, "default": bad })),
        json!({ "4XX": odd, "5XX": odd })
    );
}

#[test]
fn successes_that_differ_become_one_with_a_body() {
    let responses = |responses: Value| {
        let document = with_operation("post", &json!({ "responses": responses }), &json!({}));
        rewrite(&document)["paths"]["/things"]["post"]["responses"].clone()
    };
    let same = json!({ "200": body("Thing"), "201": body("Thing") });
    assert_eq!(responses(same.clone()), same);
    assert_eq!(
        responses(json!({ "202": {}, "201": body("Thing") })),
        json!({ "201": body("Thing") })
    );
    assert_eq!(
        responses(json!({ "200": body("Thing"), "207": body("Results") })),
        json!({ "200": body("Thing") })
    );
}

#[test]
fn bodies_are_sent_as_json() {
    let media = json!({ "schema": reference("Thing") });
    let given = json!({ "text/plain": media, "application/json": media });
    let mut document = with_operation(
        "post",
        &json!({ "requestBody": { "content": given }, "responses": {} }),
        &json!({}),
    );
    document["components"]["requestBodies"]["Thing"]["content"] = given;
    let rewritten = rewrite(&document);
    let expected = json!({ "application/json": media });
    assert_eq!(
        rewritten["paths"]["/things"]["post"]["requestBody"]["content"],
        expected
    );
    assert_eq!(
        rewritten["components"]["requestBodies"]["Thing"]["content"],
        expected
    );
}

#[test]
fn schemas_of_names_that_are_taken_are_called_otherwise() {
    let thing = json!({ "type": "object", "properties": { "box": reference("Box"), "other": reference("Other") } });
    let rewritten = schemas(&json!({
        "Box": { "type": "object" },
        "Other": { "type": "object" },
        "Thing": thing,
        "Union": {
            "oneOf": [reference("Box")],
            "discriminator": { "propertyName": "a", "mapping": { "box": "#/components/schemas/Box" } },
        },
    }));
    assert_eq!(rewritten.get("Box"), None);
    assert_eq!(rewritten["BoxSchema"], json!({ "type": "object" }));
    assert_eq!(
        rewritten["Thing"]["properties"],
        json!({ "box": reference("BoxSchema"), "other": reference("Other") })
    );
    assert_eq!(
        rewritten["Union"]["discriminator"]["mapping"]["box"],
        "#/components/schemas/BoxSchema"
    );
}

#[test]
fn types_in_place_are_named_as_in_the_server() {
    let document = with_operation(
        "post",
        &json!({
            "parameters": [{ "name": "order", "in": "query", "schema": { "type": "string", "enum": ["up"] } }],
            "requestBody": { "content": { "application/json": { "schema": { "type": "array", "items": {} } } } },
            "responses": { "200": { "content": { "application/json": { "schema": {
                "type": "object", "properties": { "kind": { "type": "string", "nullable": true, "enum": ["a", null] } },
            } } } } },
        }),
        &json!({ "Thing": { "type": "object", "properties": {
            "parts": { "type": "array", "items": { "type": "object", "properties": { "or": or_null("Other") } } },
            "composed": { "allOf": [reference("Other"), { "type": "object", "properties": { "a": { "enum": ["a"], "type": "string" } } }] },
        } }, "Other": { "type": "object" } }),
    );
    let rewritten = rewrite(&document);
    let operation = &rewritten["paths"]["/things"]["post"];
    let id = document["paths"]["/things"]["post"]["operationId"].as_str();
    let id = crate::names::pascal(id.unwrap_or("post /things"));
    assert_eq!(
        operation["parameters"][0]["schema"],
        reference(&format!("{id}Order"))
    );
    assert_eq!(
        operation["requestBody"]["content"]["application/json"]["schema"],
        reference(&format!("{id}Body"))
    );
    let schemas = &rewritten["components"]["schemas"];
    assert_eq!(
        schemas[format!("{id}Response200")]["properties"]["kind"],
        json!({ "nullable": true, "allOf": [reference(&format!("{id}Response200Kind"))] })
    );
    assert_eq!(
        schemas[format!("{id}Response200Kind")],
        json!({ "type": "string", "enum": ["a"] })
    );
    assert_eq!(
        schemas["Thing"]["properties"]["parts"]["items"],
        reference("ThingPartsItem")
    );
    assert_eq!(
        schemas["ThingComposed"]["properties"]["a"],
        reference("ThingComposedA")
    );
}

#[test]
fn choices_are_one_of_and_null_where_they_are_used() {
    let rewritten = schemas(&json!({
        "Value": { "anyOf": [{ "type": "string", "nullable": true }, { "type": "boolean" }] },
        "Thing": {
            "type": "object",
            "properties": { "value": reference("Value") },
            "additionalProperties": { "type": "array", "items": reference("Value") },
        },
    }));
    assert_eq!(
        rewritten["Value"],
        json!({ "oneOf": [{ "type": "string" }, { "type": "boolean" }] })
    );
    let nullable = json!({ "nullable": true, "allOf": [reference("Value")] });
    assert_eq!(rewritten["Thing"]["properties"]["value"], nullable);
    assert_eq!(
        rewritten["Thing"]["additionalProperties"]["items"],
        nullable
    );
}

#[test]
fn default_variant_comes_last_and_need_not_say_what_it_is() {
    let variant = |required: Value| json!({ "type": "object", "required": required, "properties": { "type": { "type": "string" } } });
    let union = |mapping: Value| {
        json!({
            "oneOf": [reference("Person"), reference("Group")],
            "discriminator": { "propertyName": "type", "mapping": mapping },
            "x-default-variant": "#/components/schemas/Person",
        })
    };
    let rewritten = |mapping: Value| {
        schemas(
            &json!({ "Member": union(mapping), "Person": variant(json!([])), "Group": variant(json!(["type"])) }),
        )
    };
    let group = "#/components/schemas/Group";
    let both = rewritten(json!({ "person": "#/components/schemas/Person", "group": group }));
    assert_eq!(
        both["Member"]["oneOf"],
        json!([reference("Group"), reference("Person")])
    );
    assert_eq!(
        both["Person"]["properties"]["type"]["enum"],
        json!(["person"])
    );
    assert_eq!(both["Person"]["required"], json!([]));
    assert_eq!(both["Group"]["required"], json!(["type"]));
    let others = rewritten(json!({ "group": group }));
    assert_eq!(
        others["Person"]["properties"]["type"],
        json!({ "type": "string" })
    );
    assert_eq!(others["Group"]["required"], json!(["type"]));
}

#[test]
fn lists_in_the_query_are_one_text() {
    let list = json!({ "name": "$select", "in": "query", "explode": false, "schema": { "type": "array", "items": { "type": "string" } } });
    let document = with_operation(
        "get",
        &json!({ "parameters": [list], "responses": {} }),
        &json!({}),
    );
    let rewritten = rewrite(&document);
    assert_eq!(
        rewritten["paths"]["/things"]["get"]["parameters"][0]["schema"],
        json!({ "type": "string" })
    );
}
