//! The typed client: progenitor's output for the document in its dialect, printed as Rust source.
//!
//! progenitor decides the shape; what is decided here are its settings, the few serde attributes that no schema can ask for, and
//! that the client's own code stands between each request and its answer.

mod answers;
mod documentation;
mod path;
mod send;

use std::panic::{AssertUnwindSafe, catch_unwind};

use progenitor::{CrateVers, GenerationSettings, Generator, InterfaceStyle, TagStyle};
use serde_json::{Map, Value, json};
use syn::{ImplItem, Item, Token, Visibility, parse_quote, punctuated::Punctuated};

use crate::{
    document::escape,
    ir::Spec,
    progenitor_dialect::{FACADE, FACADE_CRATE, discriminator_aliases, reachable, rewrite},
};

/// The member of an OData enumeration that stands for members added later.
const UNKNOWN_MEMBER: &str = "unknownFutureValue";

/// The source of the client module for an OpenAPI document.
///
/// It names what is written by hand by [`FACADE`], for which [`print()`] puts the module's path.
///
/// # Errors
///
/// What progenitor could not express, in its own words. It knows no places in the document, and says some of it by a panic, which
/// is caught. Lowering has checked the document before and names the place of what is known to be wrong.
pub(crate) fn generate(document: &Value, spec: &Spec) -> Result<String, String> {
    let mut file = by_progenitor(document)?;
    annotate_variants(&mut file, &discriminator_aliases(document));
    keep_constructors_private(&mut file.items);
    if let Some(calls) = documentation::module(&mut file.items, "builder") {
        keep_constructors_private(calls);
        path::check_segments(calls)?;
    }
    let several = answers::of(spec);
    send::split(&mut file, &several)?;
    file.items.extend(answers::module(&several));
    documentation::complete(&mut file, document);
    // Its examples are sketches, not programs: keep rustdoc from taking them for tests.
    Ok(prettyplease::unparse(&file).replace("```ignore", "```text"))
}

/// progenitor's module for a document.
fn by_progenitor(document: &Value) -> Result<syn::File, String> {
    let rewritten = serde_json::from_value(rewrite(document))
        .map_err(|error| format!("the document is not OpenAPI 3.0: {error}"))?;
    let tokens = catch_unwind(AssertUnwindSafe(|| {
        Generator::new(&settings()).generate_tokens(&rewritten)
    }))
    .map_err(|panic| format!("progenitor gave up: {}", panic_message(panic.as_ref())))?
    .map_err(|error| format!("progenitor: {error}"))?;
    syn::parse2(tokens).map_err(|error| format!("progenitor wrote no Rust: {error}"))
}

/// The pointer of the smallest part for which progenitor makes no client: a named schema with those that it refers to, or else an
/// operation; the whole document, if each part alone is fine.
pub(crate) fn culprit(document: &Value) -> String {
    let mut alone = document.clone();
    alone["paths"] = Value::Object(Map::new());
    let schemas = document.pointer("/components/schemas");
    let schemas = schemas.and_then(Value::as_object);
    let mut failing: Vec<(usize, &String)> = Vec::new();
    for (name, schema) in schemas.into_iter().flatten() {
        let mut needed = reachable(document, std::iter::once(schema));
        needed.insert(name.clone());
        let part = schemas.into_iter().flatten();
        let part = part.filter(|(name, _)| needed.contains(*name));
        let part = part.map(|(name, schema)| (name.clone(), schema.clone()));
        alone["components"]["schemas"] = part.collect();
        if by_progenitor(&alone).is_err() {
            failing.push((needed.len(), name));
        }
    }
    if let Some((_, name)) = failing.iter().min() {
        return format!("/components/schemas/{}", escape(name));
    }
    let paths = document.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        for method in item.as_object().into_iter().flat_map(Map::keys) {
            let mut part = item.clone();
            if let Some(part) = part.as_object_mut() {
                part.retain(|key, _| key == method || key == "parameters");
            }
            let mut alone = document.clone();
            alone["paths"] = json!({ path: part });
            if by_progenitor(&alone).is_err() {
                return format!("/paths/{}/{method}", escape(path));
            }
        }
    }
    String::new()
}

/// The source with the path of the module that is written by hand.
pub(crate) fn print(source: &str, facade: &str) -> String {
    source.replace(&format!("::{FACADE}::"), &format!("{facade}::"))
}

fn settings() -> GenerationSettings {
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_tag(TagStyle::Merged)
        .with_inner_type(quote::quote!(::openapi_contract_client::Inner))
        .with_crate(FACADE_CRATE, CrateVers::Any, None);
    settings
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> &str {
    panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message")
}

/// Lets enums read more than the document lists: an evolvable enum takes what it does not know for its [`UNKNOWN_MEMBER`], and a
/// discriminator is read in each of its spellings.
fn annotate_variants(file: &mut syn::File, aliases: &[(String, Vec<String>)]) {
    let modules = file.items.iter_mut().filter_map(|item| match item {
        Item::Mod(module) => module.content.as_mut(),
        _ => None,
    });
    let variants = modules
        .flat_map(|(_, items)| items)
        .filter_map(|item| match item {
            Item::Enum(item) => Some(&mut item.variants),
            _ => None,
        });
    for variants in variants {
        annotate(variants, aliases);
        // serde reads what it does not know as the last one.
        let name = |variant: &syn::Variant| wire_name(variant).as_deref() == Some(UNKNOWN_MEMBER);
        let (other, mut known): (Vec<_>, Vec<_>) =
            std::mem::take(variants).into_iter().partition(name);
        known.extend(other);
        variants.extend(known);
    }
}

fn annotate(variants: &mut Punctuated<syn::Variant, Token![,]>, aliases: &[(String, Vec<String>)]) {
    for variant in variants {
        let Some(name) = wire_name(variant) else {
            continue;
        };
        if name == UNKNOWN_MEMBER {
            variant.attrs.push(parse_quote!(#[serde(other)]));
        }
        for alias in aliases
            .iter()
            .filter(|(first, _)| *first == name)
            .flat_map(|(_, rest)| rest)
        {
            variant.attrs.push(parse_quote!(#[serde(alias = #alias)]));
        }
    }
}

/// Leaves building a client to the hand-written builder, which checks what it is given, and beginning a call to the client.
fn keep_constructors_private(items: &mut [Item]) {
    for item in items {
        let Item::Impl(item) = item else { continue };
        for member in &mut item.items {
            if let ImplItem::Fn(function) = member
                && function.sig.receiver().is_none()
                && matches!(function.vis, Visibility::Public(_))
            {
                function.vis = parse_quote!(pub(crate));
            }
        }
    }
}

/// The name that `#[serde(rename = "…")]` gives a variant.
fn wire_name(variant: &syn::Variant) -> Option<String> {
    let mut name = None;
    for attribute in variant.attrs.iter().filter(|a| a.path().is_ident("serde")) {
        // An attribute of another form holds no name.
        let _ = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("rename") {
                name = Some(meta.value()?.parse::<syn::LitStr>()?.value());
            }
            Ok(())
        });
    }
    name
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::ir::Spec;

    fn generate(document: &Value) -> Result<String, String> {
        let source = super::generate(document, &Spec::default())?;
        Ok(super::print(&source, "crate::client"))
    }

    /// A document with one PATCH operation on a schema.
    fn document(properties: &Value, responses: &Value) -> Value {
        let thing = json!({ "$ref": "#/components/schemas/Thing" });
        json!({
            "openapi": "3.0.3",
            "info": { "title": "Things", "version": "1.0.0" },
            "paths": { "/things/{id}": { "patch": {
                "operationId": "updateThing",
                "parameters": [
                    { "name": "id", "in": "path", "required": true, "schema": { "type": "string", "pattern": "^a" } },
                ],
                "requestBody": { "required": true, "content": { "application/json": { "schema": thing } } },
                "responses": responses,
            } } },
            "components": { "schemas": { "Thing": { "type": "object", "properties": properties } } },
        })
    }

    #[track_caller]
    fn assert_contains(source: &str, pieces: &[&str]) {
        // Where lines break is prettyplease's affair.
        let squeeze = |text: &str| {
            text.split_whitespace()
                .collect::<String>()
                .replace(",>", ">")
        };
        for piece in pieces {
            assert!(
                squeeze(source).contains(&squeeze(piece)),
                "no `{piece}` in:\n{source}"
            );
        }
    }

    #[test]
    fn members_of_an_update_have_three_states() {
        let properties = json!({
            "text": { "type": "string", "nullable": true },
            "list": { "type": "array", "items": { "type": "string" } },
            "plain": { "type": "integer", "format": "int32", "minimum": 0 },
        });
        let source = generate(&document(
            &properties,
            &json!({ "204": { "description": "" } }),
        ));
        assert_contains(
            &source.unwrap(),
            &[
                "pub text: ::std::option::Option<crate::client::Patch<::std::string::String>>",
                "pub list: ::std::option::Option<::std::vec::Vec<::std::string::String>>",
                "pub plain: ::std::option::Option<i32>",
                "id: Result<::std::string::String, String>",
                "pub(crate) fn new_with_client(",
                "pub fn update_thing(&self)",
                "-> Result<ResponseValue<()>, crate::client::Error> {
                    let client = self.client;
                    client.call(self.into_request(), Self::read_response).await",
                "Result<(::reqwest::Request, OperationInfo), Error<()>> { let Self { client, id, body } = self;",
                "Ok((request, info))",
                "-> Result<ResponseValue<()>, Error<()>> { match response.status().as_u16() {",
                "```text",
            ],
        );
    }

    #[test]
    fn what_the_document_says_is_said_where_it_is_set() {
        let properties = json!({
            "text": { "type": "string", "description": "Said once." },
            "other": { "$ref": "#/components/schemas/Other" },
            "silent": { "type": "string" },
        });
        let mut document = document(&properties, &json!({ "204": { "description": "" } }));
        document["components"]["schemas"]["Other"] =
            json!({ "type": "string", "enum": ["one"], "description": "Said of the type." });
        document["paths"]["/things/{id}"]["patch"]["parameters"][0]["description"] =
            json!("Said of the parameter.");
        let source = generate(&document).unwrap();
        assert_contains(
            &source,
            &[
                "///Said of the parameter.\n pub fn id<V>(mut self",
                "///The body, member by member.\n pub fn body_map<F>(mut self",
                "///The value `one`.\n #[serde(rename = \"one\")] One",
                "///Builds a [`Thing`], member by member.\n pub fn builder()",
                "///Builds a [`Thing`](super::Thing), member by member.\n #[derive(Clone, Debug)] pub struct Thing {",
            ],
        );
        for (said, times) in [
            ("Said once.", 2),
            ("Said of the type.", 3),
            ("The member `silent`.", 2),
        ] {
            assert_eq!(source.matches(said).count(), times, "{said}");
        }
    }

    #[test]
    fn enums_read_what_came_later() {
        let properties = json!({
            "open": { "type": "string", "enum": ["a", "unknownFutureValue", "later"] },
            "closed": { "type": "string", "enum": ["a", "b"] },
        });
        let source = generate(&document(
            &properties,
            &json!({ "204": { "description": "" } }),
        ))
        .unwrap();
        assert_contains(
            &source,
            &[r#"Later, ///The value `unknownFutureValue`.
            #[serde(rename = "unknownFutureValue")] #[serde(other)] UnknownFutureValue, }"#],
        );
        assert_eq!(source.matches("#[serde(other)]").count(), 1);
    }

    #[test]
    fn discriminators_are_read_in_each_spelling() {
        let mut document = document(
            &json!({ "union": { "$ref": "#/components/schemas/Union" } }),
            &json!({ "204": { "description": "" } }),
        );
        document["components"]["schemas"]["Union"] = json!({
            "oneOf": [{ "$ref": "#/components/schemas/One" }],
            "discriminator": { "propertyName": "kind", "mapping": {
                "#one": "#/components/schemas/One",
                "one": "#/components/schemas/One",
            } },
        });
        document["components"]["schemas"]["One"] = json!({ "type": "object", "required": ["kind"], "properties": { "kind": { "type": "string" } } });
        assert_contains(
            &generate(&document).unwrap(),
            &[r##"#[serde(rename = "#one")] #[serde(alias = "one")] One"##],
        );
    }

    #[test]
    fn names_of_parameters_are_free() {
        let mut document = document(&json!({}), &json!({ "204": { "description": "" } }));
        let path = document["paths"]["/things/{id}"].as_object_mut().unwrap();
        let mut operation = path.shift_remove("patch").unwrap();
        operation
            .as_object_mut()
            .unwrap()
            .shift_remove("requestBody");
        for name in ["client", "request", "response", "result", "info"] {
            operation["parameters"].as_array_mut().unwrap().push(json!({
                "name": name, "in": "query", "required": true, "schema": { "type": "string" },
            }));
        }
        path.insert("options".into(), operation);
        assert_contains(
            &generate(&document).unwrap(),
            &[
                "pub fn response<V>(mut self",
                "let client = self._client;",
                "let mut _request = _client.client.request(::reqwest::Method::OPTIONS, url)",
                "Ok((_request, info))",
                "async fn read_response(_response: ::reqwest::Response",
            ],
        );
    }

    #[test]
    fn what_progenitor_cannot_do_has_a_place() {
        let dangling = json!({ "other": { "$ref": "#/components/schemas/Other" } });
        let mut document = document(&dangling, &json!({ "204": { "description": "" } }));
        document["components"]["schemas"]["Fine"] = json!({ "type": "object" });
        document["components"]["schemas"]["Holds"] = json!({ "type": "object", "properties": {
            "thing": { "$ref": "#/components/schemas/Thing" },
        } });
        assert_eq!(super::culprit(&document), "/components/schemas/Thing");
        document["components"]["schemas"]["Other"] = json!({ "type": "object" });
        assert_eq!(super::culprit(&document), "");
        let operation = &mut document["paths"]["/things/{id}"]["patch"];
        operation["parameters"][0]["name"] = json!("other");
        assert_eq!(super::culprit(&document), "/paths/~1things~1{id}/patch");
    }

    #[test]
    fn what_progenitor_cannot_do_is_an_error() {
        let dangling = json!({ "other": { "$ref": "#/components/schemas/Other" } });
        let table = [
            (
                document(&dangling, &json!({ "204": { "description": "" } })),
                "progenitor gave up: ",
            ),
            (
                json!({ "openapi": "3.0.3" }),
                "the document is not OpenAPI 3.0: ",
            ),
        ];
        for (document, message) in table {
            let error = generate(&document).unwrap_err();
            assert!(error.starts_with(message), "{error}");
        }
    }
}
