//! Operations that answer in several ways: successes of different bodies, errors of different schemas.
//!
//! progenitor knows one type of each. Where the document has more, the operation gets an enum of them in the module `responses`, and
//! what reads its answer is written here.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{Arm, Expr, ExprMatch, Item, Type, parse_quote};

use crate::{
    ir::{Content, Operation, Response, Spec},
    names::{client_operation, client_type},
};

/// The operations with several kinds of answers.
pub(super) fn of(spec: &Spec) -> Vec<Several> {
    let all = spec.operations.iter().map(Several::new);
    all.filter(|it| it.success.is_some() || it.failure.is_some())
        .collect()
}

/// The module that has their types.
pub(super) fn module(all: &[Several]) -> Option<Item> {
    if all.is_empty() {
        return None;
    }
    let enums = all
        .iter()
        .flat_map(|it| [&it.success, &it.failure])
        .flatten()
        .map(Answers::definition);
    Some(parse_quote! {
        /// What operations answer that answer in several ways.
        pub mod responses {
            use super::types;
            #(#enums)*
        }
    })
}

/// An operation with several kinds of successes, of failures, or both.
pub(super) struct Several {
    /// Its builder.
    pub(super) builder: String,
    success: Option<Answers>,
    failure: Option<Answers>,
}

/// An enum, and how it is read.
struct Answers {
    name: Ident,
    doc: String,
    /// Name, documentation, type of the body if there is one, and statuses; of failures, the last one stands for all others too.
    variants: Vec<(Ident, String, Option<Type>, Vec<u16>)>,
}

impl Several {
    fn new(operation: &Operation) -> Self {
        let builder = client_operation(&operation.id);
        let differ = |responses: &[Response]| {
            let mut pairs = responses.windows(2);
            pairs.any(|pair| pair[0].content != pair[1].content)
        };
        Self {
            success: differ(&operation.successes).then(|| successes(operation, &builder)),
            failure: differ(&operation.failures).then(|| failures(operation, &builder)),
            builder,
        }
    }

    /// The types that take the place of progenitor's.
    pub(super) fn types(&self, success: &mut Type, failure: &mut Type) {
        for (answers, ty) in [(&self.success, success), (&self.failure, failure)] {
            if let Some(Answers { name, .. }) = answers {
                *ty = parse_quote!(super::responses::#name);
            }
        }
    }

    /// Replaces the arms of `match response.status().as_u16()` that read what there are several of.
    pub(super) fn read(&self, reading: &mut ExprMatch, response: &Ident) {
        let arms = std::mem::take(&mut reading.arms);
        let (mut successes, mut rest): (Vec<Arm>, Vec<Arm>) = arms
            .into_iter()
            .partition(|arm| first_status(arm).is_some_and(|it| it < 300));
        if let Some(answers) = &self.success {
            successes = answers.success_arms(response);
        }
        if let Some(answers) = &self.failure {
            rest.retain(|arm| first_status(arm).is_none());
            rest.splice(0..0, answers.failure_arms(response));
        }
        reading.arms = successes.into_iter().chain(rest).collect();
    }
}

fn successes(operation: &Operation, builder: &str) -> Answers {
    let variants = operation.successes.iter().map(|response| {
        let status = response.status.expect("a success has a status");
        let doc = format!("{status}: {}", response.description);
        (
            format_ident!("{}", response.ident),
            doc,
            body(&response.content),
            vec![status],
        )
    });
    Answers {
        name: format_ident!("{builder}Success"),
        doc: format!("The successes of `{}`.", operation.id),
        variants: variants.collect(),
    }
}

fn failures(operation: &Operation, builder: &str) -> Answers {
    let mut by_schema: Vec<(&String, Vec<&Response>)> = Vec::new();
    for response in &operation.failures {
        let Content::Json(schema) = &response.content else {
            unreachable!("lowering refuses errors of several kinds that are not all JSON")
        };
        match by_schema.iter_mut().find(|(known, _)| *known == schema) {
            Some((_, responses)) => responses.push(response),
            None => by_schema.push((schema, vec![response])),
        }
    }
    // That of `default`, or the most frequent one, is the likeliest for a status that the document does not have.
    let is_default = |responses: &[&Response]| responses.iter().any(|it| it.status.is_none());
    by_schema.sort_by_key(|(_, responses)| (is_default(responses), responses.len()));
    let variants = by_schema.into_iter().map(|(schema, responses)| {
        let statuses: Vec<u16> = responses.iter().filter_map(|it| it.status).collect();
        let listed = statuses.iter().map(ToString::to_string);
        let others = is_default(&responses).then(|| "all others".to_owned());
        let listed: Vec<String> = listed.chain(others).collect();
        let name = format_ident!("{}", client_type(schema));
        (
            name,
            listed.join(", "),
            body(&Content::Json(schema.clone())),
            statuses,
        )
    });
    Answers {
        name: format_ident!("{builder}Failure"),
        doc: format!("The errors of `{}`, by their schema.", operation.id),
        variants: variants.collect(),
    }
}

fn body(content: &Content) -> Option<Type> {
    match content {
        Content::Empty => None,
        Content::Json(schema) => {
            let name = format_ident!("{}", client_type(schema));
            Some(parse_quote!(types::#name))
        }
        Content::Text(_) => unreachable!("lowering refuses plain text beside another body"),
    }
}

impl Answers {
    fn definition(&self) -> TokenStream {
        let (name, doc) = (&self.name, &self.doc);
        let variants = self.variants.iter().map(|(name, doc, body, _)| {
            let body = body.as_ref().map(|body| quote!((#body)));
            quote!(#[doc = #doc] #name #body)
        });
        quote! {
            #[doc = #doc]
            #[derive(Clone, Debug)]
            pub enum #name { #(#variants),* }
        }
    }

    fn success_arms(&self, response: &Ident) -> Vec<Arm> {
        let name = &self.name;
        let arms = self.variants.iter().map(|(variant, _, body, statuses)| -> Arm {
            let made: Expr = match body {
                Some(body) => parse_quote! {
                    ResponseValue::<#body>::from_response(#response).await?.map(super::responses::#name::#variant)
                },
                None => parse_quote! {
                    ResponseValue::empty(#response).map(|()| super::responses::#name::#variant)
                },
            };
            parse_quote!(#(#statuses)|* => #made,)
        });
        arms.collect()
    }

    fn failure_arms(&self, response: &Ident) -> Vec<Arm> {
        let name = &self.name;
        let last = self.variants.len() - 1;
        let arms = self.variants.iter().enumerate().map(|(index, (variant, _, body, statuses))| -> Arm {
            let statuses = if index == last {
                quote!(400u16..=599u16)
            } else {
                quote!(#(#statuses)|*)
            };
            parse_quote! {
                #statuses => Err(Error::ErrorResponse(
                    ResponseValue::<#body>::from_response(#response)
                        .await?
                        .map::<_, _, Error<super::responses::#name>>(super::responses::#name::#variant)?,
                )),
            }
        });
        arms.collect()
    }
}

/// The first status that an arm is for; none for `_`.
fn first_status(arm: &Arm) -> Option<u16> {
    let text = quote::ToTokens::to_token_stream(&arm.pat).to_string();
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}
