//! The tag `retrieval`: its handler.

use openapi_contract_runtime::FreeObject;

use crate::domain::{
    Error, Violation,
    search::{RetrievalExtract, RetrievalHit, RetrievalRequest},
};

use super::{
    collection::unsigned,
    error::ApiError,
    generated::{
        RetrievalApi, RetrieveParams, RetrieveResponse,
        types::{
            self, RetrievalDataSource, RetrievalMetadata, RetrievalResponse,
            RetrievalSensitivityLabel,
        },
    },
    service::{Api, Call},
};

/// What results without metadata take, *bytes*.
const ANSWER_BYTES: usize = 192 * 1_024;

impl RetrievalApi for Api {
    async fn retrieve(
        &self,
        call: Call,
        params: RetrieveParams,
    ) -> Result<RetrieveResponse, ApiError> {
        let hits = retrieved(self, &call, params.body).await?;
        Ok(RetrieveResponse::Ok(to_document(hits)))
    }
}

pub(super) async fn retrieved(
    api: &Api,
    call: &Call,
    given: types::RetrievalRequest,
) -> Result<Vec<RetrievalHit>, ApiError> {
    let request = request(given)?;
    call.memory.hold_answer(ANSWER_BYTES).await?;
    let searching = api.searching();
    let hits = searching.retrieve(&call.principal, &request);
    let hits = hits.await.map_err(|error| match error {
        Error::TooCostly => ApiError::too_costly_search("/queryString"),
        error => error.into(),
    })?;
    let metadata = hits.iter().map(|hit| hit.metadata.as_str().len());
    let bytes = ANSWER_BYTES + metadata.sum::<usize>();
    if bytes > ANSWER_BYTES {
        call.memory.hold_answer(bytes).await?;
    }
    Ok(hits)
}

/// # Errors
/// A source that is not served.
fn request(given: types::RetrievalRequest) -> Result<RetrievalRequest, Error> {
    if given.data_source != RetrievalDataSource::ExternalItem {
        let rule = "must be externalItem: nothing else is retrieved here";
        let broken = Violation::new("/dataSource", rule);
        return Err(Error::Invalid(vec![broken]));
    }
    let configuration = given.data_source_configuration.value();
    let configuration = configuration.and_then(|it| it.external_item.value());
    let connections = configuration.and_then(|it| it.connections);
    let connections = connections.filter(|connections| !connections.is_empty());
    let id = |connection: types::RetrievalConnection| connection.connection_id;
    Ok(RetrievalRequest {
        query: given.query_string,
        connections: connections.map(|it| it.into_iter().map(id).collect()),
        filter: given
            .filter_expression
            .value()
            .filter(|filter| !filter.trim().is_empty()),
        metadata: given.resource_metadata.unwrap_or_default(),
        size: unsigned(given.maximum_number_of_results),
    })
}

pub(super) fn to_document(hits: Vec<RetrievalHit>) -> RetrievalResponse {
    RetrievalResponse {
        retrieval_hits: hits.into_iter().map(hit_to_document).collect(),
    }
}

fn hit_to_document(hit: RetrievalHit) -> types::RetrievalHit {
    let extract = |extract: RetrievalExtract| types::RetrievalExtract {
        text: extract.text,
        relevance_score: Some(extract.relevance),
    };
    let label = |id| RetrievalSensitivityLabel {
        sensitivity_label_id: Some(id),
    };
    types::RetrievalHit {
        web_url: hit.web_url,
        extracts: hit.extracts.into_iter().map(extract).collect(),
        resource_type: RetrievalDataSource::ExternalItem,
        resource_metadata: RetrievalMetadata(FreeObject::from_text(hit.metadata.into_text())),
        sensitivity_label: hit.sensitivity_label.map(label),
    }
}
