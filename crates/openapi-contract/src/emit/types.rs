//! Named schemas: Rust types that are written as JSON, that are read by rules, and that describe themselves.

use proc_macro2::TokenStream;
use quote::quote;

use crate::{
    ir::{
        Choice, Count, Enum, Field, JsonType, Kind, Leniency, Others, Presence, Schema, Spec,
        Struct, Ty, TypeDef, Union,
    },
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
        Kind::Struct(object) => {
            let of_this = json_text.iter().filter(|(schema, _)| *schema == def.schema);
            let as_text: Vec<&str> = of_this.map(|(_, property)| property.as_str()).collect();
            structure(def, object, &as_text, patterns)
        }
        Kind::Enum(values) => enumeration(def, values),
        Kind::Union(union) => one_of(def, union),
        Kind::Choice(choice) => one_type_of(def, choice, patterns),
        Kind::Value(schema) => value(def, schema, patterns),
    });
    let types: Vec<_> = types.collect();
    quote! {
        /// The schemas of the document: those that it names, and objects, enumerations and choices in place.
        pub(crate) mod types {
            use super::{
                poem_openapi::registry::{MetaDiscriminatorObject, MetaSchema, Registry},
                runtime::{self, ToJson as _},
                types,
            };
            #(#types)*
        }
    }
}

/// Whether the schema has a property of a named schema.
fn is_named(spec: &Spec, schema: &str, property: &str) -> bool {
    let mut defs = spec.types.iter().filter(|def| def.schema == schema);
    defs.any(|def| match &def.kind {
        Kind::Struct(object) => object
            .fields
            .iter()
            .any(|field| field.name == property && matches!(field.schema.ty, Ty::Named(_))),
        Kind::Enum(_) | Kind::Union(_) | Kind::Choice(_) | Kind::Value(_) => false,
    })
}

fn described(def: &TypeDef, body: &TokenStream) -> TokenStream {
    let (name, schema) = (ident(&def.ident), &def.schema);
    let description = super::option(def.description.as_ref());
    let registry = super::registry(body);
    let in_place = def.in_place.then(|| {
        quote!(
            const IN_PLACE: bool = true;
        )
    });
    quote! {
        impl runtime::Described for #name {
            const NAME: &'static str = #schema;
            #in_place

            fn describe(#registry: &mut Registry) -> MetaSchema {
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
    object: &Struct,
    as_text: &[&str],
    patterns: &mut Patterns,
) -> TokenStream {
    let (name, doc) = (ident(&def.ident), docs(def.description.as_ref()));
    let fields = &object.fields;
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
        let read = read(field, is_text(field), patterns);
        reads.extend(quote!(let #field_ident = #read;));
        sets.extend(quote!(#field_ident: #field_ident?,));
    }
    let (mut kept, mut others, mut write_others) = (None, None, None);
    match &object.others {
        Others::Ignored => reads.extend(quote!(object_.open(Self::MEMBERS, at_);)),
        Others::Refused => reads.extend(quote!(object_.closed(at_)?;)),
        Others::Kept(value) => {
            let read = schemas::repeated_reader(value, patterns);
            reads.extend(quote!(let additional = object_.others(at_, #read);));
            sets.extend(quote!(additional: additional?,));
            let ty = schemas::repeated(value);
            kept = Some(quote! {
                /// The members that the document does not declare.
                pub(crate) additional: runtime::Map<#ty>,
            });
            let value = schemas::described(value, false);
            others = Some(quote!(schema.additional_properties = Some(Box::new(#value));));
            write_others = Some(quote!(object_.others(Self::MEMBERS, &self.additional);));
        }
    }
    let counted = (object.count != Count::default()).then(|| {
        let count = schemas::counted(object.count);
        quote!(object_.count(#count, at_)?;)
    });
    let mutable = (!fields.is_empty()).then(|| quote!(mut));
    let from_json = from_json(
        def,
        &quote! {
            let #mutable object_ = at_.object(node)?;
            #counted
            #reads
            Some(Self { #sets })
        },
    );
    let writes = fields.iter().map(write);
    let mutable = (!fields.is_empty() || write_others.is_some()).then(|| quote!(mut));
    let to_json = to_json(
        def,
        &quote! {
            let #mutable object_ = runtime::ObjectWriter::new(text_);
            #(#writes)*
            #write_others
            object_.end();
        },
    );
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
        let (name, schema) = (
            &field.name,
            schemas::described(&field.schema, field.read_only),
        );
        quote!((#name, #schema))
    });
    let bounds = [
        ("min_properties", object.count.min),
        ("max_properties", object.count.max),
    ];
    let counted = bounds.into_iter().filter_map(|(name, bound)| {
        let (name, bound) = (ident(name), super::count(bound?));
        Some(quote!(schema.#name = Some(#bound);))
    });
    let described = described(
        def,
        &quote! {
            schema.ty = "object";
            schema.required = Vec::from([#(#required),*]);
            schema.properties = Vec::from([#(#properties),*]);
            #others
            #(#counted)*
        },
    );
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq)]
        pub(crate) struct #name { #(#members)* #kept }

        impl #name {
            /// Its members, in the order of the document.
            pub(crate) const MEMBERS: &'static [&'static str] = &[#(#wire_names),*];
        }
        #from_json
        #to_json
        #described
    }
}

/// An expression that reads a member.
fn read(field: &Field, as_text: bool, patterns: &mut Patterns) -> TokenStream {
    let how = match field.presence {
        Presence::Required => quote!(required),
        Presence::RequiredNullable => quote!(required_nullable),
        Presence::Optional | Presence::Defaulted => {
            if field.schema.is_lenient(Leniency::Null) {
                quote!(optional_or_null)
            } else {
                quote!(optional)
            }
        }
        Presence::OptionalNullable | Presence::DefaultedNullable => quote!(optional_nullable),
    };
    let name = &field.name;
    let reader = if as_text {
        let ty = schemas::rust_type(&field.schema.ty);
        quote!(<runtime::JsonText<#ty> as runtime::FromJson>::from_json)
    } else {
        schemas::reader(&field.schema, patterns)
    };
    let read = quote!(object_.#how(#name, at_, #reader));
    let default = field.schema.default.as_ref().map(|default| {
        match (default.is_null(), field.schema.nullable) {
            (true, _) => quote!(None),
            (false, nullable) => {
                let default = schemas::literal(default, &field.schema.ty);
                if nullable {
                    quote!(Some(#default))
                } else {
                    default
                }
            }
        }
    });
    match (field.presence, default) {
        (Presence::Defaulted, Some(default)) => {
            quote!(#read.map(|read| read.unwrap_or_else(|| #default)))
        }
        (Presence::DefaultedNullable, Some(default)) => {
            quote!(#read.map(|read| read.or_if_absent(|| #default)))
        }
        _ => read,
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
        Presence::Required | Presence::Defaulted => ty,
        Presence::RequiredNullable | Presence::Optional | Presence::DefaultedNullable => {
            quote!(Option<#ty>)
        }
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
        Presence::Required
        | Presence::RequiredNullable
        | Presence::Defaulted
        | Presence::DefaultedNullable => {
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

fn enumeration(def: &TypeDef, enumeration: &Enum) -> TokenStream {
    let (name, doc) = (ident(&def.ident), docs(def.description.as_ref()));
    let (values, any_case) = (&enumeration.values, enumeration.any_case);
    let names: Vec<_> = values.iter().map(|(value, _)| value).collect();
    let variants: Vec<_> = values.iter().map(|(_, variant)| ident(variant)).collect();
    let from_json = from_json(def, &quote!(at_.one_of(&node)));
    let texts = names.iter().map(|name| json_text(name));
    let to_json = to_json(
        def,
        &quote! {
            let value: &str = match self { #(Self::#variants => #texts),* };
            text_.extend_from_slice(value.as_bytes());
        },
    );
    let null = enumeration.null.map(super::count);
    let null = null
        .map(|index| quote!(schema.enum_items.insert(#index, runtime::serde_json::Value::Null);));
    let described = described(
        def,
        &quote! {
            schema.ty = "string";
            schema.enum_items = Self::ALL_VALUES.iter().map(|(name, _)| (*name).into()).collect();
            #null
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

        impl runtime::Enumeration for #name {
            const VALUES: &'static [(&'static str, Self)] = Self::ALL_VALUES;
            const ANY_CASE: bool = #any_case;
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
    let index = |schema: &String| {
        let place = union.variants.iter().position(|variant| variant == schema);
        super::count(place.unwrap_or_default())
    };
    let mapping = union.mapping.iter().map(|(value, schema)| {
        let index = index(schema);
        quote!((#value, #index))
    });
    let default = super::option(union.default.as_ref().map(index));
    let takes_others = union.default.as_ref().is_some_and(|default| {
        let mut mapping = union.mapping.iter();
        !mapping.any(|(_, schema)| schema == default)
    });
    let arms = variants.iter().enumerate().map(|(index, variant)| {
        let index = super::count(index);
        quote!((#index, node) => <#variant as runtime::FromJson>::from_json(node, at_).map(Self::#variant))
    });
    let from_json = from_json(
        def,
        &quote! {
            const VARIANTS: runtime::Variants = runtime::Variants {
                property: #property,
                mapping: &[#(#mapping),*],
                default: #default,
                takes_others: #takes_others,
            };
            match at_.variant(node, &VARIANTS)? {
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
            schema.one_of = Vec::from([#(runtime::described::<#variants>(registry)),*]);
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

fn one_type_of(def: &TypeDef, choice: &Choice, patterns: &mut Patterns) -> TokenStream {
    let (name, doc) = (ident(&def.ident), docs(def.description.as_ref()));
    let variants: Vec<_> = choice
        .variants
        .iter()
        .map(|(json_type, schema)| {
            let variant = ident(variant_name(*json_type));
            (variant, schemas::rust_type(&schema.ty), schema)
        })
        .collect();
    let nullable = choice.variants.iter().any(|(_, schema)| schema.nullable);
    let (null, read_null, write_null) = if nullable {
        (
            quote!(Null,),
            quote!(runtime::JsonType::Null => Some(Self::Null),),
            quote!(Self::Null => None::<bool>.to_json(text_),),
        )
    } else {
        Default::default()
    };
    let names = variants.iter().map(|(variant, ..)| variant);
    let types = variants.iter().map(|(_, ty, _)| ty);
    let definition = quote!(#null #(#names(#types)),*);
    let reads: Vec<_> = variants
        .iter()
        .map(|(variant, _, schema)| {
            let reader = schemas::reader(schema, patterns);
            quote!(runtime::JsonType::#variant => at_.read(node, #reader).map(Self::#variant))
        })
        .collect();
    let expected: Vec<_> = choice
        .variants
        .iter()
        .map(|(json_type, _)| match json_type {
            JsonType::Text => "a string",
            JsonType::Number => "a number",
            JsonType::Boolean => "true or false",
            JsonType::Array => "an array",
            JsonType::Object => "an object",
        })
        .collect();
    let expected = expected.join(" or ");
    let from_json = from_json(
        def,
        &quote! {
            match node.json_type() {
                #read_null
                #(#reads,)*
                _ => at_.wrong_type(#expected, &node),
            }
        },
    );
    let names = variants.iter().map(|(variant, ..)| variant);
    let to_json = to_json(
        def,
        &quote!(match self { #write_null #(Self::#names(value) => value.to_json(text_)),* }),
    );
    let schemas = choice
        .variants
        .iter()
        .map(|(_, schema)| schemas::described(schema, false));
    let key = ident(if choice.any_of { "any_of" } else { "one_of" });
    let described = described(def, &quote!(schema.#key = Vec::from([#(#schemas),*]);));
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq)]
        pub(crate) enum #name { #definition }
        #from_json
        #to_json
        #described
    }
}

/// The variant of a choice among JSON types, and what the runtime calls the type.
fn variant_name(json_type: JsonType) -> &'static str {
    match json_type {
        JsonType::Text => "Text",
        JsonType::Number => "Number",
        JsonType::Boolean => "Boolean",
        JsonType::Array => "Array",
        JsonType::Object => "Object",
    }
}

fn value(def: &TypeDef, schema: &Schema, patterns: &mut Patterns) -> TokenStream {
    let (name, doc) = (ident(&def.ident), docs(def.description.as_ref()));
    let ty = schemas::rust_type(&schema.ty);
    let reader = schemas::reader(schema, patterns);
    let from_json = from_json(def, &quote!(at_.read(node, #reader).map(Self)));
    let to_json = to_json(def, &quote!(self.0.to_json(text_);));
    let facts = schemas::facts(&schema.ty);
    let set = (!facts.is_empty()).then(|| {
        quote! {
            schema = MetaSchema { #facts ..schema };
        }
    });
    let described = described(def, &quote!(#set));
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq)]
        pub(crate) struct #name(pub(crate) #ty);
        #from_json
        #to_json
        #described
    }
}
