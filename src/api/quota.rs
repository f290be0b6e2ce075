//! The tag `quota`: its handler.

use crate::domain::external_connection::ConnectionId;

use super::{
    error::ApiError,
    generated::{GetQuotaParams, GetQuotaResponse, QuotaApi, types::ConnectionQuota},
    service::{Api, Call},
};

impl QuotaApi for Api {
    async fn get_quota(
        &self,
        call: Call,
        params: GetQuotaParams,
    ) -> Result<GetQuotaResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        let items = self.store.count_items(&call.scope, &id).await?;
        let set = format!("external/connections('{id}')/quota/$entity");
        Ok(GetQuotaResponse::Ok(ConnectionQuota {
            odata_context: call.request.context(&set),
            items_remaining: i64::try_from(self.limits.items_remaining(items)).ok(),
        }))
    }
}
