//! Values in the path of a request, kept inside of their segment.
//!
//! progenitor escapes what would end a segment, and leaves three values that lead elsewhere: `.` and `..` are removed when a URL
//! is read (RFC 3986 section 5.2.4), an empty one asks for the collection. A backslash is a slash in the URLs of the web.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Item, ItemFn, parse_quote};

/// Checks every value that is put into a path in the `builder` module.
///
/// # Errors
///
/// What came of it is no Rust.
pub(super) fn check_segments(items: &mut Vec<Item>) -> Result<(), String> {
    let mut found = false;
    for item in items.iter_mut() {
        let Item::Impl(builder) = item else { continue };
        let checked = checked(builder.to_token_stream(), &mut found);
        *builder = syn::parse2(checked).map_err(|error| format!("a path: {error}"))?;
    }
    if found {
        items.push(Item::Fn(path_segment()));
    }
    Ok(())
}

/// `encode_path(…)` becomes a call of [`path_segment`].
fn checked(tokens: TokenStream, found: &mut bool) -> TokenStream {
    let mut checked = TokenStream::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match (token, tokens.peek()) {
            (TokenTree::Ident(name), Some(TokenTree::Group(_))) if name == "encode_path" => {
                let value = tokens.next();
                let name = Ident::new("path_segment", name.span());
                checked.extend(quote!(#name #value .map_err(Error::InvalidRequest)?));
                *found = true;
            }
            (TokenTree::Group(group), _) => {
                let inner = self::checked(group.stream(), found);
                checked.extend([TokenTree::Group(Group::new(group.delimiter(), inner))]);
            }
            (token, _) => checked.extend([token]),
        }
    }
    checked
}

fn path_segment() -> ItemFn {
    parse_quote! {
        fn path_segment(value: &str) -> Result<String, String> {
            match value {
                "" | "." | ".." => Err(format!("{value:?} is no value in a path")),
                _ => Ok(encode_path(value).replace('\\', "%5C")),
            }
        }
    }
}
