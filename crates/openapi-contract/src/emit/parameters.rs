//! Parameters: a marker type for each, which knows its rules and describes itself.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::ir::{Parameter, Schema, Spec, Ty};

use super::{Patterns, ident, int, option, schemas};

/// A marker type for each parameter.
pub(super) fn parameters(spec: &Spec, patterns: &mut Patterns) -> TokenStream {
    let markers: Vec<_> = spec
        .parameters
        .iter()
        .map(|parameter| marker(parameter, patterns))
        .collect();
    quote! {
        /// The parameters of the document.
        mod parameters {
            use super::{poem_openapi::registry::{MetaSchema, MetaSchemaRef, Registry}, runtime, types};
            #(#markers)*
        }
    }
}

fn marker(parameter: &Parameter, patterns: &mut Patterns) -> TokenStream {
    let (name, marker) = (&parameter.name, ident(&parameter.ident));
    let (required, value) = (parameter.required, value_type(parameter));
    let read = read(&parameter.schema, patterns);
    let schema = schemas::described(&parameter.schema, false);
    let registry = super::registry(&schema);
    let default = parameter.schema.default.as_ref();
    let (present, absent) = match (required, default) {
        (true, _) => (
            quote!(value),
            quote!(Err((runtime::Kind::Missing, "is required".to_owned()))),
        ),
        (false, Some(default)) => {
            let default = schemas::literal(default, &parameter.schema.ty);
            (quote!(value), quote!(Ok(#default)))
        }
        (false, None) => (quote!(Some(value)), quote!(Ok(None))),
    };
    quote! {
        pub(super) struct #marker;

        impl runtime::Parameter for #marker {
            const NAME: &'static str = #name;
            const REQUIRED: bool = #required;
            type Value = #value;

            fn schema(#registry: &mut Registry) -> MetaSchemaRef {
                #schema
            }

            fn read(raw: Option<&str>) -> Result<Self::Value, (runtime::Kind, String)> {
                let Some(raw) = raw else { return #absent };
                #read.map(|value| #present).map_err(|rule| (runtime::Kind::Value, rule))
            }
        }
    }
}

/// What the handler gets: an `Option`, unless there always is a value.
pub(super) fn value_type(parameter: &Parameter) -> TokenStream {
    let ty = schemas::rust_type(&parameter.schema.ty);
    if parameter.required || parameter.schema.default.is_some() {
        ty
    } else {
        quote!(Option<#ty>)
    }
}

/// An expression that reads `raw: &str`.
fn read(schema: &Schema, patterns: &mut Patterns) -> TokenStream {
    match &schema.ty {
        Ty::Text(rules) => {
            let rules = schemas::text_rules(rules, patterns);
            quote!(runtime::text_value(raw, #rules).map(|()| raw.to_owned()))
        }
        Ty::Integer { bits, min, max, .. } => {
            let (min, max) = (option(min.map(int)), option(max.map(int)));
            let read = format_ident!("int{bits}");
            quote!(runtime::#read(raw, #min, #max))
        }
        Ty::Double { min, max, .. } => {
            let (min, max) = (option(*min), option(*max));
            quote!(runtime::double(raw, #min, #max))
        }
        Ty::Boolean => quote!(runtime::boolean(raw)),
        Ty::Array { item, .. } => {
            let (rules, item) = (schemas::array_rules(schema), read(item, patterns));
            quote!(runtime::list(raw, #rules, |raw| #item))
        }
        Ty::Named(_) => {
            let ty = schemas::rust_type(&schema.ty);
            quote!(runtime::one_of::<#ty>(raw))
        }
        Ty::Map { .. } | Ty::Free | Ty::Any => {
            unreachable!("lowering allows scalars and lists only")
        }
    }
}
