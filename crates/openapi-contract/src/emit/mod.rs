//! Prints the server interface: types, operations, and one trait and one poem-openapi implementation per tag.

mod operations;
mod parameters;
mod responses;
mod schemas;
mod service;
mod types;

use proc_macro2::{Group, Ident, Literal, TokenStream, TokenTree};
use quote::{format_ident, quote};

use crate::{
    Settings, Visibility,
    ir::{self, Spec},
};

/// Rust source for one module.
pub(crate) fn server(spec: &Spec, settings: &Settings) -> String {
    let mut patterns = Patterns::default();
    let types = types::types(spec, &settings.json_text, &mut patterns);
    let parameters = parameters::parameters(spec, &mut patterns);
    let operations = operations::operations(spec);
    let service = service::service(spec);
    let facts = facts(spec);
    let patterns = patterns.print();
    let runtime: syn::Path =
        syn::parse_str(&settings.runtime).expect("the settings have checked it");
    let file = quote! {
        use #runtime as runtime;
        use runtime::{poem, poem_openapi};
        #facts
        #types
        #parameters
        #operations
        #service
        /// Regular expressions of the document.
        mod patterns {
            use super::runtime::Pattern;
            #patterns
        }
    };
    let file = match settings.visibility {
        Visibility::Crate => file,
        Visibility::Public => public(file),
    };
    let file = syn::parse2(file).expect("the emitter prints Rust");
    prettyplease::unparse(&file)
}

/// `pub` in place of `pub(crate)`.
fn public(tokens: TokenStream) -> TokenStream {
    let mut out: Vec<TokenTree> = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group)
                if follows_pub(&out) && group.stream().to_string() == "crate" => {}
            TokenTree::Group(group) => {
                out.push(Group::new(group.delimiter(), public(group.stream())).into());
            }
            token => out.push(token),
        }
    }
    out.into_iter().collect()
}

fn follows_pub(tokens: &[TokenTree]) -> bool {
    matches!(tokens.last(), Some(TokenTree::Ident(ident)) if ident == "pub")
}

/// What the document says of itself.
fn facts(spec: &Spec) -> TokenStream {
    let (title, version) = (&spec.info.title, &spec.info.version);
    let servers = spec.servers.iter().map(|server| server.path.as_str());
    // OpenAPI 3.0.3, OpenAPI object: without `servers` there is one, at `/`.
    let root = spec.servers.is_empty().then_some("");
    let servers = servers.chain(root);
    let aliases = spec
        .path_aliases
        .iter()
        .map(|(alias, prefix)| quote!((#alias, #prefix)));
    let mut scopes: Vec<&String> = Vec::new();
    for scope in spec
        .operations
        .iter()
        .flat_map(|operation| &operation.scopes)
    {
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    quote! {
        /// `info.title`.
        pub(crate) const TITLE: &str = #title;
        /// `info.version`.
        pub(crate) const VERSION: &str = #version;
        /// `servers`: the paths under which every operation is served; empty is the root.
        pub(crate) static SERVERS: &[&str] = &[#(#servers),*];
        /// `x-path-aliases`: another spelling of a path prefix, and the prefix.
        pub(crate) static PATH_ALIASES: &[(&str, &str)] = &[#(#aliases),*];
        /// Every permission that some operation asks for.
        pub(crate) static PERMISSIONS: &[&str] = &[#(#scopes),*];
    }
}

/// Patterns by their number; equal ones are compiled once.
#[derive(Default)]
struct Patterns(Vec<ir::Pattern>);

impl Patterns {
    fn path(&mut self, pattern: &ir::Pattern) -> TokenStream {
        let index = self
            .0
            .iter()
            .position(|known| known == pattern)
            .unwrap_or_else(|| {
                self.0.push(pattern.clone());
                self.0.len() - 1
            });
        let name = format_ident!("PATTERN_{index}");
        quote!(&super::patterns::#name)
    }

    fn print(&self) -> TokenStream {
        let statics = self.0.iter().enumerate().map(|(index, pattern)| {
            let name = format_ident!("PATTERN_{index}");
            let (source, rule) = (&pattern.source, option(pattern.rule.as_ref()));
            quote!(pub(super) static #name: Pattern = Pattern::new(#source, #rule);)
        });
        quote!(#(#statics)*)
    }
}

fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => format_ident!("r#{raw}"),
        None => format_ident!("{name}"),
    }
}

/// The registry that a description may refer to.
fn registry(description: &TokenStream) -> Ident {
    if description.to_string().contains("registry") {
        format_ident!("registry")
    } else {
        format_ident!("_registry")
    }
}

fn option<T: quote::ToTokens>(value: Option<T>) -> TokenStream {
    value.map_or_else(|| quote!(None), |value| quote!(Some(#value)))
}

fn docs(text: Option<&String>) -> TokenStream {
    match text {
        Some(text) => {
            // A comment has none.
            let text = text.replace('\r', "");
            quote!(#[doc = #text])
        }
        None => TokenStream::new(),
    }
}

fn int(value: i64) -> Literal {
    Literal::i64_unsuffixed(value)
}

fn count(value: usize) -> Literal {
    Literal::usize_unsuffixed(value)
}
