//! Documentation of what progenitor leaves without: the members that refer to another schema, the values of enums, and all that is there
//! to set a member or a parameter.

use std::collections::HashMap;

use quote::ToTokens;
use serde_json::Value;
use syn::{Attribute, Fields, ImplItem, Item, ItemImpl, ItemMod, parse_quote};

use crate::names::{pascal, snake};

/// What is said of something by the name of its type, and its own name if it is a part of that.
type Sayings = HashMap<(String, String), Vec<Attribute>>;

/// Completes the documentation of the generated `file` from what it says elsewhere, and from the document.
pub(super) fn complete(file: &mut syn::File, document: &Value) {
    if let Some(types) = module(&mut file.items, "types") {
        let members = describe_types(types);
        let builders = types.iter_mut().filter_map(|item| match item {
            Item::Mod(ItemMod { content, .. }) => content.as_mut(),
            _ => None,
        });
        for (_, builders) in builders {
            describe_setters(builders, &members, |builder| {
                format!("Builds a [`{builder}`](super::{builder}), member by member.")
            });
        }
    }
    if let Some(builders) = module(&mut file.items, "builder") {
        describe_setters(builders, &parameters(document), |_| String::new());
    }
}

/// The items of one of the modules that progenitor writes.
pub(super) fn module<'a>(items: &'a mut [Item], name: &str) -> Option<&'a mut Vec<Item>> {
    items.iter_mut().find_map(|item| match item {
        Item::Mod(module) if module.ident == name => Some(&mut module.content.as_mut()?.1),
        _ => None,
    })
}

/// Describes members, values and `builder` functions; returns what is said of each member.
fn describe_types(types: &mut [Item]) -> Sayings {
    let of_types: HashMap<String, Vec<Attribute>> = types
        .iter()
        .filter_map(|item| match item {
            Item::Struct(item) => Some((item.ident.to_string(), documentation(&item.attrs))),
            Item::Enum(item) => Some((item.ident.to_string(), documentation(&item.attrs))),
            _ => None,
        })
        .collect();
    let mut members = Sayings::new();
    for item in types {
        match item {
            Item::Struct(item) => {
                let Fields::Named(fields) = &mut item.fields else {
                    continue;
                };
                for field in &mut fields.named {
                    let name = field.ident.as_ref().map(ToString::to_string);
                    let name = name.unwrap_or_default();
                    let said = text_of(&field.ty)
                        .split(|c: char| !c.is_alphanumeric())
                        .find_map(|word| of_types.get(word).cloned())
                        .unwrap_or_else(|| vec![doc(&format!("The member `{name}`."))]);
                    describe(&mut field.attrs, said);
                    let said = documentation(&field.attrs);
                    members.insert((item.ident.to_string(), name), said);
                }
            }
            Item::Enum(item) => {
                for variant in &mut item.variants {
                    let Some(name) = super::wire_name(variant) else {
                        continue;
                    };
                    let said = doc(&format!("The value `{name}`."));
                    describe(&mut variant.attrs, vec![said]);
                }
            }
            Item::Impl(item) => {
                let said = format!("Builds a [`{}`], member by member.", text_of(&item.self_ty));
                for function in functions(item).filter(|it| it.sig.ident == "builder") {
                    describe(&mut function.attrs, vec![doc(&said)]);
                }
            }
            _ => {}
        }
    }
    members
}

/// Describes the methods of builders by what is said of the parts that they set.
fn describe_setters(items: &mut [Item], said: &Sayings, of_builder: impl Fn(&str) -> String) {
    for item in items {
        match item {
            Item::Struct(item) => {
                let said = of_builder(&item.ident.to_string());
                describe(&mut item.attrs, vec![doc(&said)]);
            }
            Item::Impl(item) if item.trait_.is_none() => {
                let builder = text_of(&item.self_ty);
                let builder = builder.split(' ').next().unwrap_or_default().to_owned();
                for function in functions(item) {
                    let key = (builder.clone(), function.sig.ident.to_string());
                    if let Some(said) = said.get(&key) {
                        describe(&mut function.attrs, said.clone());
                    }
                }
            }
            _ => {}
        }
    }
}

/// What the document says of each parameter, and what there is to say of bodies, by builder and method.
fn parameters(document: &Value) -> Sayings {
    let mut said = Sayings::new();
    let paths = document["paths"].as_object().into_iter().flatten();
    for (_, path) in paths {
        for operation in path.as_object().into_iter().flatten().map(|(_, it)| it) {
            let Some(id) = operation["operationId"].as_str() else {
                continue;
            };
            let builder = pascal(id);
            let both = [&path["parameters"], &operation["parameters"]];
            for parameter in both.into_iter().filter_map(Value::as_array).flatten() {
                let parameter = resolved(document, parameter);
                let name = parameter["name"].as_str().unwrap_or_default();
                let text = parameter["description"].as_str();
                let text = text.map_or_else(|| format!("The parameter `{name}`."), str::to_owned);
                said.insert((builder.clone(), snake(name)), vec![doc(&text)]);
            }
            for (method, text) in [
                ("body", "The body, whole."),
                ("body_map", "The body, member by member."),
            ] {
                said.insert((builder.clone(), method.to_owned()), vec![doc(text)]);
            }
        }
    }
    said
}

/// What a `$ref` into the document stands for.
fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let pointer = value["$ref"].as_str().and_then(|it| it.strip_prefix('#'));
    pointer
        .and_then(|pointer| document.pointer(pointer))
        .unwrap_or(value)
}

fn functions(item: &mut ItemImpl) -> impl Iterator<Item = &mut syn::ImplItemFn> {
    item.items.iter_mut().filter_map(|item| match item {
        ImplItem::Fn(function) => Some(function),
        _ => None,
    })
}

/// Says something where nothing is said yet.
fn describe(attributes: &mut Vec<Attribute>, said: Vec<Attribute>) {
    if documentation(attributes).is_empty() {
        attributes.splice(0..0, said);
    }
}

fn documentation(attributes: &[Attribute]) -> Vec<Attribute> {
    let documentation = attributes.iter().filter(|it| it.path().is_ident("doc"));
    documentation.cloned().collect()
}

fn doc(text: &str) -> Attribute {
    parse_quote!(#[doc = #text])
}

fn text_of(tokens: &impl ToTokens) -> String {
    tokens.to_token_stream().to_string()
}
