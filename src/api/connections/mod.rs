//! The tag `connections`: handlers.

mod convert;
mod list;
#[cfg(test)]
mod measure;
mod settings;

use crate::domain::{
    Resource,
    connections::NewConnection,
    external_connection::{self, ConnectionId},
    store::Scope,
};

use super::{
    Api, ApiError, Call, RequestContext,
    generated::{
        AddConnectionParams, AddConnectionResponse, ConnectionsApi, CountConnectionsParams,
        CountConnectionsResponse, CreateConnectionParams, CreateConnectionResponse,
        DeleteConnectionParams, DeleteConnectionResponse, GetConnectionParams,
        GetConnectionResponse, ListConnectionsParams, ListConnectionsResponse,
        UpdateConnectionParams, UpdateConnectionResponse, types::ExternalConnection,
    },
};
use convert::{Selection, TypeNames};

/// The entity set in context URLs. Source: Graph, observed: without `external/`.
const ENTITY_SET: &str = "connections";

impl ConnectionsApi for Api {
    async fn create_connection(
        &self,
        call: Call,
        params: CreateConnectionParams,
    ) -> Result<CreateConnectionResponse, ApiError> {
        let (new, types) = convert::create(params.body);
        let (body, location) = self.create(&call, new, types).await?;
        Ok(CreateConnectionResponse::Created { body, location })
    }

    async fn add_connection(
        &self,
        call: Call,
        params: AddConnectionParams,
    ) -> Result<AddConnectionResponse, ApiError> {
        let (new, types) = convert::create(params.body);
        let (body, location) = self.create(&call, new, types).await?;
        Ok(AddConnectionResponse::Created { body, location })
    }

    async fn list_connections(
        &self,
        call: Call,
        params: ListConnectionsParams,
    ) -> Result<ListConnectionsResponse, ApiError> {
        self.list(&call, params)
            .await
            .map(ListConnectionsResponse::Ok)
    }

    async fn count_connections(
        &self,
        call: Call,
        params: CountConnectionsParams,
    ) -> Result<CountConnectionsResponse, ApiError> {
        let filter = list::filter(params.filter.as_deref())?;
        let scope = Scope::from(&call.principal);
        let count = self.store.count_connections(&scope, filter).await?;
        Ok(CountConnectionsResponse::Ok(count.to_string()))
    }

    async fn get_connection(
        &self,
        call: Call,
        params: GetConnectionParams,
    ) -> Result<GetConnectionResponse, ApiError> {
        let selection = Selection::parse(params.select.as_deref())?;
        let id = ConnectionId::existing(params.connection_id);
        let scope = Scope::from(&call.principal);
        let connection = self.store.get_connection(&scope, &id).await?;
        let connection = Resource::ExternalConnection.found(connection)?;
        let mut entity = convert::entity(connection, &selection);
        entity.odata_context = selection.entity_context(&call.request);
        Ok(GetConnectionResponse::Ok(entity))
    }

    async fn update_connection(
        &self,
        call: Call,
        params: UpdateConnectionParams,
    ) -> Result<UpdateConnectionResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        self.check_precondition(&call, &id).await?;
        let decision = convert::update(params.body).into_decision(&call.principal)?;
        let scope = Scope::from(&call.principal);
        let updated = self.store.update_connection(&scope, &id, decision).await?;
        Resource::ExternalConnection.found(updated)?;
        Ok(UpdateConnectionResponse::NoContent)
    }

    async fn delete_connection(
        &self,
        call: Call,
        params: DeleteConnectionParams,
    ) -> Result<DeleteConnectionResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        self.check_precondition(&call, &id).await?;
        let scope = Scope::from(&call.principal);
        let deleted = self.store.delete_connection(&scope, &id).await?;
        Resource::ExternalConnection.found(deleted)?;
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
        let scope = Scope::from(&call.principal);
        let connection = self.store.get_connection(&scope, id).await?;
        Resource::ExternalConnection.found(connection)?;
        Err(ApiError::precondition_failed())
    }

    /// The created entity and its address.
    async fn create(
        &self,
        call: &Call,
        new: NewConnection,
        types: TypeNames,
    ) -> Result<(ExternalConnection, String), ApiError> {
        let connection = new.into_connection(&call.principal, &*self.clock)?;
        self.store
            .create_connection(&call.principal.tenant, connection.clone())
            .await?;
        let location = location(&call.request, &connection);
        let selection = Selection::default();
        let mut entity = convert::entity(connection, &selection);
        types.echo(&mut entity);
        entity.odata_context = selection.entity_context(&call.request);
        Ok((entity, location))
    }
}

/// Identifiers are letters, digits and hyphens: nothing to encode.
fn location(
    request: &RequestContext,
    connection: &external_connection::ExternalConnection,
) -> String {
    format!(
        "{}/external/connections/{}",
        request.service_root(),
        connection.id
    )
}
