//! Named schemas: Rust types that are written as JSON, that are read by rules, and that describe themselves.

use proc_macro2::TokenStream;
use quote::quote;

use crate::{
    ir::{Field, Kind, Presence, Schema, Spec, Ty, TypeDef, Union},
    names,
};

use super::{Patterns, docs, ident, schemas};

/// `json_text` are the properties that are held as text: (schema, property).
pub(super) fn types(
    spec: &Spec,
    json_text: &[(String, String)],
    patterns: &mut Patterns,
) -> TokenStream {
    for (schema, property) in json_text {
        assert!(
            is_named(spec, schema, property),
            "`{schema}` has no property `{property}` with a named schema"
        );
    }
    let types = spec.types.iter().map(|def| match &def.kind {
        Kind::Struct { fields, closed } => {
            let of_this = json_text.iter().filter(|(schema, _)| *schema == def.schema);
            let as_text: Vec<&str> = of_this.map(|(_, property)| property.as_str()).collect();
            structure(def, fields, *closed, &as_text, patterns)
        }
        Kind::Enum(values) => enumeration(def, values),
        Kind::Union(union) => one_of(def, union),
        Kind::Free => free(def),
    });
    let types: Vec<_> = types.collect();
    quote! {
        /// The named schemas of the document.
        pub(crate) mod types {
            use super::{
                poem_openapi::registry::{MetaDiscriminatorObject, MetaSchema, Registry},
                runtime::{self, ToJson as _},
            };
            #(#types)*
        }
    }
}

/// Whether the schema has a property of a named schema.
fn is_named(spec: &Spec, schema: &str, property: &str) -> bool {
    let mut defs = spec.types.iter().filter(|def| def.schema == schema);
    defs.any(|def| match &def.kind {
        Kind::Struct { fields, .. } => fields
            .iter()
            .any(|field| field.name == property && matches!(field.schema.ty, Ty::Named(_))),
        Kind::Enum(_) | Kind::Union(_) | Kind::Free => false,
    })
}

fn described(def: &TypeDef, body: &TokenStream) -> TokenStream {
    let (name, schema) = (ident(&def.ident), &def.schema);
    let description = super::option(def.description.as_ref());
    quote! {
        impl runtime::Described for #name {
            const NAME: &'static str = #schema;

            fn describe(registry: &mut Registry) -> MetaSchema {
                let mut schema = MetaSchema { description: #description, ..MetaSchema::ANY };
                #body
                schema
            }
        }
    }
}

fn from_json(def: &TypeDef, body: &TokenStream) -> TokenStream {
    if !def.in_request {
        return TokenStream::new();
    }
    let name = ident(&def.ident);
    quote! {
        impl runtime::FromJson for #name {
            fn from_json(node: runtime::Node<'_>, at_: &mut runtime::Reader) -> Option<Self> {
                #body
            }
        }
    }
}

fn to_json(def: &TypeDef, body: &TokenStream) -> TokenStream {
    let name = ident(&def.ident);
    quote! {
        impl runtime::ToJson for #name {
            fn to_json(&self, text_: &mut Vec<u8>) {
                #body
            }
        }
    }
}

fn structure(
    def: &TypeDef,
    fields: &[Field],
    closed: bool,
    as_text: &[&str],
    patterns: &mut Patterns,
) -> TokenStream {
    let (name, doc) = (ident(&def.ident), docs(def.description.as_ref()));
    let is_text = |field: &Field| as_text.contains(&field.name.as_str());
    let members = fields.iter().map(|field| member(field, is_text(field)));
    let wire_names = fields.iter().map(|field| &field.name);
    let mut reads = TokenStream::new();
    let mut sets = TokenStream::new();
    // No property's name in Rust is `object_` or `at_`, so that none hides them.
    for field in fields {
        let (wire_name, field_ident) = (&field.name, ident(&field.ident));
        if field.read_only {
            let unset = if field.presence == Presence::OptionalNullable {
                quote!(runtime::Member::Absent)
            } else {
                quote!(None)
            };
            reads.extend(quote!(object_.ignore(#wire_name);));
            sets.extend(quote!(#field_ident: #unset,));
            continue;
        }
        let how = match field.presence {
            Presence::Required => quote!(required),
            Presence::RequiredNullable => quote!(required_nullable),
            Presence::Optional => quote!(optional),
            Presence::OptionalNullable => quote!(optional_nullable),
        };
        let reader = if is_text(field) {
            let ty = schemas::rust_type(&field.schema.ty);
            quote!(<runtime::JsonText<#ty> as runtime::FromJson>::from_json)
        } else {
            schemas::reader(&field.schema.ty, patterns)
        };
        reads.extend(quote!(let #field_ident = object_.#how(#wire_name, at_, #reader);));
        sets.extend(quote!(#field_ident: #field_ident?,));
    }
    let close = if closed {
        quote!(object_.closed(at_)?;)
    } else {
        quote!(object_.open(Self::MEMBERS, at_);)
    };
    let mutable = (!fields.is_empty()).then(|| quote!(mut));
    let from_json = from_json(
        def,
        &quote! {
            let #mutable object_ = at_.object(node)?;
            #reads
            #close
            Some(Self { #sets })
        },
    );
    let writes = fields.iter().map(write);
    let to_json = to_json(
        def,
        &quote! {
            let #mutable object_ = runtime::ObjectWriter::new(text_);
            #(#writes)*
            object_.end();
        },
    );
    let registered = fields
        .iter()
        .map(|field| schemas::registered(&field.schema.ty));
    let required = fields
        .iter()
        .filter(|field| {
            matches!(
                field.presence,
                Presence::Required | Presence::RequiredNullable
            )
        })
        .map(|field| &field.name);
    let properties = fields.iter().map(|field| {
        let nullable = matches!(
            field.presence,
            Presence::RequiredNullable | Presence::OptionalNullable
        );
        let (name, schema) = (
            &field.name,
            schemas::described(&field.schema, nullable, field.read_only),
        );
        quote!((#name, #schema))
    });
    let described = described(
        def,
        &quote! {
            #(#registered)*
            schema.ty = "object";
            schema.required = Vec::from([#(#required),*]);
            schema.properties = Vec::from([#(#properties),*]);
        },
    );
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq)]
        pub(crate) struct #name { #(#members)* }

        impl #name {
            /// Its members, in the order of the document.
            pub(crate) const MEMBERS: &'static [&'static str] = &[#(#wire_names),*];
        }
        #from_json
        #to_json
        #described
    }
}

fn member(field: &Field, as_text: bool) -> TokenStream {
    let (field_ident, doc) = (ident(&field.ident), docs(field.schema.description.as_ref()));
    let ty = schemas::rust_type(&field.schema.ty);
    let ty = if as_text {
        quote!(runtime::JsonText<#ty>)
    } else {
        ty
    };
    let ty = match field.presence {
        Presence::Required => ty,
        Presence::RequiredNullable | Presence::Optional => quote!(Option<#ty>),
        Presence::OptionalNullable => quote!(runtime::Member<#ty>),
    };
    quote! {
        #doc
        pub(crate) #field_ident: #ty,
    }
}

/// A statement that writes a member.
fn write(field: &Field) -> TokenStream {
    let field_ident = ident(&field.ident);
    let name = json_text(&field.name) + ":";
    match field.presence {
        Presence::Required | Presence::RequiredNullable => {
            quote!(object_.member(#name, &self.#field_ident);)
        }
        Presence::Optional => quote!(object_.optional(#name, self.#field_ident.as_ref());),
        Presence::OptionalNullable => {
            quote!(object_.optional_nullable(#name, &self.#field_ident);)
        }
    }
}

/// A text as JSON has it.
fn json_text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn enumeration(def: &TypeDef, values: &[(String, String)]) -> TokenStream {
    let (name, doc) = (ident(&def.ident), docs(def.description.as_ref()));
    let names: Vec<_> = values.iter().map(|(value, _)| value).collect();
    let variants: Vec<_> = values.iter().map(|(_, variant)| ident(variant)).collect();
    let from_json = from_json(def, &quote!(at_.one_of(node, Self::ALL_VALUES)));
    let texts = names.iter().map(|name| json_text(name));
    let to_json = to_json(
        def,
        &quote! {
            let value: &str = match self { #(Self::#variants => #texts),* };
            text_.extend_from_slice(value.as_bytes());
        },
    );
    let described = described(
        def,
        &quote! {
            schema.ty = "string";
            schema.enum_items = Self::ALL_VALUES.iter().map(|(name, _)| (*name).into()).collect();
        },
    );
    quote! {
        #doc
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum #name { #(#variants),* }

        impl #name {
            /// Every value with its name. No value of a document is called so in Rust.
            pub(crate) const ALL_VALUES: &'static [(&'static str, Self)] = &[#((#names, Self::#variants)),*];

            /// The name in the document.
            pub(crate) fn name(self) -> &'static str {
                match self { #(Self::#variants => #names),* }
            }

            /// The value of a name.
            pub(crate) fn from_name(name: &str) -> Option<Self> {
                match name { #(#names => Some(Self::#variants),)* _ => None }
            }
        }
        #from_json
        #to_json
        #described
    }
}

fn one_of(def: &TypeDef, union: &Union) -> TokenStream {
    let (name, doc) = (ident(&def.ident), docs(def.description.as_ref()));
    let variants: Vec<_> = union
        .variants
        .iter()
        .map(|variant| ident(&names::type_name(variant)))
        .collect();
    let property = &union.discriminator;
    let mapping = union.mapping.iter().map(|(value, schema)| {
        let index = super::count(
            union
                .variants
                .iter()
                .position(|variant| variant == schema)
                .unwrap_or_default(),
        );
        quote!((#value, #index))
    });
    let arms = variants.iter().enumerate().map(|(index, variant)| {
        let index = super::count(index);
        quote!((#index, node) => <#variant as runtime::FromJson>::from_json(node, at_).map(Self::#variant))
    });
    let from_json = from_json(
        def,
        &quote! {
            match at_.variant(node, #property, &[#(#mapping),*])? {
                #(#arms,)*
                _ => None,
            }
        },
    );
    let to_json = to_json(
        def,
        &quote!(match self { #(Self::#variants(value) => value.to_json(text_)),* }),
    );
    let targets = union.mapping.iter().map(|(value, schema)| {
        let target = format!("#/components/schemas/{schema}");
        quote!((#value.to_owned(), #target.to_owned()))
    });
    let described = described(
        def,
        &quote! {
            #(runtime::register::<#variants>(registry);)*
            schema.one_of = Vec::from([#(runtime::reference::<#variants>()),*]);
            schema.discriminator = Some(MetaDiscriminatorObject {
                property_name: #property,
                mapping: Vec::from([#(#targets),*]),
            });
        },
    );
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq)]
        pub(crate) enum #name { #(#variants(#variants)),* }
        #from_json
        #to_json
        #described
    }
}

fn free(def: &TypeDef) -> TokenStream {
    let (name, doc) = (ident(&def.ident), docs(def.description.as_ref()));
    let from_json = from_json(def, &quote!(at_.free(node).map(Self)));
    let to_json = to_json(def, &quote!(self.0.to_json(text_);));
    let described = described(
        def,
        &quote! {
            schema.ty = "object";
            schema.additional_properties = Some(Box::new(runtime::inline(MetaSchema::ANY)));
        },
    );
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq)]
        pub(crate) struct #name(pub(crate) runtime::FreeObject);
        #from_json
        #to_json
        #described
    }
}

/// For responses of plain text.
pub(super) fn scalar(schema: &Schema) -> TokenStream {
    match &schema.ty {
        Ty::Array { .. } | Ty::Named(_) => unreachable!("lowering allows scalars only"),
        ty => schemas::rust_type(ty),
    }
}
