//! Schemas in place: their Rust type, how a JSON value is read into it, and how it is described.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::{
    ir::{Schema, TextRules, Ty},
    names,
};

use super::{Patterns, count, ident, int, option};

/// The Rust type.
pub(super) fn rust_type(ty: &Ty) -> TokenStream {
    match ty {
        Ty::Text(_) => quote!(String),
        Ty::Integer { bits: 32, .. } => quote!(i32),
        Ty::Integer { .. } => quote!(i64),
        Ty::Double { .. } => quote!(f64),
        Ty::Boolean => quote!(bool),
        Ty::Array { item, .. } => {
            let item = rust_type(item);
            quote!(Vec<#item>)
        }
        Ty::Named(name) => {
            let name = ident(&names::type_name(name));
            quote!(super::types::#name)
        }
    }
}

/// An expression of type `FnOnce(Node, &mut Reader) -> Option<T>`.
pub(super) fn reader(ty: &Ty, patterns: &mut Patterns) -> TokenStream {
    match ty {
        Ty::Text(rules) => {
            let rules = text_rules(rules, patterns);
            quote!(|node, at| at.text(node, #rules))
        }
        Ty::Integer { bits, min, max } => {
            let (min, max) = (option(min.map(int)), option(max.map(int)));
            let read = format_ident!("int{bits}");
            quote!(|node, at| at.#read(node, #min, #max))
        }
        Ty::Double { min, max } => {
            let (min, max) = (option(*min), option(*max));
            quote!(|node, at| at.double(node, #min, #max))
        }
        Ty::Boolean => quote!(|node, at| at.boolean(node)),
        Ty::Array {
            item,
            min,
            max,
            unique,
        } => {
            let item = reader(item, patterns);
            let (min, max) = (option(min.map(count)), option(max.map(count)));
            quote!(|node, at| at.array(node, &runtime::ArrayRules { min: #min, max: #max, unique: #unique }, #item))
        }
        Ty::Named(_) => {
            let ty = rust_type(ty);
            quote!(|node, at| <#ty as runtime::FromJson>::from_json(node, at))
        }
    }
}

pub(super) fn text_rules(rules: &TextRules, patterns: &mut Patterns) -> TokenStream {
    let (min, max) = (option(rules.min.map(count)), option(rules.max.map(count)));
    let pattern = option(rules.pattern.as_ref().map(|pattern| patterns.path(pattern)));
    quote!(&runtime::TextRules { min: #min, max: #max, pattern: #pattern })
}

/// An expression of type `MetaSchemaRef`, with the notes beside it.
pub(super) fn described(schema: &Schema, nullable: bool, read_only: bool) -> TokenStream {
    let mut notes = TokenStream::new();
    if let Some(description) = &schema.description {
        notes.extend(quote!(description: Some(#description),));
    }
    if let Some(default) = &schema.default {
        let default = default.to_string();
        notes.extend(quote!(default: runtime::serde_json::from_str(#default).ok(),));
    }
    for (flag, name) in [
        (schema.deprecated, "deprecated"),
        (nullable, "nullable"),
        (read_only, "read_only"),
    ] {
        if flag {
            let name = ident(name);
            notes.extend(quote!(#name: true,));
        }
    }
    if let Ty::Named(_) = schema.ty {
        let ty = rust_type(&schema.ty);
        if notes.is_empty() {
            return quote!(runtime::reference::<#ty>());
        }
        notes.extend(quote!(all_of: Vec::from([runtime::reference::<#ty>()]),));
        return quote!(runtime::inline(MetaSchema { #notes ..MetaSchema::ANY }));
    }
    let facts = facts(&schema.ty);
    quote!(runtime::inline(MetaSchema { #facts #notes ..MetaSchema::ANY }))
}

/// The members of `MetaSchema` that say the type.
fn facts(ty: &Ty) -> TokenStream {
    match ty {
        Ty::Text(rules) => {
            let min = rules
                .min
                .map(count)
                .map(|min| quote!(min_length: Some(#min),));
            let max = rules
                .max
                .map(count)
                .map(|max| quote!(max_length: Some(#max),));
            let pattern = rules
                .pattern
                .as_ref()
                .map(|pattern| &pattern.source)
                .map(|pattern| quote!(pattern: Some(#pattern.to_owned()),));
            quote!(ty: "string", #min #max #pattern)
        }
        Ty::Integer { bits, min, max } => {
            let format = format!("int{bits}");
            #[expect(
                clippy::cast_precision_loss,
                reason = "poem-openapi keeps every number as a double"
            )]
            let bounds = bounds(min.map(|min| min as f64), max.map(|max| max as f64));
            quote!(ty: "integer", format: Some(#format), #bounds)
        }
        Ty::Double { min, max } => {
            let bounds = bounds(*min, *max);
            quote!(ty: "number", format: Some("double"), #bounds)
        }
        Ty::Boolean => quote!(ty: "boolean",),
        Ty::Array {
            item,
            min,
            max,
            unique,
        } => {
            let item = Schema {
                ty: (**item).clone(),
                description: None,
                deprecated: false,
                default: None,
            };
            let item = described(&item, false, false);
            let min = min.map(count).map(|min| quote!(min_items: Some(#min),));
            let max = max.map(count).map(|max| quote!(max_items: Some(#max),));
            let unique = unique.then(|| quote!(unique_items: Some(true),));
            quote!(ty: "array", items: Some(Box::new(#item)), #min #max #unique)
        }
        Ty::Named(_) => unreachable!("a reference has no facts of its own"),
    }
}

fn bounds(min: Option<f64>, max: Option<f64>) -> TokenStream {
    let min = min.map(|min| quote!(minimum: Some(#min),));
    let max = max.map(|max| quote!(maximum: Some(#max),));
    quote!(#min #max)
}

/// Statements that register the named schema behind a type, if there is one.
pub(super) fn registered(ty: &Ty) -> TokenStream {
    match ty {
        Ty::Named(_) => {
            let ty = rust_type(ty);
            quote!(runtime::register::<#ty>(registry);)
        }
        Ty::Array { item, .. } => registered(item),
        _ => TokenStream::new(),
    }
}
