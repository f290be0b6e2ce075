//! Operations: parameters, responses, a trait per tag, and the poem-openapi implementation that calls it.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::{
    ir::{Content, Operation, Parameter, Place, Response, Spec, Ty},
    names,
};

use super::{Patterns, docs, ident, int, option, schemas, types};

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
            use poem_openapi::registry::{MetaSchema, MetaSchemaRef};
            use crate::wire;
            #(#markers)*
        }
    }
}

fn marker(parameter: &Parameter, patterns: &mut Patterns) -> TokenStream {
    let (name, marker) = (&parameter.name, ident(&parameter.ident));
    let (required, value) = (parameter.required, value_type(parameter));
    let read = read(&parameter.schema.ty, patterns);
    let schema = schemas::described(&parameter.schema, false, false);
    let default = parameter.schema.default.as_ref();
    let (present, absent) = match (required, default) {
        (true, _) => (
            quote!(value),
            quote!(Err((wire::Kind::Missing, "is required".to_owned()))),
        ),
        (false, Some(default)) => {
            let default = literal(default, &parameter.schema.ty);
            (quote!(value), quote!(Ok(#default)))
        }
        (false, None) => (quote!(Some(value)), quote!(Ok(None))),
    };
    quote! {
        pub(super) struct #marker;

        impl wire::Parameter for #marker {
            const NAME: &'static str = #name;
            const REQUIRED: bool = #required;
            type Value = #value;

            fn schema() -> MetaSchemaRef {
                #schema
            }

            fn read(raw: Option<&str>) -> Result<Self::Value, (wire::Kind, String)> {
                let Some(raw) = raw else { return #absent };
                #read.map(|value| #present).map_err(|rule| (wire::Kind::Value, rule))
            }
        }
    }
}

/// What the handler gets: an `Option`, unless there always is a value.
fn value_type(parameter: &Parameter) -> TokenStream {
    let ty = schemas::rust_type(&parameter.schema.ty);
    if parameter.required || parameter.schema.default.is_some() {
        ty
    } else {
        quote!(Option<#ty>)
    }
}

/// An expression that reads `raw: &str`.
fn read(ty: &Ty, patterns: &mut Patterns) -> TokenStream {
    match ty {
        Ty::Text(rules) => {
            let rules = schemas::text_rules(rules, patterns);
            quote!(wire::text_value(raw, #rules).map(|()| raw.to_owned()))
        }
        Ty::Integer { bits, min, max } => {
            let (min, max) = (option(min.map(int)), option(max.map(int)));
            let read = if *bits == 32 {
                quote!(int32)
            } else {
                quote!(int64)
            };
            quote!(wire::#read(raw, #min, #max))
        }
        Ty::Double { min, max } => {
            let (min, max) = (option(*min), option(*max));
            quote!(wire::double(raw, #min, #max))
        }
        Ty::Boolean => quote!(wire::boolean(raw)),
        Ty::Array { .. } | Ty::Named(_) => unreachable!("lowering allows scalars only"),
    }
}

fn literal(value: &serde_json::Value, ty: &Ty) -> TokenStream {
    match (value, ty) {
        (serde_json::Value::String(text), _) => quote!(#text.to_owned()),
        (serde_json::Value::Bool(flag), _) => quote!(#flag),
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
            use crate::wire::Operation;
            #(#data)*
            /// Every operation, in the order of the document.
            pub(crate) static ALL: &[&Operation] = &[#(&#statics),*];
        }
        use poem::{Request, http::StatusCode};
        use poem_openapi::registry::{MetaHeader, MetaMediaType, MetaResponse, MetaResponses, MetaSchema, Registry};
        use crate::wire;
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
        let ty = ident(&names::pascal(&body.schema));
        quote!(pub(crate) body: types::#ty,)
    });
    let doc = format!("What `{}` is called with.", operation.id);
    quote! {
        #[doc = #doc]
        #[derive(Debug)]
        pub(crate) struct #name { #(#fields)* #body }
    }
}

fn answers(operation: &Operation) -> TokenStream {
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
    let bodies = bodies.iter().map(|schema| ident(&names::pascal(schema)));
    let doc = format!("The successes of `{}`.", operation.id);
    quote! {
        #[doc = #doc]
        #[derive(Debug)]
        pub(crate) enum #name { #(#variants),* }

        impl wire::Answer for #name {
            fn meta() -> MetaResponses {
                MetaResponses { responses: Vec::from([#(#metas),*]) }
            }

            fn register(registry: &mut Registry) {
                #(wire::register::<types::#bodies>(registry);)*
            }

            fn answer(self) -> Result<poem::Response, wire::Rejection> {
                match self { #(#arms),* }
            }
        }
    }
}

fn body_type(content: &Content) -> Option<TokenStream> {
    match content {
        Content::Empty => None,
        Content::Json(schema) => {
            let ty = ident(&names::pascal(schema));
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
        Content::Json(_) => quote!(wire::json(#status, &body)?),
        Content::Text(_) => quote!(wire::text(#status, &body)),
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
            quote!(response = wire::with_header(response, #name, &#field)?;)
        } else {
            quote!(if let Some(value) = #field { response = wire::with_header(response, #name, &value)?; })
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
            let ty = ident(&names::pascal(schema));
            quote!(
                Vec::from([MetaMediaType { content_type: "application/json", schema: wire::reference::<types::#ty>() }])
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

fn security(spec: &Spec) -> TokenStream {
    let Some(scheme) = &spec.security else {
        return TokenStream::new();
    };
    let name = &scheme.name;
    let (description, format) = (
        option(scheme.description.as_ref()),
        option(scheme.bearer_format.as_ref()),
    );
    quote! {
        /// The security scheme of the document.
        struct Bearer;

        impl wire::Scheme for Bearer {
            const NAME: &'static str = #name;

            fn describe() -> poem_openapi::registry::MetaSecurityScheme {
                poem_openapi::registry::MetaSecurityScheme {
                    ty: "http",
                    description: #description,
                    name: None,
                    key_in: None,
                    scheme: Some("bearer"),
                    bearer_format: #format,
                    flows: None,
                    openid_connect_url: None,
                }
            }
        }
    }
}

fn tag_names(spec: &Spec) -> TokenStream {
    let variants = spec.tags.iter().map(|tag| ident(&names::pascal(&tag.name)));
    let variants: Vec<_> = variants.collect();
    let names = spec.tags.iter().map(|tag| &tag.name);
    let names: Vec<_> = names.collect();
    let descriptions = spec.tags.iter().map(|tag| option(tag.description.as_ref()));
    let docs = spec.tags.iter().map(|tag| {
        option(tag.docs.as_ref().map(|docs| {
            let url = &docs.url;
            let description = option(docs.description.as_ref().map(|text| quote!(#text.to_owned())));
            quote!(poem_openapi::registry::MetaExternalDocument { url: #url.to_owned(), description: #description })
        }))
    });
    quote! {
        /// The tags of the document.
        enum Tag { #(#variants),* }

        impl poem_openapi::Tags for Tag {
            fn register(&self, registry: &mut Registry) {
                registry.create_tag(match self {
                    #(Self::#variants => poem_openapi::registry::MetaTag {
                        name: #names,
                        description: #descriptions,
                        external_docs: #docs,
                    }),*
                });
            }

            fn name(&self) -> &'static str {
                match self { #(Self::#variants => #names),* }
            }
        }
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
        pub(crate) trait #api: wire::Service { #(#methods)* }

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
            Place::Path => quote!(wire::Path),
            Place::Query => quote!(wire::Query),
            Place::Header => quote!(wire::Header),
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
        let ty = ident(&names::pascal(&body.schema));
        let doc = super::docs(body.description.as_ref());
        arguments.extend(quote!(#doc body: wire::JsonBody<types::#ty>,));
    }
    let names: Vec<_> = operation
        .parameters
        .iter()
        .map(|&index| ident(&names::snake(&spec.parameters[index].name)))
        .collect();
    let unwrapped = (!names.is_empty()).then(|| {
        quote! {
            let mut broken = Vec::new();
            #reads
            let (#(Some(#names),)*) = (#(#names,)*) else {
                return Err(A::Error::from(wire::Rejection::Broken(broken)).into());
            };
        }
    });
    let body = operation
        .body
        .as_ref()
        .map(|_| quote!(let body = body.read().await.map_err(A::Error::from)?;));
    let body_field = operation.body.as_ref().map(|_| quote!(body,));
    quote! {
        #[doc = #docs]
        #[oai(path = #path, method = #method, operation_id = #id, tag = #tag #docs_url #deprecated)]
        async fn #name(
            &self,
            request: &Request,
            _security: wire::Security<Bearer>,
            #arguments
        ) -> poem::Result<wire::Answered<#response>> {
            let caller = wire::begin(&*self.0, &operations::#constant, request).await?;
            #unwrapped
            #body
            let outcome = self.0.#name(caller, #params { #fields #body_field }).await;
            wire::finish::<A, _>(&operations::#constant, outcome)
        }
    }
}

/// One value that serves every tag.
fn mount(spec: &Spec) -> TokenStream {
    let tags: Vec<_> = spec
        .tags
        .iter()
        .map(|tag| names::pascal(&tag.name))
        .collect();
    let bounds: Vec<_> = tags.iter().map(|tag| format_ident!("{tag}Api")).collect();
    let servers: Vec<_> = tags
        .iter()
        .map(|tag| format_ident!("{tag}Server"))
        .collect();
    let all = match servers.as_slice() {
        [one] => quote!(#one(api.clone())),
        many => quote!((#(#many(api.clone())),*)),
    };
    let about = about(spec);
    quote! {
        /// Every operation of the document, for [`poem_openapi::OpenApiService`].
        pub(crate) fn servers<A: #(#bounds)+*>(api: &std::sync::Arc<A>) -> impl poem_openapi::OpenApi + use<A> {
            #all
        }

        /// Every operation, with what the document says of itself.
        pub(crate) fn service<A: #(#bounds)+*>(
            api: &std::sync::Arc<A>,
        ) -> poem_openapi::OpenApiService<impl poem_openapi::OpenApi + use<A>, ()> {
            poem_openapi::OpenApiService::new(servers(api), TITLE, VERSION) #about
        }
    }
}

/// `info`, `servers` and `externalDocs`, as calls on a service.
fn about(spec: &Spec) -> TokenStream {
    let mut calls = TokenStream::new();
    if let Some(description) = &spec.info.description {
        calls.extend(quote!(.description(#description)));
    }
    if let Some(terms) = &spec.info.terms_of_service {
        calls.extend(quote!(.terms_of_service(#terms)));
    }
    if let Some(contact) = &spec.info.contact {
        let name = contact.name.as_ref().map(|name| quote!(.name(#name)));
        let url = contact.url.as_ref().map(|url| quote!(.url(#url)));
        let email = contact.email.as_ref().map(|email| quote!(.email(#email)));
        calls.extend(quote!(.contact(poem_openapi::ContactObject::new() #name #url #email)));
    }
    if let Some(license) = &spec.info.license {
        let (name, url) = (
            &license.name,
            license.url.as_ref().map(|url| quote!(.url(#url))),
        );
        calls.extend(quote!(.license(poem_openapi::LicenseObject::new(#name) #url)));
    }
    for server in &spec.servers {
        let (path, description) = (&server.path, described(server.description.as_ref()));
        calls.extend(quote!(.server(poem_openapi::ServerObject::new(#path) #description)));
    }
    if let Some(docs) = &spec.docs {
        let (url, description) = (&docs.url, described(docs.description.as_ref()));
        calls.extend(
            quote!(.external_document(poem_openapi::ExternalDocumentObject::new(#url) #description)),
        );
    }
    calls
}

fn described(description: Option<&String>) -> Option<TokenStream> {
    description.map(|text| quote!(.description(#text)))
}
