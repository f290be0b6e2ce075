//! The tag `connections`: handlers.

mod convert;
#[cfg(test)]
mod measure;
mod settings;

use std::borrow::Cow;

use crate::domain::external_connection::{ConnectionId, ConnectionProperty, RESOURCE};

use super::{
    collection::{Collection, QueryOptions, Selection},
    error::ApiError,
    generated::{
        AddConnectionParams, AddConnectionResponse, ConnectionsApi, CountConnectionsParams,
        CountConnectionsResponse, CreateConnectionParams, CreateConnectionResponse,
        DeleteConnectionParams, DeleteConnectionResponse, GetConnectionParams,
        GetConnectionResponse, GetExternalParams, GetExternalResponse, ListConnectionsParams,
        ListConnectionsResponse, UpdateConnectionParams, UpdateConnectionResponse,
        types::{ExternalConnection, ExternalConnectionCreate, ExternalRoot},
    },
    service::{Api, Call},
};

static CONNECTIONS: Collection<ConnectionProperty> = Collection {
    entity_type: "microsoft.graph.externalConnectors.externalConnection",
    // Source: Graph, observed: without `external/`.
    entity_set: Cow::Borrowed("connections"),
    path: Cow::Borrowed("/external/connections"),
    members: ExternalConnection::MEMBERS,
    properties: ConnectionProperty::NAMES,
    id: ("id", ConnectionProperty::Id),
    name: Some(("name", ConnectionProperty::Name)),
};

impl ConnectionsApi for Api {
    async fn get_external(
        &self,
        call: Call,
        _: GetExternalParams,
    ) -> Result<GetExternalResponse, ApiError> {
        Ok(GetExternalResponse::Ok(ExternalRoot {
            odata_context: call.request.context("external"),
        }))
    }

    async fn create_connection(
        &self,
        call: Call,
        params: CreateConnectionParams,
    ) -> Result<CreateConnectionResponse, ApiError> {
        let (body, location) = self.create(&call, params.body).await?;
        Ok(CreateConnectionResponse::Created { body, location })
    }

    async fn add_connection(
        &self,
        call: Call,
        params: AddConnectionParams,
    ) -> Result<AddConnectionResponse, ApiError> {
        let (body, location) = self.create(&call, params.body).await?;
        Ok(AddConnectionResponse::Created { body, location })
    }

    async fn list_connections(
        &self,
        call: Call,
        params: ListConnectionsParams,
    ) -> Result<ListConnectionsResponse, ApiError> {
        let options = QueryOptions::from(&params);
        let read = |query| self.store.list_connections(&call.scope, query);
        let answer = CONNECTIONS
            .list(&call, options, &self.skip_tokens, read, convert::entity)
            .await?;
        Ok(ListConnectionsResponse::Ok(answer.into()))
    }

    async fn count_connections(
        &self,
        call: Call,
        params: CountConnectionsParams,
    ) -> Result<CountConnectionsResponse, ApiError> {
        let filter = CONNECTIONS.filter(params.filter.as_deref())?;
        let count = self.store.count_connections(&call.scope, filter).await?;
        Ok(CountConnectionsResponse::Ok(count.to_string()))
    }

    async fn get_connection(
        &self,
        call: Call,
        params: GetConnectionParams,
    ) -> Result<GetConnectionResponse, ApiError> {
        let selection = CONNECTIONS.selection(params.select.as_deref())?;
        let id = ConnectionId::existing(params.connection_id);
        let read = |bytes| self.store.get_connection(&call.scope, &id, bytes);
        let connection = call.read(read).await?;
        let connection = RESOURCE.found(connection)?;
        let mut entity = convert::entity(connection, &selection);
        entity.odata_context = CONNECTIONS.entity_context(&call.request, &selection);
        Ok(GetConnectionResponse::Ok(entity))
    }

    async fn update_connection(
        &self,
        call: Call,
        params: UpdateConnectionParams,
    ) -> Result<UpdateConnectionResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        self.check_precondition(&call, &id).await?;
        call.request
            .ignore(convert::ignored_apps(&params.body.configuration));
        let decision = convert::update(params.body).into_decision(&call.principal)?;
        let store = &self.store;
        let updated = store.update_connection(&call.scope, &id, decision).await?;
        RESOURCE.found(updated)?;
        Ok(UpdateConnectionResponse::NoContent)
    }

    async fn delete_connection(
        &self,
        call: Call,
        params: DeleteConnectionParams,
    ) -> Result<DeleteConnectionResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        self.check_precondition(&call, &id).await?;
        let deleted = self.store.delete_connection(&call.scope, &id).await?;
        RESOURCE.found(deleted)?;
        Ok(DeleteConnectionResponse::Accepted)
    }
}

impl Api {
    /// # Errors
    /// The write has a condition that what exists does not meet. What does not exist is not found: RFC 9110, section
    /// 13.2.1.
    async fn check_precondition(&self, call: &Call, id: &ConnectionId) -> Result<(), ApiError> {
        if !call.request.precondition_fails {
            return Ok(());
        }
        let connection = self.store.get_connection(&call.scope, id, 0).await?;
        RESOURCE.found(connection)?;
        Err(ApiError::precondition_failed())
    }

    /// The created entity and its address.
    async fn create(
        &self,
        call: &Call,
        body: ExternalConnectionCreate,
    ) -> Result<(ExternalConnection, String), ApiError> {
        call.request
            .ignore(convert::ignored_apps(&body.configuration));
        let (new, types) = convert::create(body);
        let connection = new.into_connection(&call.principal, &*self.clock)?;
        self.store
            .create_connection(
                &call.principal.tenant,
                connection.clone(),
                self.limits.connections,
            )
            .await?;
        let location = CONNECTIONS.location(&call.request, connection.id.as_str());
        let selection = Selection::default();
        let mut entity = convert::entity(connection, &selection);
        types.echo(&mut entity);
        entity.odata_context = CONNECTIONS.entity_context(&call.request, &selection);
        Ok((entity, location))
    }
}
