//! Operations: as data, as one trait per tag, and as the poem-openapi implementation that calls it.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::{
    ir::{Body, Operation, Place, Spec, Ty},
    names,
};

use super::{docs, ident, int, parameters::value_type, responses::responses};

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
    let responses = responses(spec);
    let groups = Group::all(spec);
    let groups = groups.into_iter().map(|group| group.print(spec));
    let unimplemented = unimplemented_service();
    let media = media_types(spec);
    quote! {
        /// The operations of the document, as data.
        pub(crate) mod operations {
            use super::runtime::Operation;
            #(#data)*
            /// Every operation, in the order of the document.
            pub(crate) static ALL: &[&Operation] = &[#(&#statics),*];
        }
        use poem::{Request, http::StatusCode};
        use poem_openapi::registry::{MetaResponse, MetaResponses, MetaSchema, Registry};
        #(#params)*
        #responses
        #media
        #unimplemented
        #(#groups)*
    }
}

fn constant(operation: &Operation) -> Ident {
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
    let token_kind = operation.token_kind.map_or(quote!(None), |kind| {
        let kind = ident(kind);
        quote!(Some(super::runtime::TokenKind::#kind))
    });
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
        .filter_map(|response| Some(int(response.status?.into())));
    let other_errors = operation.failures.iter().any(|it| it.status.is_none());
    quote! {
        pub(crate) static #constant: Operation = Operation {
            id: #id,
            method: #method,
            path: #path,
            scopes: &[#(#scopes),*],
            token_kind: #token_kind,
            query: &[#(#query),*],
            statuses: &[#(#statuses),*],
            other_errors: #other_errors,
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

/// The name of a list of media types: those of JSON, by which a body may be sent. None is needed for `application/json` alone.
fn media(body: &Body) -> Option<Ident> {
    let all = body.media.iter().chain(&body.also);
    let names: Vec<_> = all.map(|name| names::pascal(name)).collect();
    (names.len() > 1).then(|| format_ident!("{}", names.join("Or")))
}

fn media_types(spec: &Spec) -> TokenStream {
    let bodies = spec.operations.iter().filter_map(|it| it.body.as_ref());
    let lists: BTreeMap<Ident, &Body> = bodies
        .filter_map(|body| Some((media(body)?, body)))
        .collect();
    let lists = lists.into_iter().map(|(name, Body { media, also, .. })| {
        let also = (!also.is_empty())
            .then(|| quote!(const ALSO: &'static [&'static str] = &[#(#also),*];));
        quote! {
            /// Media types that JSON may be sent as.
            struct #name;

            impl runtime::MediaTypes for #name {
                const ALL: &'static [&'static str] = &[#(#media),*];
                #also
            }
        }
    });
    quote!(#(#lists)*)
}

/// Whose trait has the handlers of some operations: a tag's, or that of the operations without one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Group(Option<usize>);

impl Group {
    pub(super) fn of(operation: &Operation) -> Self {
        Self(operation.tags.first().copied())
    }

    /// Every group, in the order of the tags.
    pub(super) fn all(spec: &Spec) -> BTreeSet<Self> {
        spec.operations.iter().map(Self::of).collect()
    }

    /// What is called by its server: the operations of the paths that begin with one of its own. poem-openapi lets one server
    /// describe a path.
    fn served(self, spec: &Spec) -> Vec<&Operation> {
        let operations = spec.operations.iter();
        let served = operations.filter(|operation| {
            let first = spec.operations.iter().find(|it| it.path == operation.path);
            first.map(Self::of) == Some(self)
        });
        served.collect()
    }

    pub(super) fn has_server(self, spec: &Spec) -> bool {
        !self.served(spec).is_empty()
    }

    fn prefix(self, spec: &Spec) -> String {
        self.0
            .map(|tag| names::pascal(&spec.tags[tag].name))
            .unwrap_or_default()
    }

    pub(super) fn api(self, spec: &Spec) -> Ident {
        format_ident!("{}Api", self.prefix(spec))
    }

    pub(super) fn server(self, spec: &Spec) -> Ident {
        format_ident!("{}Server", self.prefix(spec))
    }

    /// Its trait, and the server that calls it.
    fn print(self, spec: &Spec) -> TokenStream {
        let (api, server) = (self.api(spec), self.server(spec));
        let own = || spec.operations.iter().filter(|it| Self::of(it) == self);
        let methods = own().map(method);
        let stubs = own().map(unimplemented);
        let doc = match self.0 {
            Some(tag) => format!("The operations tagged `{}`", spec.tags[tag].name),
            None => "The operations without a tag".to_owned(),
        };
        let doc = doc + ": one method each, to be written by hand.";
        let described = self.served(spec);
        let groups: BTreeSet<Self> = described.iter().map(|it| Self::of(it)).collect();
        let bounds = groups.into_iter().map(|group| group.api(spec));
        let adapters = described.iter().map(|operation| adapter(spec, operation));
        let server = (!described.is_empty()).then(|| {
            quote! {
                /// Calls the handlers.
                pub(crate) struct #server<A>(std::sync::Arc<A>);

                #[poem_openapi::OpenApi]
                impl<A: #(#bounds)+*> #server<A> { #(#adapters)* }
            }
        });
        quote! {
            #[doc = #doc]
            pub(crate) trait #api: runtime::Service { #(#methods)* }

            #[cfg(test)]
            impl<S: runtime::Service> #api for Unimplemented<S> { #(#stubs)* }

            #server
        }
    }
}

/// For tests: a service whose handlers are all still to be written.
fn unimplemented_service() -> TokenStream {
    quote! {
        /// Every operation, answered with 501 through the error of `S`, which says who may call.
        #[cfg(test)]
        pub(crate) struct Unimplemented<S>(pub(crate) S);

        #[cfg(test)]
        impl<S: runtime::Service> runtime::Service for Unimplemented<S> {
            type Caller = S::Caller;
            type Error = S::Error;

            async fn authorize(
                &self,
                operation: &'static runtime::Operation,
                request: &Request,
            ) -> Result<Self::Caller, Self::Error> {
                self.0.authorize(operation, request).await
            }
        }
    }
}

fn unimplemented(operation: &Operation) -> TokenStream {
    let (name, id) = (ident(&operation.ident), &operation.id);
    let (params, response) = (
        format_ident!("{}Params", operation.pascal),
        format_ident!("{}Response", operation.pascal),
    );
    let caller = operation.secured.then(|| quote!(_: S::Caller,));
    quote! {
        async fn #name(&self, #caller _: #params) -> Result<#response, S::Error> {
            Err(runtime::Rejection::Unimplemented { operation: #id }.into())
        }
    }
}

fn method(operation: &Operation) -> TokenStream {
    let name = ident(&operation.ident);
    let (params, response) = (
        format_ident!("{}Params", operation.pascal),
        format_ident!("{}Response", operation.pascal),
    );
    let mut doc = format!("`{} {}`", operation.method.to_uppercase(), operation.path);
    if let Some(summary) = &operation.summary {
        doc = format!("{doc}: {summary}");
    }
    let caller = operation.secured.then(|| quote!(caller: Self::Caller,));
    quote! {
        #[doc = #doc]
        fn #name(
            &self,
            #caller
            params: #params,
        ) -> impl std::future::Future<Output = Result<#response, Self::Error>> + Send;
    }
}

fn adapter(spec: &Spec, operation: &Operation) -> TokenStream {
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
    // poem-openapi makes a summary of the first paragraph.
    let docs = [&operation.summary, &operation.description];
    let docs: Vec<&str> = docs.into_iter().flatten().map(String::as_str).collect();
    let docs = (!docs.is_empty()).then(|| docs.join("\n\n"));
    let docs = super::docs(docs.as_ref());
    let tags = operation.tags.iter().map(|&tag| {
        let tag = format!("Tag::{}", names::pascal(&spec.tags[tag].name));
        quote!(, tag = #tag)
    });
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
        let is_list = matches!(parameter.schema.ty, Ty::Array { .. });
        let explode = is_list.then(|| quote!(, explode = false));
        arguments.extend(
            quote!(#doc #[oai(name = #wire_name #deprecated #explode)] #field: #place<parameters::#marker>,),
        );
        reads.extend(quote!(let #field = #field.read(&mut broken);));
        fields.extend(quote!(#field,));
    }
    if let Some(body) = &operation.body {
        let ty = ident(&names::type_name(&body.schema));
        let doc = super::docs(body.description.as_ref());
        let media = media(body).map(|media| quote!(, #media));
        arguments.extend(quote!(#doc body: runtime::JsonBody<types::#ty #media>,));
    }
    let names: Vec<_> = operation
        .parameters
        .iter()
        .map(|&index| ident(&names::snake(&spec.parameters[index].name)))
        .collect();
    let body = operation.body.as_ref().map(|_| {
        quote! {
            let runtime::Read { value: body, ignored } = body.read().await?;
            if !ignored.is_empty() {
                self.0.ignored(request, ignored);
            }
            let body = body.map_err(runtime::Rejection::Invalid)?;
        }
    });
    let body_field = operation.body.as_ref().map(|_| quote!(body,));
    let security = operation
        .secured
        .then(|| quote!(_security: runtime::Security<Bearer>,));
    let authorize = operation
        .secured
        .then(|| quote!(let caller = self.0.authorize(&operations::#constant, request).await?;));
    let caller = operation.secured.then(|| quote!(caller,));
    quote! {
        #docs
        #[oai(path = #path, method = #method, operation_id = #id #(#tags)* #docs_url #deprecated)]
        async fn #name(
            &self,
            request: &Request,
            #security
            #arguments
        ) -> poem::Result<runtime::Answered<#response>> {
            let outcome = async {
                #authorize
                let mut broken = runtime::unknown_options(&operations::#constant, request);
                #reads
                let (true, #(Some(#names),)*) = (broken.is_empty(), #(#names,)*) else {
                    return Err(runtime::Rejection::Invalid(broken).into());
                };
                #body
                self.0.#name(#caller #params { #fields #body_field }).await
            };
            runtime::finish::<A, _>(&operations::#constant, outcome.await)
        }
    }
}
