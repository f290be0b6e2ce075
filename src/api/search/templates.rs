//! How hits look: the display templates of their connections.

use std::collections::BTreeMap;

use openapi_contract_runtime::{FreeObject, Map};

use crate::domain::{
    external_connection::ConnectionId,
    search::SearchAnswer,
    settings::{self, SearchResultTemplate},
};

use super::super::{
    error::ApiError,
    generated::types::{AdaptiveCard, ResultTemplate, ResultTemplates},
    service::{Api, Call},
};

/// That of each connection that has one.
#[derive(Debug, Default)]
pub(super) struct Templates(BTreeMap<ConnectionId, SearchResultTemplate>);

impl Api {
    /// The templates of the connections of hits.
    pub(super) async fn templates(
        &self,
        call: &Call,
        found: &SearchAnswer,
    ) -> Result<Templates, ApiError> {
        let mut templates = BTreeMap::new();
        for hit in &found.hits {
            if templates.contains_key(&hit.connection) {
                continue;
            }
            let read = |bytes| {
                self.store
                    .get_connection(&call.scope, &hit.connection, bytes)
            };
            // It may be gone by now.
            let connection = call.read(read).await?;
            let settings = connection.and_then(|connection| connection.settings.search_settings);
            let template = settings.and_then(|settings| settings::first_template(&settings));
            templates.insert(hit.connection.clone(), template);
        }
        let templates = templates.into_iter();
        let templates = templates.filter_map(|(id, template)| Some((id, template?)));
        Ok(Templates(templates.collect()))
    }
}

impl Templates {
    /// The name of a connection's template in an answer.
    pub(super) fn id(&self, connection: &ConnectionId) -> Option<String> {
        let template = self.0.get(connection)?;
        Some(id(connection, template))
    }

    /// `None` if there are none.
    pub(super) fn into_document(self) -> Option<ResultTemplates> {
        if self.0.is_empty() {
            return None;
        }
        let templates = self.0.into_iter().map(|(connection, template)| {
            let id = id(&connection, &template);
            let body = AdaptiveCard(FreeObject::from_text(template.layout.into_text()));
            let template = ResultTemplate {
                display_name: template.id,
                body,
            };
            (id, template)
        });
        Some(ResultTemplates(Map::from(templates.collect::<Vec<_>>())))
    }
}

/// Two connections may call theirs alike.
fn id(connection: &ConnectionId, template: &SearchResultTemplate) -> String {
    format!("{connection}_{}", template.id)
}
