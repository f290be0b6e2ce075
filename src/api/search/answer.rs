//! What was found, as the document has it.

use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use openapi_contract_runtime::FreeObject;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::domain::{
    item::Members,
    principal::TenantId,
    search::{Bucket, BucketsOf, Hit, SearchAnswer},
    settings::JsonText,
};

use super::{
    super::{
        generated::types::{
            SearchAggregation, SearchBucket, SearchHit, SearchHitProperties, SearchHitResource,
            SearchHitsContainer, SearchResults,
        },
        request::Metadata,
        service::Call,
    },
    request::Search,
    templates::Templates,
};

/// What a hit takes besides its texts, *bytes*: the members of the service.
const MEMBERS_BYTES: usize = 512;

/// The longest header with hints, *bytes*.
const HINT_BYTES: usize = 1_000;

/// What has no place in a header, or would be read as the end of an escape.
const ENCODED: &AsciiSet = &CONTROLS.add(b'%');

/// About how long an answer is.
pub(super) fn bytes(found: &SearchAnswer) -> usize {
    let hit = |hit: &Hit| MEMBERS_BYTES + hit.summary.len() + hit.properties.as_str().len();
    let buckets = found.aggregations.iter().flat_map(|of| &of.buckets);
    let bucket = |bucket: &Bucket| bucket.key.len() + bucket.filter_token.len() + 64;
    let terms = found.terms.iter().map(|term| term.len() + 3);
    found
        .hits
        .iter()
        .map(hit)
        .chain(buckets.map(bucket))
        .chain(terms)
        .sum()
}

/// Why searches have found nothing: `/requests/0: …; /requests/2: …`.
pub(super) fn hint(found: &[SearchAnswer]) -> Option<String> {
    let mut hints = String::new();
    for (index, answer) in found.iter().enumerate() {
        let Some(hint) = &answer.hint else { continue };
        let separator = if hints.is_empty() { "" } else { "; " };
        let next = format!(
            "{separator}/requests/{index}: {}",
            utf8_percent_encode(hint, ENCODED)
        );
        if hints.len() + next.len() > HINT_BYTES {
            hints.push_str(separator);
            hints.push_str("...");
            break;
        }
        hints.push_str(&next);
    }
    (!hints.is_empty()).then_some(hints)
}

pub(super) fn results(
    found: SearchAnswer,
    search: &Search,
    templates: Templates,
    call: &Call,
) -> SearchResults {
    let tenant = &call.principal.tenant;
    let is_collapsing = !search.request.collapse.is_empty();
    let hits = found.hits.into_iter().map(|found| {
        let template = templates.id(&found.connection);
        let is_collapsed = is_collapsing.then_some(found.is_collapsed);
        hit(found, tenant, is_collapsed, template, call.request.metadata)
    });
    let hits = hits.collect();
    let asks = !search.request.aggregations.is_empty();
    SearchResults {
        search_terms: found.terms,
        hits_containers: vec![SearchHitsContainer {
            hits,
            total: number(found.total),
            more_results_available: found.has_more,
            aggregations: asks.then(|| found.aggregations.into_iter().map(aggregation).collect()),
        }],
        result_templates: templates.into_document(),
    }
}

fn hit(
    hit: Hit,
    tenant: &TenantId,
    is_collapsed: Option<bool>,
    template: Option<String>,
    metadata: Metadata,
) -> SearchHit {
    let odata_type = "#microsoft.graph.externalConnectors.externalItem";
    let service = Service::of(&hit, tenant);
    SearchHit {
        rank: number(hit.rank),
        summary: hit.summary,
        content_source: format!("/external/connections/{}", hit.connection),
        is_collapsed,
        result_template_id: template,
        resource: SearchHitResource {
            odata_type: (metadata == Metadata::Minimal).then(|| odata_type.to_owned()),
            properties: properties(&hit.properties, &service, metadata),
        },
        hit_id: service.id,
    }
}

/// What Graph's hits have besides the properties of the schema. Source: Graph, observed; tools read the identifier of the item behind
/// the comma of `substrateContentDomainId` or `fileID`.
struct Service {
    content_domain: String,
    location: String,
    document: i64,
    entry: String,
    id: String,
}

impl Service {
    fn of(hit: &Hit, tenant: &TenantId) -> Self {
        let (tenant, connection) = (tenant.as_str(), &hit.connection);
        let item = digest(&[tenant, connection.as_str(), &hit.item_id]);
        let entry = URL_SAFE_NO_PAD.encode(item);
        let domain = digest(&[tenant, connection.as_str()]);
        let domain: [u8; 16] = domain[..16].try_into().expect("sixteen bytes");
        let domain = u128::from_be_bytes(domain);
        // Exact in a double, as clients read it.
        let document: [u8; 8] = item[..8].try_into().expect("eight bytes");
        Self {
            content_domain: format!("{domain:032x}@{tenant},{}", hit.item_id),
            location: format!("APP:GCS_{connection}@{tenant}"),
            document: i64::from_be_bytes(document) & ((1 << 53) - 1),
            // As those of Exchange begin.
            id: format!("AAMk{entry}"),
            entry,
        }
    }

    /// As JSON.
    fn members(&self) -> [(&'static str, String); 6] {
        let text = |text: &str| format!("\"{text}\"");
        [
            ("substrateContentDomainId", text(&self.content_domain)),
            ("substrateLocationId", text(&self.location)),
            ("documentId", self.document.to_string()),
            ("immutableEntryId", text(&self.entry)),
            ("id", text(&self.id)),
            ("fileID", text(&self.content_domain)),
        ]
    }
}

/// Of what names something: no two lists of texts are the same one after the other.
fn digest(names: &[&str]) -> [u8; digest::SHA256_OUTPUT_LEN] {
    let text = names.join("\0");
    let hash = digest::digest(&digest::SHA256, text.as_bytes());
    hash.as_ref().try_into().expect("SHA-256 has this length")
}

/// The properties of a hit. Source: Graph, observed: the first letter of names is lowered.
fn properties(given: &JsonText, service: &Service, metadata: Metadata) -> SearchHitProperties {
    let members: Members = serde_json::from_str(given.as_str()).expect("properties are an object");
    let own = members.0.into_iter();
    let own = own.filter(|(name, _)| metadata == Metadata::Minimal || !name.contains('@'));
    let own = own.map(|(name, value)| (lowered(&name), value.get().to_owned()));
    let mut members: Vec<(String, String)> = own.collect();
    for (name, value) in service.members() {
        if !members.iter().any(|(own, _)| own == name) {
            members.push((name.to_owned(), value));
        }
    }
    let members: Vec<_> = members
        .iter()
        .map(|(name, value)| format!("\"{name}\":{value}"))
        .collect();
    let text = format!("{{{}}}", members.join(","));
    SearchHitProperties(FreeObject::from_text(text.into()))
}

/// Names are ASCII letters and digits, perhaps with `@odata.type` behind them.
fn lowered(name: &str) -> String {
    let mut lowered = name.to_owned();
    if let Some(first) = lowered.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    lowered
}

fn aggregation(of: BucketsOf) -> SearchAggregation {
    let bucket = |bucket: Bucket| SearchBucket {
        key: bucket.key,
        count: number(bucket.count),
        aggregation_filter_token: bucket.filter_token,
    };
    SearchAggregation {
        field: of.field,
        buckets: of.buckets.into_iter().map(bucket).collect(),
    }
}

/// More than an answer can say is the most that it can.
fn number(number: u64) -> i32 {
    number.try_into().unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use openapi_contract_runtime::ToJson;
    use serde_json::{Value, json};

    use super::*;
    use crate::domain::external_connection::ConnectionId;

    fn found(properties: &str) -> Hit {
        Hit {
            connection: ConnectionId::existing("contosohr"),
            item_id: "TSP1".into(),
            rank: 3,
            summary: "<ddd/>".into(),
            is_collapsed: true,
            properties: JsonText::new(properties.into()),
        }
    }

    fn shown(found: Hit, tenant: &str, metadata: Metadata) -> Value {
        let tenant = TenantId::new(tenant);
        let hit = hit(found, &tenant, None, None, metadata);
        serde_json::from_slice(&hit.to_json_vec()).expect("JSON")
    }

    #[test]
    fn hit_has_what_tools_read() {
        let given =
            r#"{"BusinessEntityID":20704,"tags@odata.type":"Collection(String)","tags":["a"]}"#;
        let hit = shown(found(given), "t", Metadata::Minimal);
        let properties = &hit["resource"]["properties"];
        assert_eq!(
            hit,
            json!({
                "hitId": properties["id"],
                "rank": 3,
                "summary": "<ddd/>",
                "contentSource": "/external/connections/contosohr",
                "resource": {
                    "@odata.type": "#microsoft.graph.externalConnectors.externalItem",
                    "properties": {
                        "businessEntityID": 20704,
                        "tags@odata.type": "Collection(String)",
                        "tags": ["a"],
                        "substrateContentDomainId": properties["fileID"],
                        "substrateLocationId": "APP:GCS_contosohr@t",
                        "documentId": properties["documentId"],
                        "immutableEntryId": properties["immutableEntryId"],
                        "id": properties["id"],
                        "fileID": properties["fileID"],
                    },
                },
            })
        );
        let file = properties["fileID"].as_str().expect("text");
        let (domain, rest) = file.split_once('@').expect("a domain");
        assert_eq!(rest, "t,TSP1");
        assert!(domain.len() == 32 && domain.bytes().all(|it| it.is_ascii_hexdigit()));
        assert!(
            properties["documentId"]
                .as_i64()
                .is_some_and(|id| (0..1 << 53).contains(&id))
        );
    }

    #[test]
    fn identifiers_stay_and_are_of_one_item_of_one_tenant() {
        let id = |tenant| shown(found("{}"), tenant, Metadata::Minimal)["hitId"].take();
        assert_eq!(id("a"), id("a"));
        assert_ne!(id("a"), id("b"));
    }

    #[test]
    fn properties_of_the_schema_come_first_and_none_comes_twice() {
        let hit = shown(
            found(r#"{"Id":"mine","a@odata.type":"x","a":[1]}"#),
            "t",
            Metadata::None,
        );
        assert_eq!(hit["resource"].get("@odata.type"), None);
        let properties = &hit["resource"]["properties"];
        assert_eq!(properties["id"], "mine");
        assert_eq!(properties.get("a@odata.type"), None);
        assert_ne!(hit["hitId"], "mine");
    }

    #[test]
    fn hints_name_their_searches_and_are_bounded() {
        let answer = |hint: Option<&str>| SearchAnswer {
            terms: Vec::new(),
            hits: Vec::new(),
            total: 0,
            has_more: false,
            aggregations: Vec::new(),
            hint: hint.map(str::to_owned),
        };
        assert_eq!(hint(&[answer(None)]), None);
        let hints = [
            answer(Some("no “word”")),
            answer(None),
            answer(Some("100%")),
        ];
        assert_eq!(
            hint(&hints).as_deref(),
            Some("/requests/0: no %E2%80%9Cword%E2%80%9D; /requests/2: 100%25")
        );
        let long = hint(&[answer(Some("no")), answer(Some(&"x".repeat(2_000)))]);
        assert_eq!(long.as_deref(), Some("/requests/0: no; ..."));
    }
}
