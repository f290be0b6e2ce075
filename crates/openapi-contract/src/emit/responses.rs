//! Responses: an enum of each operation's successes, which becomes the answer and describes all its statuses.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::{
    ir::{Content, Operation, Response, Spec},
    names,
};

use super::{ident, int, option, schemas};

/// The responses of every operation. Those that several have are described once.
pub(super) fn responses(spec: &Spec) -> TokenStream {
    let mut shared = Shared::default();
    let responses = || {
        let all = spec.operations.iter();
        all.flat_map(|operation| operation.successes.iter().chain(&operation.failures))
    };
    for response in responses() {
        shared.count(response);
    }
    let answers = spec
        .operations
        .iter()
        .map(|operation| answers(operation, &shared));
    let functions = shared.print();
    quote!(#(#answers)* #functions)
}

/// The descriptions of responses, as they are printed, and how many operations have each.
#[derive(Default)]
struct Shared(Vec<(String, TokenStream, usize)>);

impl Shared {
    fn count(&mut self, response: &Response) {
        let meta = meta(response);
        let text = meta.to_string();
        match self.0.iter_mut().find(|(known, ..)| *known == text) {
            Some((.., times)) => *times += 1,
            None => self.0.push((text, meta, 1)),
        }
    }

    /// The description, or a call of the function that has it.
    fn meta(&self, response: &Response) -> TokenStream {
        let meta = meta(response);
        let text = meta.to_string();
        let place = self
            .0
            .iter()
            .position(|(known, _, times)| *times > 1 && *known == text);
        match place {
            Some(index) => {
                let name = format_ident!("response_{index}");
                quote!(#name())
            }
            None => meta,
        }
    }

    fn print(&self) -> TokenStream {
        let all = self.0.iter().enumerate();
        let functions = all
            .filter(|(_, (.., times))| *times > 1)
            .map(|(index, (_, meta, _))| {
                let name = format_ident!("response_{index}");
                quote!(fn #name() -> MetaResponse { #meta })
            });
        quote!(#(#functions)*)
    }
}

fn answers(operation: &Operation, shared: &Shared) -> TokenStream {
    let name = format_ident!("{}Response", operation.pascal);
    let variants = operation.successes.iter().map(variant);
    let arms = operation.successes.iter().map(arm);
    let metas = operation
        .successes
        .iter()
        .chain(&operation.failures)
        .map(|response| shared.meta(response));
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
        Content::Text(schema) => Some(schemas::rust_type(&schema.ty)),
    }
}

fn variant(response: &Response) -> TokenStream {
    let (name, doc) = (
        ident(&response.ident),
        match response.status {
            Some(status) => format!("{status}: {}", response.description),
            None => response.description.clone(),
        },
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

fn status(code: Option<u16>) -> TokenStream {
    match code {
        Some(200) => quote!(StatusCode::OK),
        Some(201) => quote!(StatusCode::CREATED),
        Some(202) => quote!(StatusCode::ACCEPTED),
        Some(203) => quote!(StatusCode::NON_AUTHORITATIVE_INFORMATION),
        Some(204) => quote!(StatusCode::NO_CONTENT),
        Some(205) => quote!(StatusCode::RESET_CONTENT),
        Some(206) => quote!(StatusCode::PARTIAL_CONTENT),
        Some(207) => quote!(StatusCode::MULTI_STATUS),
        Some(208) => quote!(StatusCode::ALREADY_REPORTED),
        other => unreachable!("lowering refuses {other:?}"),
    }
}

fn meta(response: &Response) -> TokenStream {
    let (description, status) = (
        &response.description,
        option(response.status.map(|status| int(status.into()))),
    );
    let content = match &response.content {
        Content::Empty => None,
        Content::Json(schema) => {
            let ty = ident(&names::type_name(schema));
            Some(quote!(runtime::media("application/json", runtime::reference::<types::#ty>())))
        }
        Content::Text(schema) => {
            let schema = schemas::described(schema, false);
            Some(quote!(runtime::media("text/plain", #schema)))
        }
    };
    let content = option(content);
    let headers = response.headers.iter().map(|header| {
        let (name, required) = (&header.name, header.required);
        let description = option(header.description.as_ref());
        let schema = schemas::described(&header.schema, false);
        quote!(runtime::header(#name, #description, #required, #schema))
    });
    quote!(runtime::response(#status, #description, #content, Vec::from([#(#headers),*])))
}
