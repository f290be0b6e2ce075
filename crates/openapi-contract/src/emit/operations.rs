//! Operations: as data, as one trait per tag, and as the poem-openapi implementation that calls it.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::{
    ir::{Operation, Place, Spec},
    names,
};

use super::{
    docs, ident, int,
    parameters::value_type,
    responses::answers,
    service::{mount, security, tag_names},
};

pub(super) fn operations(spec: &Spec) -> TokenStream {
    let data = spec
        .operations
        .iter()
        .map(|operation| facts(spec, operation));
    let statics: Vec<_> = spec.operations.iter().map(constant).collect();
    let params = spec
        .operations
        .iter()
        .map(|operation| params(spec, operation));
    let responses = spec.operations.iter().map(answers);
    let security = security(spec);
    let tags: Vec<_> = (0..spec.tags.len())
        .map(|tag| interface(spec, tag))
        .collect();
    let tag_names = tag_names(spec);
    let mount = mount(spec);
    quote! {
        /// The operations of the document, as data.
        pub(crate) mod operations {
            use super::runtime::Operation;
            #(#data)*
            /// Every operation, in the order of the document.
            pub(crate) static ALL: &[&Operation] = &[#(&#statics),*];
        }
        use poem::{Request, http::StatusCode};
        use poem_openapi::registry::{MetaHeader, MetaMediaType, MetaResponse, MetaResponses, MetaSchema, Registry};
        #(#params)*
        #(#responses)*
        #security
        #tag_names
        #(#tags)*
        #mount
    }
}

fn constant(operation: &Operation) -> proc_macro2::Ident {
    format_ident!("{}", names::screaming(&operation.id))
}

fn facts(spec: &Spec, operation: &Operation) -> TokenStream {
    let (constant, id, path, scopes) = (
        constant(operation),
        &operation.id,
        &operation.path,
        &operation.scopes,
    );
    let method = operation.method.to_uppercase();
    let query = operation
        .parameters
        .iter()
        .map(|&index| &spec.parameters[index])
        .filter(|parameter| parameter.place == Place::Query)
        .map(|parameter| &parameter.name);
    let statuses = operation
        .successes
        .iter()
        .chain(&operation.failures)
        .map(|response| int(response.status.into()));
    quote! {
        pub(crate) static #constant: Operation = Operation {
            id: #id,
            method: #method,
            path: #path,
            scopes: &[#(#scopes),*],
            query: &[#(#query),*],
            statuses: &[#(#statuses),*],
        };
    }
}

fn params(spec: &Spec, operation: &Operation) -> TokenStream {
    let name = format_ident!("{}Params", operation.pascal);
    let fields = operation.parameters.iter().map(|&index| {
        let parameter = &spec.parameters[index];
        let (field, ty, doc) = (
            ident(&names::snake(&parameter.name)),
            value_type(parameter),
            docs(parameter.description.as_ref()),
        );
        quote!(#doc pub(crate) #field: #ty,)
    });
    let body = operation.body.as_ref().map(|body| {
        let ty = ident(&names::type_name(&body.schema));
        quote!(pub(crate) body: types::#ty,)
    });
    let doc = format!("What `{}` is called with.", operation.id);
    quote! {
        #[doc = #doc]
        #[derive(Debug)]
        pub(crate) struct #name { #(#fields)* #body }
    }
}

/// A tag's trait, and the server that calls it.
fn interface(spec: &Spec, tag: usize) -> TokenStream {
    let pascal = names::pascal(&spec.tags[tag].name);
    let (api, server) = (
        format_ident!("{pascal}Api"),
        format_ident!("{pascal}Server"),
    );
    let operations = || {
        spec.operations
            .iter()
            .filter(|operation| operation.tag == tag)
    };
    let methods = operations().map(method);
    let adapters = operations().map(|operation| adapter(spec, operation, &pascal));
    let doc = format!(
        "The operations tagged `{}`: one method each, to be written by hand.",
        spec.tags[tag].name
    );
    quote! {
        #[doc = #doc]
        pub(crate) trait #api: runtime::Service { #(#methods)* }

        /// Calls the handlers.
        pub(crate) struct #server<A>(std::sync::Arc<A>);

        #[poem_openapi::OpenApi]
        impl<A: #api> #server<A> { #(#adapters)* }
    }
}

fn method(operation: &Operation) -> TokenStream {
    let name = ident(&operation.ident);
    let (params, response) = (
        format_ident!("{}Params", operation.pascal),
        format_ident!("{}Response", operation.pascal),
    );
    let doc = format!(
        "`{} {}`: {}",
        operation.method.to_uppercase(),
        operation.path,
        operation.summary
    );
    quote! {
        #[doc = #doc]
        fn #name(
            &self,
            caller: Self::Caller,
            params: #params,
        ) -> impl std::future::Future<Output = Result<#response, Self::Error>> + Send;
    }
}

fn adapter(spec: &Spec, operation: &Operation, tag: &str) -> TokenStream {
    let (name, id, method, constant) = (
        ident(&operation.ident),
        &operation.id,
        &operation.method,
        constant(operation),
    );
    let path = operation
        .path
        .split('/')
        .map(|segment| match segment.strip_prefix('{') {
            Some(parameter) => format!(":{}", parameter.trim_end_matches('}')),
            None => segment.to_owned(),
        });
    let path = path.collect::<Vec<_>>().join("/");
    let (params, response) = (
        format_ident!("{}Params", operation.pascal),
        format_ident!("{}Response", operation.pascal),
    );
    let docs = match &operation.description {
        Some(description) => format!("{}\n\n{description}", operation.summary),
        None => operation.summary.clone(),
    };
    let tag = format!("Tag::{tag}");
    let docs_url = operation
        .docs_url
        .as_ref()
        .map(|url| quote!(, external_docs = #url));
    let deprecated = operation.deprecated.then(|| quote!(, deprecated));
    let mut arguments = TokenStream::new();
    let mut reads = TokenStream::new();
    let mut fields = TokenStream::new();
    for &index in &operation.parameters {
        let parameter = &spec.parameters[index];
        let (wire_name, field, marker) = (
            &parameter.name,
            ident(&names::snake(&parameter.name)),
            ident(&parameter.ident),
        );
        let place = match parameter.place {
            Place::Path => quote!(runtime::Path),
            Place::Query => quote!(runtime::Query),
            Place::Header => quote!(runtime::Header),
        };
        let doc = super::docs(parameter.description.as_ref());
        let deprecated = parameter.deprecated.then(|| quote!(, deprecated));
        arguments.extend(
            quote!(#doc #[oai(name = #wire_name #deprecated)] #field: #place<parameters::#marker>,),
        );
        reads.extend(quote!(let #field = #field.read(&mut broken);));
        fields.extend(quote!(#field,));
    }
    if let Some(body) = &operation.body {
        let ty = ident(&names::type_name(&body.schema));
        let doc = super::docs(body.description.as_ref());
        arguments.extend(quote!(#doc body: runtime::JsonBody<types::#ty>,));
    }
    let names: Vec<_> = operation
        .parameters
        .iter()
        .map(|&index| ident(&names::snake(&spec.parameters[index].name)))
        .collect();
    let body = operation
        .body
        .as_ref()
        .map(|_| quote!(let body = body.read().await?;));
    let body_field = operation.body.as_ref().map(|_| quote!(body,));
    quote! {
        #[doc = #docs]
        #[oai(path = #path, method = #method, operation_id = #id, tag = #tag #docs_url #deprecated)]
        async fn #name(
            &self,
            request: &Request,
            _security: runtime::Security<Bearer>,
            #arguments
        ) -> poem::Result<runtime::Answered<#response>> {
            let outcome = async {
                let caller = self.0.authorize(&operations::#constant, request).await?;
                let mut broken = runtime::unknown_options(&operations::#constant, request);
                #reads
                let (true, #(Some(#names),)*) = (broken.is_empty(), #(#names,)*) else {
                    return Err(runtime::Rejection::Broken(broken).into());
                };
                #body
                self.0.#name(caller, #params { #fields #body_field }).await
            };
            runtime::finish::<A, _>(&operations::#constant, outcome.await)
        }
    }
}
