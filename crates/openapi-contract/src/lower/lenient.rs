//! `x-lenient`: the other forms in which a value is read. Clients that cannot be changed send them; the document goes on to say the
//! one form, and that is what is written. The crate's documentation lists the words.

use crate::{
    document::Cursor,
    ir::{Leniency, Schema, Ty},
};

pub(super) const EXTENSION: &str = "x-lenient";

/// The forms that stand beside a schema. `case` of an enumeration is [`any_case`], of the enumeration itself.
pub(super) fn forms(node: &Cursor, ty: &Ty) -> Vec<Leniency> {
    let Some(extension) = node.get(EXTENSION) else {
        return Vec::new();
    };
    let mut forms = Vec::new();
    for word in words(&extension) {
        let form = match (word.str(), ty) {
            (Some("text"), Ty::Boolean | Ty::Integer { .. } | Ty::Double { .. }) => Leniency::Text,
            (Some("single"), Ty::Array { .. }) => Leniency::Single,
            (Some("comma"), Ty::Text(_)) => Leniency::Comma,
            (Some("comma"), Ty::Array { item, .. })
                if matches!(item.ty, Ty::Text(_) | Ty::Named(_)) =>
            {
                Leniency::Comma
            }
            (Some("null"), _) => Leniency::Null,
            (Some("case"), _) if node.get("enum").is_some() => continue,
            (Some("case"), Ty::Text(rules)) if rules.pattern.is_some() => Leniency::Case,
            (Some(other), _) => {
                word.problem(format!(
                    "`{other}` does not apply here: `text` is for booleans and numbers, `case` for an enumeration or a \
                     pattern, `single` for arrays, `comma` for strings and arrays of strings, `null` for optional members"
                ));
                continue;
            }
            (None, _) => continue,
        };
        if forms.contains(&form) {
            word.problem("appears twice");
        }
        forms.push(form);
    }
    forms
}

fn words<'a>(extension: &Cursor<'a>) -> Vec<Cursor<'a>> {
    let words = extension.items();
    if words.is_empty() {
        extension.problem("must name a form");
    }
    words
}

/// Whether an enumeration is read without regard to case.
pub(super) fn any_case(enumeration: &Cursor) -> bool {
    enumeration
        .get(EXTENSION)
        .is_some_and(|extension| extension.items().iter().any(|word| word.value() == "case"))
}

/// Where a value stands that cannot be absent.
pub(super) fn refuse_null(node: &Cursor, schema: &Schema) {
    if schema.lenient.contains(&Leniency::Null)
        && let Some(extension) = node.get(EXTENSION)
    {
        extension
            .problem("`null` is for optional members that are not nullable: it is read as absent");
    }
}
