//! The tag `explain`, an extension of ours: why a user finds an item or not, and what of a connection nobody finds.

use std::sync::Arc;

use crate::domain::{
    Error, Violation,
    acl::Verdict,
    external_connection::ConnectionId,
    principal::{GroupId, Principal, UserId},
    search::{
        Coverage, ExplainRequest, ExplainedEntry, ExplainedPart, ExplainedQuery, Explanation,
        QueryOutcome,
    },
};

use super::{
    error::ApiError,
    generated::{
        ExplainApi, ExplainItemParams, ExplainItemResponse, GetCoverageParams, GetCoverageResponse,
        types::{self, AccessVerdict, ConnectionCoverage, SearchOutcome},
    },
    items,
    service::{Api, Call},
};

/// What an explanation takes in most answers, *bytes*: an item has 10,000 entries at most, most have few.
const ANSWER_BYTES: usize = 64 * 1_024;

impl ExplainApi for Api {
    async fn explain_item(
        &self,
        call: Call,
        params: ExplainItemParams,
    ) -> Result<ExplainItemResponse, ApiError> {
        let explanation = explained(self, &call, params, false).await?;
        Ok(ExplainItemResponse::Ok(explanation))
    }

    async fn get_coverage(
        &self,
        call: Call,
        params: GetCoverageParams,
    ) -> Result<GetCoverageResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        call.memory.hold_answer(ANSWER_BYTES).await?;
        let searching = self.searching();
        let coverage = searching.coverage(&call.principal, &id).await;
        let coverage = coverage.map_err(|error| match error {
            Error::TooCostly => ApiError::too_many_items(),
            error => error.into(),
        })?;
        Ok(GetCoverageResponse::Ok(coverage_to_document(coverage)))
    }
}

/// `is_trimmed`: of an item that the caller does not see, nothing is told.
pub(super) async fn explained(
    api: &Api,
    call: &Call,
    params: ExplainItemParams,
    is_trimmed: bool,
) -> Result<types::Explanation, ApiError> {
    let body = params.body;
    let request = ExplainRequest {
        connection: ConnectionId::existing(params.connection_id),
        item_id: params.item_id,
        query: body.query.value(),
        is_trimmed,
    };
    let groups = body.groups.value();
    let viewer = viewer(&call.principal, body.user.value(), groups, body.is_guest)?;
    call.memory.hold_answer(ANSWER_BYTES).await?;
    let searching = api.searching();
    let explanation = searching.explain(&call.principal, &viewer, &request);
    let explanation = explanation.await.map_err(|error| match error {
        Error::TooCostly => ApiError::too_costly_search("/query"),
        error => error.into(),
    })?;
    let bytes = bytes(&explanation);
    if bytes > ANSWER_BYTES {
        call.memory.hold_answer(bytes).await?;
    }
    Ok(to_document(explanation))
}

/// About as long as it is in an answer.
fn bytes(explanation: &Explanation) -> usize {
    const MEMBERS_BYTES: usize = 128;
    let entries = explanation.entries.iter().map(|explained| {
        let path = explained.group_path.iter().map(String::len);
        MEMBERS_BYTES + explained.entry.value.len() + explained.reason.len() + path.sum::<usize>()
    });
    let parts = explanation.query.iter().flat_map(|query| &query.parts);
    let parts = parts
        .map(|part| MEMBERS_BYTES + part.text.len() + part.note.as_ref().map_or(0, String::len));
    entries.chain(parts).sum()
}

/// Whose sight is explained: a user with the reach of the caller, so that the caller learns of no connection that is out of his.
///
/// # Errors
/// There is no user.
fn viewer(
    caller: &Principal,
    user: Option<String>,
    groups: Option<Vec<String>>,
    is_guest: bool,
) -> Result<Principal, Error> {
    let refuse = |rule: &str| Err(Error::Invalid(vec![Violation::new("/user", rule)]));
    let Some(user) = user else {
        if groups.is_some() || is_guest {
            return refuse("is required beside groups and isGuest: without it, the token says all");
        }
        if caller.user.is_none() {
            return refuse("is required: the token is of no user");
        }
        return Ok(caller.clone());
    };
    let groups = groups.map(|groups| {
        groups
            .iter()
            .map(|id| GroupId::new(id))
            .collect::<Arc<[_]>>()
    });
    Ok(Principal {
        user: Some(UserId::new(&user)),
        groups,
        is_guest,
        ..caller.clone()
    })
}

fn to_document(explanation: Explanation) -> types::Explanation {
    let entry = |explained: ExplainedEntry| types::ExplainedEntry {
        acl: items::entry_to_document(explained.entry),
        is_match: explained.is_match,
        reason: explained.reason,
        group_path: explained.group_path,
    };
    let part = |part: ExplainedPart| types::ExplainedPart {
        text: part.text,
        is_match: part.is_match,
        note: part.note,
    };
    let query = |query: ExplainedQuery| types::ExplainedQuery {
        is_found: query.is_found,
        outcome: match query.outcome {
            QueryOutcome::Found => SearchOutcome::Found,
            QueryOutcome::ConnectionNotReady => SearchOutcome::ConnectionNotReady,
            QueryOutcome::Trimmed => SearchOutcome::Trimmed,
            QueryOutcome::NotSearchable => SearchOutcome::NotSearchable,
            QueryOutcome::NotQueryable => SearchOutcome::NotQueryable,
            QueryOutcome::NotMatched => SearchOutcome::NotMatched,
        },
        reason: query.reason,
        parts: query.parts.into_iter().map(part).collect(),
    };
    types::Explanation {
        is_visible: explanation.is_visible,
        verdict: match explanation.verdict {
            Verdict::Granted => AccessVerdict::Granted,
            Verdict::Denied => AccessVerdict::Denied,
            Verdict::NotNamed => AccessVerdict::NotNamed,
        },
        entries: explanation.entries.into_iter().map(entry).collect(),
        query: explanation.query.map(query),
    }
}

fn coverage_to_document(coverage: Coverage) -> ConnectionCoverage {
    let number = |number: u64| number.try_into().unwrap_or(i64::MAX);
    ConnectionCoverage {
        items_count: number(coverage.items),
        invisible_items_count: number(coverage.invisible_items),
        invisible_item_ids: coverage.invisible_item_ids,
        unknown_groups: coverage.unknown_groups,
        empty_properties: coverage.empty_properties,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::principal::{AppId, Reach, TenantId};

    #[test]
    fn viewer_has_the_reach_of_the_caller() {
        let caller = Principal {
            tenant: TenantId::new("t"),
            app: AppId::new("a"),
            user: None,
            groups: None,
            is_guest: false,
            reach: Reach::Owned,
        };
        assert!(viewer(&caller, None, None, false).is_err());
        let other = viewer(&caller, Some("U".into()), Some(vec!["G".into()]), true);
        let expected = Principal {
            user: Some(UserId::new("u")),
            groups: Some(Arc::from([GroupId::new("g")])),
            is_guest: true,
            ..caller.clone()
        };
        assert_eq!(other.expect("a viewer"), expected);
        let himself = Principal {
            user: Some(UserId::new("u")),
            ..caller
        };
        assert_eq!(
            viewer(&himself, None, None, false).expect("a viewer"),
            himself
        );
        assert!(viewer(&himself, None, Some(Vec::new()), false).is_err());
        assert!(viewer(&himself, None, None, true).is_err());
    }
}
