//! The tags `operations` and `extensions`: handlers.

use std::borrow::Cow;

use openapi_contract_runtime::Member;

use crate::domain::{
    decision::Decision,
    external_connection::ConnectionId,
    operation::{Operation, OperationProperty, Progress, RESOURCE},
    registration::Registration,
};

use super::{
    collection::{Collection, QueryOptions, Selection},
    error::ApiError,
    generated::{
        CountOperationsParams, CountOperationsResponse, EndOperationParams, EndOperationResponse,
        ExtensionsApi, GetOperationParams, GetOperationResponse, ListOperationsParams,
        ListOperationsResponse, OperationsApi,
        types::{ConnectionOperation, ConnectionOperationStatus, OperationEndStatus, PublicError},
    },
    service::{Api, Call},
};

impl OperationsApi for Api {
    async fn list_operations(
        &self,
        call: Call,
        params: ListOperationsParams,
    ) -> Result<ListOperationsResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        let operations = operations(&id);
        let (select, token) = (params.select.as_deref(), params.skiptoken.as_deref());
        let options = QueryOptions::in_order(select, params.top, token, params.count);
        let read = |query| self.store.list_operations(&call.scope, &id, query);
        let answer = operations.list(&call, options, &self.skip_tokens, read, to_document);
        Ok(ListOperationsResponse::Ok(answer.await?.into()))
    }

    async fn count_operations(
        &self,
        call: Call,
        params: CountOperationsParams,
    ) -> Result<CountOperationsResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        let count = self.store.count_operations(&call.scope, &id).await?;
        Ok(CountOperationsResponse::Ok(count.to_string()))
    }

    async fn get_operation(
        &self,
        call: Call,
        params: GetOperationParams,
    ) -> Result<GetOperationResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        let operations = operations(&id);
        let selection = operations.selection(params.select.as_deref())?;
        let get = || {
            self.store
                .get_operation(&call.scope, &id, &params.operation_id)
        };
        let mut operation = RESOURCE.found(get().await?)?;
        if matches!(operation.progress, Progress::Polls(_)) {
            // That it was asked for is stored before it is answered.
            let decide = Box::new(|registration: Registration| Ok(registration.polled()));
            let decision = Decision { bytes: 0, decide };
            self.store
                .update_registration(&call.scope, &id, decision)
                .await?;
            operation = RESOURCE.found(get().await?)?;
        }
        let mut body = to_document(operation, &selection);
        body.odata_context = operations.entity_context(&call.request, &selection);
        Ok(GetOperationResponse::Ok(body))
    }
}

impl ExtensionsApi for Api {
    async fn end_operation(
        &self,
        call: Call,
        params: EndOperationParams,
    ) -> Result<EndOperationResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        let operation = params.operation_id;
        let found = self.store.get_operation(&call.scope, &id, &operation);
        RESOURCE.found(found.await?)?;
        let end = match params.body.status {
            OperationEndStatus::Completed => Progress::Completed,
            OperationEndStatus::Failed => Progress::Failed(params.body.code),
        };
        let decide =
            Box::new(move |registration: Registration| Ok(registration.ended(&operation, end)));
        let decision = Decision { bytes: 0, decide };
        self.store
            .update_registration(&call.scope, &id, decision)
            .await?;
        Ok(EndOperationResponse::NoContent)
    }
}

fn operations(connection: &ConnectionId) -> Collection<OperationProperty> {
    Collection {
        entity_type: "microsoft.graph.externalConnectors.connectionOperation",
        // Source: Graph, observed: with `external/`.
        entity_set: Cow::Owned(format!("external/connections('{connection}')/operations")),
        path: Cow::Owned(format!("/external/connections/{connection}/operations")),
        members: ConnectionOperation::MEMBERS,
        properties: OperationProperty::NAMES,
        id: ("id", OperationProperty::Id),
        name: None,
    }
}

/// The absolute address of an operation: clients ask it as it is, with the same token.
pub(super) fn location(call: &Call, connection: &ConnectionId, id: &str) -> String {
    operations(connection).location(&call.request, id)
}

fn to_document(operation: Operation, selection: &Selection) -> ConnectionOperation {
    let (status, error) = match operation.progress {
        Progress::Until(_) | Progress::Polls(_) | Progress::Manual => {
            (ConnectionOperationStatus::Inprogress, None)
        }
        Progress::Completed => (ConnectionOperationStatus::Completed, None),
        Progress::Failed(code) => (ConnectionOperationStatus::Failed, Some(public_error(code))),
    };
    ConnectionOperation {
        odata_context: None,
        id: selection.has("id").then_some(operation.id),
        status: selection.has("status").then_some(status),
        error: if selection.has("error") {
            error.into()
        } else {
            Member::Absent
        },
    }
}

/// Source of the text: Graph, connectionOperation, the example of a failure.
fn public_error(code: String) -> PublicError {
    PublicError {
        code: Member::Value(code),
        message: Member::Value("Server error, something went wrong".into()),
        target: Member::Null,
    }
}
