//! The middle of every operation, given to hand-written code.
//!
//! progenitor writes one `send` per operation, which builds the request, hands it to hooks, and reads the answer. What is in between
//! belongs to the client: tokens, tries, time. Its hooks cannot do that well: they may fail with nothing but a text or `reqwest`'s own
//! error, and what `send` returns is progenitor's error with the client's inside. So `send` is taken apart, and the client's `call`
//! stands between its two halves.

use quote::{ToTokens, quote};
use syn::{
    Block, GenericArgument, ImplItem, ImplItemFn, Item, PathArguments, ReturnType, Stmt, Type,
    parse_quote,
};

/// Replaces each `send` of the `builder` module.
///
/// # Errors
///
/// The operation whose `send` has not the form that is known.
pub(super) fn split(file: &mut syn::File) -> Result<(), String> {
    let builders = file.items.iter_mut().filter_map(|item| match item {
        Item::Mod(module) if module.ident == "builder" => module.content.as_mut(),
        _ => None,
    });
    for item in builders.flat_map(|(_, items)| items) {
        let Item::Impl(builder) = item else { continue };
        let Some(place) = builder.items.iter().position(is_send) else {
            continue;
        };
        let ImplItem::Fn(send) = builder.items.remove(place) else {
            unreachable!("`is_send` is true of functions only");
        };
        let halves = halves(send).ok_or_else(|| {
            let builder = builder.self_ty.to_token_stream();
            format!("progenitor's `send` of `{builder}` has another form than expected")
        })?;
        builder.items.extend(halves.map(ImplItem::Fn));
    }
    Ok(())
}

fn is_send(item: &ImplItem) -> bool {
    matches!(item, ImplItem::Fn(function) if function.sig.ident == "send")
}

/// The new `send`, what makes its request, and what reads its answer.
fn halves(send: ImplItemFn) -> Option<[ImplItemFn; 3]> {
    let hooks: Block = parse_quote!({
        client.pre(&mut request, &info).await?;
        let result = client.exec(request, &info).await;
        client.post(&result, &info).await?;
        let response = result?;
    });
    let mut build = send.block.stmts;
    let place = build
        .windows(hooks.stmts.len())
        .position(|some| tokens(some) == tokens(&hooks.stmts))?;
    let read = build.split_off(place + hooks.stmts.len());
    build.truncate(place);

    let ReturnType::Type(_, output) = send.sig.output else {
        return None;
    };
    let [value, error] = arguments(&output)?;
    let documentation = send.attrs;
    Some([
        parse_quote! {
            #(#documentation)*
            pub async fn send(self) -> Result<#value, crate::client::Error> {
                let client = self.client;
                client.call(self.into_request(), Self::read_response).await
            }
        },
        parse_quote! {
            fn into_request(self) -> Result<(::reqwest::Request, OperationInfo), #error> {
                #(#build)*
                Ok((request, info))
            }
        },
        parse_quote! {
            async fn read_response(response: ::reqwest::Response) -> #output {
                #(#read)*
            }
        },
    ])
}

/// Statements as text, since syntax trees are not compared without a feature that nothing else needs.
fn tokens(statements: &[Stmt]) -> String {
    quote!(#(#statements)*).to_string()
}

/// The two types in `Result<…, …>`.
fn arguments(output: &Type) -> Option<[Type; 2]> {
    let Type::Path(path) = output else {
        return None;
    };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else {
        return None;
    };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(argument) => Some(argument.clone()),
        _ => None,
    });
    types.collect::<Vec<_>>().try_into().ok()
}
