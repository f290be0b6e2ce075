//! The middle of every operation, given to hand-written code.
//!
//! progenitor writes one `send` per operation, which builds the request, hands it to hooks, and reads the answer. What is in between
//! belongs to the client: tokens, tries, time. Its hooks cannot do that well: they may fail with nothing but a text or `reqwest`'s own
//! error, and what `send` returns is progenitor's error with the client's inside. So `send` is taken apart, and the client's `call`
//! stands between its two halves. The first is open to the rest of the crate, which may need the request and not its answer: as part of
//! a batch, or with a body of its own.

use quote::ToTokens;
use syn::{
    Expr, GenericArgument, Ident, ImplItem, ImplItemFn, Item, Local, Pat, PathArguments,
    ReturnType, Stmt, Type, parse_quote,
};

use super::answers::Several;

/// Replaces each `send` of the `builder` module, and reads answers of several kinds.
///
/// # Errors
///
/// The operation whose `send` has not the form that is known.
pub(super) fn split(file: &mut syn::File, several: &[Several]) -> Result<(), String> {
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
        let name = match &*builder.self_ty {
            Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
            _ => None,
        };
        let several = several.iter().find(|it| name.as_ref() == Some(&it.builder));
        let halves = halves(send, several).ok_or_else(|| {
            let builder = builder.self_ty.to_token_stream();
            format!("progenitor's `send` of `{builder}` has another form than expected")
        })?;
        builder.items.extend(halves.map(ImplItem::Fn));
    }
    Ok(())
}

fn is_send(item: &ImplItem) -> bool {
    matches!(item, ImplItem::Fn(function) if function.sig.ident == "send" && function.sig.asyncness.is_some())
}

/// The new `send`, what makes its request, and what reads its answer.
fn halves(send: ImplItemFn, several: Option<&Several>) -> Option<[ImplItemFn; 3]> {
    let mut build = send.block.stmts;
    let hooks = build.iter().position(|it| pre_hook(it).is_some())?;
    // progenitor calls things otherwise where a parameter has their name.
    let [client, request] = pre_hook(&build[hooks])?;
    let mut read = build.split_off(hooks + 4);
    let response = match build.pop()? {
        Stmt::Local(Local {
            pat: Pat::Ident(response),
            ..
        }) => response.ident,
        _ => return None,
    };
    build.truncate(hooks);
    let made = build.iter_mut().find_map(|it| match it {
        Stmt::Local(Local {
            pat: Pat::Ident(name),
            init: Some(init),
            ..
        }) if name.ident == request => Some(&mut *init.expr),
        _ => None,
    });
    name_method(made?);

    let ReturnType::Type(_, output) = send.sig.output else {
        return None;
    };
    let [mut value, mut error] = type_arguments(&output)?;
    if let Some(several) = several {
        let [Stmt::Expr(Expr::Match(reading), None)] = read.as_mut_slice() else {
            return None;
        };
        several.read(reading, &response);
        let ([mut success], [mut failure]) = (type_arguments(&value)?, type_arguments(&error)?);
        several.types(&mut success, &mut failure);
        value = parse_quote!(ResponseValue<#success>);
        error = parse_quote!(Error<#failure>);
    }
    let documentation = send.attrs;
    Some([
        parse_quote! {
            #(#documentation)*
            pub async fn send(self) -> Result<#value, ::openapi_contract_client::Error> {
                let client = self.#client;
                client.call(self.into_request(), Self::read_response).await
            }
        },
        parse_quote! {
            pub(crate) fn into_request(self) -> Result<(::reqwest::Request, OperationInfo), Error<()>> {
                #(#build)*
                Ok((#request, info))
            }
        },
        parse_quote! {
            async fn read_response(#response: ::reqwest::Response) -> Result<#value, #error> {
                #(#read)*
            }
        },
    ])
}

/// The names in `client.pre(&mut request, &info).await?`, the first of four statements that hand the request to hooks.
fn pre_hook(statement: &Stmt) -> Option<[Ident; 2]> {
    let Stmt::Expr(Expr::Try(tried), _) = statement else {
        return None;
    };
    let Expr::Await(awaited) = &*tried.expr else {
        return None;
    };
    let Expr::MethodCall(call) = &*awaited.base else {
        return None;
    };
    let (Expr::Path(client), Some(Expr::Reference(request))) = (&*call.receiver, call.args.first())
    else {
        return None;
    };
    let Expr::Path(request) = &*request.expr else {
        return None;
    };
    let names = [
        client.path.get_ident()?.clone(),
        request.path.get_ident()?.clone(),
    ];
    (call.method == "pre").then_some(names)
}

/// reqwest has no function for OPTIONS.
fn name_method(request: &mut Expr) {
    match request {
        Expr::Try(tried) => name_method(&mut tried.expr),
        Expr::MethodCall(call) => {
            if matches!(*call.receiver, Expr::Field(_)) {
                if call.method == "options" {
                    call.method = parse_quote!(request);
                    call.args
                        .insert(0, parse_quote!(::reqwest::Method::OPTIONS));
                }
            } else {
                name_method(&mut call.receiver);
            }
        }
        _ => {}
    }
}

/// The types in `Name<…>`.
fn type_arguments<const N: usize>(ty: &Type) -> Option<[Type; N]> {
    let Type::Path(path) = ty else {
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
