//! Responses: an enum of each operation's successes, which becomes the answer and describes all its statuses.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::{
    ir::{Content, Operation, Response},
    names,
};

use super::{ident, int, option, schemas, types};

pub(super) fn answers(operation: &Operation) -> TokenStream {
    let name = format_ident!("{}Response", operation.pascal);
    let variants = operation.successes.iter().map(variant);
    let arms = operation.successes.iter().map(arm);
    let metas = operation
        .successes
        .iter()
        .chain(&operation.failures)
        .map(meta);
    let mut bodies: Vec<&String> = Vec::new();
    for response in operation.successes.iter().chain(&operation.failures) {
        if let Content::Json(schema) = &response.content
            && !bodies.contains(&schema)
        {
            bodies.push(schema);
        }
    }
    let bodies = bodies.iter().map(|schema| ident(&names::type_name(schema)));
    let doc = format!("The successes of `{}`.", operation.id);
    quote! {
        #[doc = #doc]
        #[derive(Debug)]
        pub(crate) enum #name { #(#variants),* }

        impl runtime::Answer for #name {
            fn meta() -> MetaResponses {
                MetaResponses { responses: Vec::from([#(#metas),*]) }
            }

            fn register(registry: &mut Registry) {
                #(runtime::register::<types::#bodies>(registry);)*
            }

            fn answer(self) -> Result<poem::Response, runtime::Rejection> {
                match self { #(#arms),* }
            }
        }
    }
}

fn body_type(content: &Content) -> Option<TokenStream> {
    match content {
        Content::Empty => None,
        Content::Json(schema) => {
            let ty = ident(&names::type_name(schema));
            Some(quote!(types::#ty))
        }
        Content::Text(schema) => Some(types::scalar(schema)),
    }
}

fn variant(response: &Response) -> TokenStream {
    let (name, doc) = (
        ident(&response.ident),
        format!("{}: {}", response.status, response.description),
    );
    let body = body_type(&response.content);
    if response.headers.is_empty() {
        let body = body.map(|body| quote!((#body)));
        return quote!(#[doc = #doc] #name #body);
    }
    let body = body.map(|body| quote!(body: #body,));
    let headers = response.headers.iter().map(|header| {
        let (field, ty) = (ident(&header.ident), schemas::rust_type(&header.schema.ty));
        if header.required {
            quote!(#field: #ty)
        } else {
            quote!(#field: Option<#ty>)
        }
    });
    quote!(#[doc = #doc] #name { #body #(#headers),* })
}

fn arm(response: &Response) -> TokenStream {
    let (name, status) = (ident(&response.ident), status(response.status));
    let made = match &response.content {
        Content::Empty => quote!(#status.into()),
        Content::Json(_) => quote!(runtime::json(#status, &body)),
        Content::Text(_) => quote!(runtime::text(#status, &body)),
    };
    let has_body = response.content != Content::Empty;
    if response.headers.is_empty() {
        let body = has_body.then(|| quote!((body)));
        return quote!(Self::#name #body => Ok(#made));
    }
    let body = has_body.then(|| quote!(body,));
    let fields = response.headers.iter().map(|header| ident(&header.ident));
    let sets = response.headers.iter().map(|header| {
        let (field, name) = (ident(&header.ident), header.name.to_lowercase());
        if header.required {
            quote!(response = runtime::with_header(response, #name, &#field)?;)
        } else {
            quote!(if let Some(value) = #field { response = runtime::with_header(response, #name, &value)?; })
        }
    });
    quote! {
        Self::#name { #body #(#fields),* } => {
            let mut response: poem::Response = #made;
            #(#sets)*
            Ok(response)
        }
    }
}

fn status(code: u16) -> TokenStream {
    match code {
        200 => quote!(StatusCode::OK),
        201 => quote!(StatusCode::CREATED),
        202 => quote!(StatusCode::ACCEPTED),
        204 => quote!(StatusCode::NO_CONTENT),
        207 => quote!(StatusCode::MULTI_STATUS),
        other => unreachable!("lowering refuses {other}"),
    }
}

fn meta(response: &Response) -> TokenStream {
    let (description, status) = (&response.description, int(response.status.into()));
    let content = match &response.content {
        Content::Empty => quote!(Vec::new()),
        Content::Json(schema) => {
            let ty = ident(&names::type_name(schema));
            quote!(
                Vec::from([MetaMediaType { content_type: "application/json", schema: runtime::reference::<types::#ty>() }])
            )
        }
        Content::Text(schema) => {
            let schema = schemas::described(schema, false, false);
            quote!(Vec::from([MetaMediaType { content_type: "text/plain", schema: #schema }]))
        }
    };
    let headers = response.headers.iter().map(|header| {
        let (name, required) = (&header.name, header.required);
        let description = option(
            header
                .description
                .as_ref()
                .map(|text| quote!(#text.to_owned())),
        );
        let schema = schemas::described(&header.schema, false, false);
        quote! {
            MetaHeader {
                name: #name.to_owned(),
                description: #description,
                required: #required,
                deprecated: false,
                schema: #schema,
            }
        }
    });
    quote! {
        MetaResponse {
            description: #description,
            status: Some(#status),
            status_range: None,
            content: #content,
            headers: Vec::from([#(#headers),*]),
        }
    }
}
