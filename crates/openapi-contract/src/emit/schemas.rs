//! Schemas in place: their Rust type, how a JSON value is read into it, and how it is described.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use crate::{
    ir::{Count, Format, Leniency, Schema, TextRules, Ty},
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
            let item = repeated(item);
            quote!(Vec<#item>)
        }
        Ty::Map { value, .. } => {
            let value = repeated(value);
            quote!(runtime::Map<#value>)
        }
        Ty::Free => quote!(runtime::FreeObject),
        Ty::Any => quote!(runtime::Json),
        Ty::Named(name) => {
            let name = ident(&names::type_name(name));
            quote!(types::#name)
        }
    }
}

/// The Rust type of an item of an array, or a value of a map.
pub(super) fn repeated(schema: &Schema) -> TokenStream {
    let ty = rust_type(&schema.ty);
    if schema.nullable {
        quote!(Option<#ty>)
    } else {
        ty
    }
}

/// An expression of type `FnOnce(Node, &mut Reader) -> Option<T>`, for the schema without its `null`.
pub(super) fn reader(schema: &Schema, patterns: &mut Patterns) -> TokenStream {
    let node = if schema.is_lenient(Leniency::Text) {
        quote!(&node.unquoted())
    } else {
        quote!(&node)
    };
    let body = match &schema.ty {
        Ty::Text(rules) => {
            let mut rules = rules.clone();
            if let Some(pattern) = &mut rules.pattern
                && schema.is_lenient(Leniency::Case)
            {
                pattern.source.insert_str(0, "(?i)");
            }
            let rules = text_rules(&rules, patterns);
            if schema.is_lenient(Leniency::Comma) {
                quote!(at.joined(&node, #rules))
            } else {
                quote!(at.text(&node, #rules))
            }
        }
        Ty::Integer { bits, min, max, .. } => {
            let (min, max) = (option(min.map(int)), option(max.map(int)));
            let read = format_ident!("int{bits}");
            quote!(at.#read(#node, #min, #max))
        }
        Ty::Double { min, max, .. } => {
            let (min, max) = (option(*min), option(*max));
            quote!(at.double(#node, #min, #max))
        }
        Ty::Boolean => quote!(at.boolean(#node)),
        Ty::Array { item, .. } => {
            let (rules, item) = (array_rules(schema), repeated_reader(item, patterns));
            quote!(at.array(node, #rules, #item))
        }
        Ty::Map { value, count } => {
            let (count, value) = (self::counted(*count), repeated_reader(value, patterns));
            quote!(at.map(node, #count, #value))
        }
        Ty::Free => quote!(at.free(&node)),
        Ty::Any => quote!(at.any(&node)),
        Ty::Named(_) => {
            let ty = rust_type(&schema.ty);
            quote!(<#ty as runtime::FromJson>::from_json(node, at))
        }
    };
    quote!(|node, at| #body)
}

/// As [`reader`], of an item or a value that may be `null`.
pub(super) fn repeated_reader(schema: &Schema, patterns: &mut Patterns) -> TokenStream {
    let read = reader(schema, patterns);
    if schema.nullable {
        quote!(|node, at| at.nullable(node, #read))
    } else {
        read
    }
}

/// An expression of type `Count`.
pub(super) fn counted(counted: Count) -> TokenStream {
    let (min, max) = (
        option(counted.min.map(count)),
        option(counted.max.map(count)),
    );
    quote!(runtime::Count { min: #min, max: #max })
}

/// An expression of type `&ArrayRules`, for an array.
pub(super) fn array_rules(schema: &Schema) -> TokenStream {
    let Ty::Array { count, unique, .. } = &schema.ty else {
        unreachable!("asked of arrays only");
    };
    let mut rules = TokenStream::new();
    if *count != Count::default() {
        let count = counted(*count);
        rules.extend(quote!(count: #count,));
    }
    for (is_set, name) in [
        (*unique, "unique"),
        (schema.is_lenient(Leniency::Single), "single"),
        (schema.is_lenient(Leniency::Comma), "comma"),
    ] {
        if is_set {
            let name = ident(name);
            rules.extend(quote!(#name: true,));
        }
    }
    if rules.is_empty() {
        return quote!(&runtime::ArrayRules::NONE);
    }
    quote!(&runtime::ArrayRules { #rules ..runtime::ArrayRules::NONE })
}

pub(super) fn text_rules(rules: &TextRules, patterns: &mut Patterns) -> TokenStream {
    let mut fields = TokenStream::new();
    if let Some(min) = rules.min.map(count) {
        fields.extend(quote!(min: Some(#min),));
    }
    if let Some(max) = rules.max.map(count) {
        fields.extend(quote!(max: Some(#max),));
    }
    if let Some(pattern) = &rules.pattern {
        let pattern = patterns.path(pattern);
        fields.extend(quote!(pattern: Some(#pattern),));
    }
    if let Some(format) = rules.format {
        let format = format_ident!("{format:?}");
        fields.extend(quote!(format: Some(runtime::Format::#format),));
    }
    if fields.is_empty() {
        return quote!(&runtime::TextRules::NONE);
    }
    quote!(&runtime::TextRules { #fields ..runtime::TextRules::NONE })
}

/// A value of a schema that the document gives, as an expression.
pub(super) fn literal(value: &Value, ty: &Ty) -> TokenStream {
    match (value, ty) {
        (Value::String(text), Ty::Named(_)) => {
            let ty = rust_type(ty);
            quote!(#ty::from_name(#text).expect("the generator has looked it up"))
        }
        (Value::String(text), _) => quote!(#text.to_owned()),
        (Value::Bool(flag), _) => quote!(#flag),
        (Value::Array(items), Ty::Array { item, .. }) => {
            let items = items.iter().map(|value| match (value, item.nullable) {
                (Value::Null, _) => quote!(None),
                (value, nullable) => {
                    let value = literal(value, &item.ty);
                    if nullable {
                        quote!(Some(#value))
                    } else {
                        value
                    }
                }
            });
            quote!(Vec::from([#(#items),*]))
        }
        (number, Ty::Double { .. }) => {
            let number = number.as_f64().unwrap_or_default();
            quote!(#number)
        }
        (number, _) => {
            let number = int(number.as_i64().unwrap_or_default());
            quote!(#number)
        }
    }
}

/// An expression of type `MetaSchemaRef`, with the notes beside it. Where a named schema is part of it, `registry` must be in scope.
pub(super) fn described(schema: &Schema, read_only: bool) -> TokenStream {
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
        (schema.nullable, "nullable"),
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
            return quote!(runtime::described::<#ty>(registry));
        }
        return quote!(runtime::noted::<#ty>(registry, MetaSchema { #notes ..MetaSchema::ANY }));
    }
    let facts = facts(&schema.ty);
    if facts.is_empty() && notes.is_empty() {
        return quote!(runtime::inline(MetaSchema::ANY));
    }
    quote!(runtime::inline(MetaSchema { #facts #notes ..MetaSchema::ANY }))
}

/// The members of `MetaSchema` that say the type.
pub(super) fn facts(ty: &Ty) -> TokenStream {
    match ty {
        Ty::Text(rules) => {
            let format = rules.format.map(format_name);
            let format = format.map(|format| quote!(format: Some(#format),));
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
            quote!(ty: "string", #format #min #max #pattern)
        }
        Ty::Integer {
            bits,
            format,
            min,
            max,
        } => {
            let format = format.then(|| {
                let format = format!("int{bits}");
                quote!(format: Some(#format),)
            });
            #[expect(
                clippy::cast_precision_loss,
                reason = "poem-openapi keeps every number as a double"
            )]
            let bounds = bounds(min.map(|min| min as f64), max.map(|max| max as f64));
            quote!(ty: "integer", #format #bounds)
        }
        Ty::Double { format, min, max } => {
            let format = format.then(|| quote!(format: Some("double"),));
            let bounds = bounds(*min, *max);
            quote!(ty: "number", #format #bounds)
        }
        Ty::Boolean => quote!(ty: "boolean",),
        Ty::Array {
            item,
            count: counted,
            unique,
        } => {
            let item = described(item, false);
            let min = counted
                .min
                .map(count)
                .map(|min| quote!(min_items: Some(#min),));
            let max = counted
                .max
                .map(count)
                .map(|max| quote!(max_items: Some(#max),));
            let unique = unique.then(|| quote!(unique_items: Some(true),));
            quote!(ty: "array", items: Some(Box::new(#item)), #min #max #unique)
        }
        Ty::Map { value, count } => {
            let (value, count) = (described(value, false), properties(*count));
            quote!(ty: "object", additional_properties: Some(Box::new(#value)), #count)
        }
        Ty::Free => {
            quote!(ty: "object", additional_properties: Some(Box::new(runtime::inline(MetaSchema::ANY))),)
        }
        Ty::Any => TokenStream::new(),
        Ty::Named(_) => unreachable!("a reference has no facts of its own"),
    }
}

/// How many members an object has, as members of `MetaSchema`.
pub(super) fn properties(counted: Count) -> TokenStream {
    let min = counted.min.map(count);
    let min = min.map(|min| quote!(min_properties: Some(#min),));
    let max = counted.max.map(count);
    let max = max.map(|max| quote!(max_properties: Some(#max),));
    quote!(#min #max)
}

fn format_name(format: Format) -> &'static str {
    match format {
        Format::DateTime => "date-time",
        Format::Uri => "uri",
        Format::Uuid => "uuid",
        Format::Email => "email",
        Format::Byte => "byte",
    }
}

fn bounds(min: Option<f64>, max: Option<f64>) -> TokenStream {
    let min = min.map(|min| quote!(minimum: Some(#min),));
    let max = max.map(|max| quote!(maximum: Some(#max),));
    quote!(#min #max)
}
