//! Settings between the document's types, whose rules they pass when they come in, and the text that is kept of them.
//! The text has every member that an answer has: what a client may leave out is filled in.

use openapi_contract_runtime::{self as runtime, Member, ToJson};

use crate::domain::settings::JsonText;

use super::super::generated::types::{
    ActivitySettings, BinaryOperator, ComplianceSettings, DisplayTemplate, RuleOperation,
    SearchSettings, UrlToItemResolver,
};

/// The spelling of the type that answers carry.
const ITEM_ID_RESOLVER: &str = "#microsoft.graph.externalConnectors.itemIdResolver";

pub(super) fn activity(mut settings: ActivitySettings) -> JsonText {
    for resolver in each(&mut settings.url_to_item_resolvers) {
        let UrlToItemResolver::ItemIdResolver(resolver) = resolver;
        ITEM_ID_RESOLVER.clone_into(&mut resolver.odata_type);
        null_if_absent(&mut resolver.priority);
        null_if_absent(&mut resolver.url_match_info);
        if let Member::Value(info) = &mut resolver.url_match_info {
            null_if_absent(&mut info.base_urls);
            null_if_absent(&mut info.url_pattern);
        }
    }
    text(&settings)
}

pub(super) fn search(mut settings: SearchSettings) -> JsonText {
    complete(&mut settings.search_result_templates);
    text(&settings)
}

pub(super) fn compliance(mut settings: ComplianceSettings) -> JsonText {
    complete(&mut settings.e_discovery_result_templates);
    text(&settings)
}

/// Clients leave out what they have not set; the defaults are those of the types in Graph's CSDL, the first members.
fn complete(templates: &mut Member<Vec<DisplayTemplate>>) {
    for template in each(templates) {
        template.priority.get_or_insert(0);
        for rule in each(&mut template.rules) {
            rule.operation.get_or_insert(RuleOperation::Null);
            rule.values.get_or_insert_default();
            rule.values_joined_by.get_or_insert(BinaryOperator::Or);
        }
    }
}

/// The items of a list, which is `null` if it was absent.
fn each<T>(list: &mut Member<Vec<T>>) -> impl Iterator<Item = &mut T> {
    null_if_absent(list);
    let list = match list {
        Member::Value(list) => list.as_mut_slice(),
        Member::Null | Member::Absent => &mut [],
    };
    list.iter_mut()
}

fn null_if_absent<T>(member: &mut Member<T>) {
    if matches!(member, Member::Absent) {
        *member = Member::Null;
    }
}

fn text<T: ToJson>(settings: &T) -> JsonText {
    JsonText::new(runtime::JsonText::of(settings).into_text())
}

/// Kept text as an answer has it.
pub(super) fn answered<T>(text: JsonText) -> runtime::JsonText<T> {
    runtime::JsonText::from_text(text.into_text())
}
