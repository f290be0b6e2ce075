//! Prints the server interface: types, operations, and one trait and one poem-openapi implementation per tag.

mod operations;
mod parameters;
mod responses;
mod schemas;
mod service;
mod types;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use crate::ir::{self, Spec};

/// Rust source for one module.
pub(crate) fn server(spec: &Spec) -> String {
    let mut patterns = Patterns::default();
    let types = types::types(spec, &mut patterns);
    let parameters = parameters::parameters(spec, &mut patterns);
    let operations = operations::operations(spec);
    let facts = facts(spec);
    let patterns = patterns.print();
    let file = quote! {
        #facts
        #types
        #parameters
        #operations
        /// Regular expressions of the document.
        mod patterns {
            use crate::wire::Pattern;
            #patterns
        }
    };
    let file = syn::parse2(file).expect("the emitter prints Rust");
    prettyplease::unparse(&file)
}

/// What the document says of itself.
fn facts(spec: &Spec) -> TokenStream {
    let (title, version) = (&spec.info.title, &spec.info.version);
    let servers = spec.servers.iter().map(|server| &server.path);
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
        /// `servers`: the paths under which every operation is served.
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

fn option<T: quote::ToTokens>(value: Option<T>) -> TokenStream {
    value.map_or_else(|| quote!(None), |value| quote!(Some(#value)))
}

fn docs(text: Option<&String>) -> TokenStream {
    match text {
        Some(text) => quote!(#[doc = #text]),
        None => TokenStream::new(),
    }
}

fn int(value: i64) -> Literal {
    Literal::i64_unsuffixed(value)
}

fn count(value: usize) -> Literal {
    Literal::usize_unsuffixed(value)
}
