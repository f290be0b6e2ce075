//! What surrounds the operations: the security scheme, the tags, and one service of all tags.

use proc_macro2::TokenStream;
use quote::quote;

use crate::{ir::Spec, names};

use super::{ident, operations::Group, option};

pub(super) fn service(spec: &Spec) -> TokenStream {
    let parts = [security(spec), tag_names(spec), mount(spec)];
    quote!(#(#parts)*)
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

        impl runtime::Scheme for Bearer {
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
    if spec.tags.is_empty() {
        return TokenStream::new();
    }
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

fn described(description: Option<&String>) -> Option<TokenStream> {
    description.map(|text| quote!(.description(#text)))
}

/// One value that serves every group of operations.
fn mount(spec: &Spec) -> TokenStream {
    let groups = Group::all(spec);
    let bounds: Vec<_> = groups.iter().map(|group| group.api(spec)).collect();
    let servers = groups.iter().filter(|group| group.has_server(spec));
    let servers = servers.map(|group| {
        let server = group.server(spec);
        quote!(#server(api.clone()))
    });
    let all = tuple(servers.collect());
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

        /// Every operation, served under each of the document's `servers`.
        pub(crate) fn routes<A: #(#bounds)+*>(api: &std::sync::Arc<A>) -> poem::Route {
            let mount = |route: poem::Route, prefix: &&str| route.nest(*prefix, service(api));
            SERVERS.iter().fold(poem::Route::new(), mount)
        }
    }
}

/// One value of many: poem-openapi knows tuples of up to 16.
fn tuple(mut all: Vec<TokenStream>) -> TokenStream {
    const WIDEST: usize = 16;
    while all.len() > WIDEST {
        all = all
            .chunks(WIDEST)
            .map(|some| quote!((#(#some),*)))
            .collect();
    }
    match all.as_slice() {
        [one] => one.clone(),
        many => quote!((#(#many),*)),
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
        let (url, description) = (&server.url, described(server.description.as_ref()));
        calls.extend(quote!(.server(poem_openapi::ServerObject::new(#url) #description)));
    }
    if let Some(docs) = &spec.docs {
        let (url, description) = (&docs.url, described(docs.description.as_ref()));
        calls.extend(
            quote!(.external_document(poem_openapi::ExternalDocumentObject::new(#url) #description)),
        );
    }
    calls
}
