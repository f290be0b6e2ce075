//! The tag `activities`: handlers.

use std::borrow::Cow;

use openapi_contract_runtime::Member;

use crate::domain::{
    Error, Violation,
    activity::{self, Activity, ActivityProperty},
    external_connection::ConnectionId,
    external_group::MemberKind,
    item,
};

use super::{
    collection::{Collection, QueryOptions, Selection},
    error::ApiError,
    generated::{
        ActivitiesApi, AddActivitiesByTypeNameParams, AddActivitiesByTypeNameResponse,
        AddActivitiesParams, AddActivitiesResponse, CountActivitiesParams, CountActivitiesResponse,
        CreateActivityParams, CreateActivityResponse, GetActivityParams,
        GetActivityPerformerParams, GetActivityPerformerResponse, GetActivityResponse,
        ListActivitiesParams, ListActivitiesResponse,
        types::{
            self, AddActivities, ExternalActivity, ExternalActivityResult,
            ExternalActivityResultCollection, ExternalActivityType, IdentityType, PublicError,
        },
    },
    groups::to_member,
    service::{Api, Call},
};

impl ActivitiesApi for Api {
    async fn add_activities(
        &self,
        call: Call,
        params: AddActivitiesParams,
    ) -> Result<AddActivitiesResponse, ApiError> {
        let results = self.add(&call, params.connection_id, &params.item_id, params.body);
        Ok(match results.await? {
            (results, true) => AddActivitiesResponse::Ok(results),
            (results, false) => AddActivitiesResponse::MultiStatus(results),
        })
    }

    async fn add_activities_by_type_name(
        &self,
        call: Call,
        params: AddActivitiesByTypeNameParams,
    ) -> Result<AddActivitiesByTypeNameResponse, ApiError> {
        let results = self.add(&call, params.connection_id, &params.item_id, params.body);
        Ok(match results.await? {
            (results, true) => AddActivitiesByTypeNameResponse::Ok(results),
            (results, false) => AddActivitiesByTypeNameResponse::MultiStatus(results),
        })
    }

    async fn list_activities(
        &self,
        call: Call,
        params: ListActivitiesParams,
    ) -> Result<ListActivitiesResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        let activities = activities(&id, &params.item_id);
        let (select, token) = (params.select.as_deref(), params.skiptoken.as_deref());
        let options = QueryOptions::in_order(select, params.top, token, params.count);
        let read = |query| {
            self.store
                .list_activities(&call.scope, &id, &params.item_id, query)
        };
        let answer = activities.list(&call, options, &self.skip_tokens, read, to_document);
        Ok(ListActivitiesResponse::Ok(answer.await?.into()))
    }

    async fn create_activity(
        &self,
        call: Call,
        params: CreateActivityParams,
    ) -> Result<CreateActivityResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        let new = read(&params.body).map_err(|broken| Error::Invalid(vec![broken]))?;
        let (item, capacity) = (&params.item_id, self.capacity());
        let added = self
            .store
            .add_activities(&call.scope, &id, item, vec![new.clone()], capacity);
        let last = item::RESOURCE.found(added.await?)?;
        let activities = activities(&id, item);
        let location = activities.location(&call.request, &last.to_string());
        let selection = Selection::default();
        let mut body = to_document((last, new), &selection);
        body.odata_context = activities.entity_context(&call.request, &selection);
        Ok(CreateActivityResponse::Created { body, location })
    }

    async fn count_activities(
        &self,
        call: Call,
        params: CountActivitiesParams,
    ) -> Result<CountActivitiesResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        let count = self
            .store
            .count_activities(&call.scope, &id, &params.item_id);
        Ok(CountActivitiesResponse::Ok(count.await?.to_string()))
    }

    async fn get_activity(
        &self,
        call: Call,
        params: GetActivityParams,
    ) -> Result<GetActivityResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        let activities = activities(&id, &params.item_id);
        let selection = activities.selection(params.select.as_deref())?;
        let found = self
            .stored(&call, &id, &params.item_id, &params.activity_id)
            .await?;
        let mut body = to_document(found, &selection);
        body.odata_context = activities.entity_context(&call.request, &selection);
        Ok(GetActivityResponse::Ok(body))
    }

    async fn get_activity_performer(
        &self,
        call: Call,
        params: GetActivityPerformerParams,
    ) -> Result<GetActivityPerformerResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        let (no, activity) = self
            .stored(&call, &id, &params.item_id, &params.activity_id)
            .await?;
        let set = activities(&id, &params.item_id).entity_set;
        let context = format!("{set}('{no}')/performedBy/$entity");
        let mut body = to_member(activity.performed_by, &Selection::default());
        body.odata_context = call.request.context(&context);
        Ok(GetActivityPerformerResponse::Ok(body))
    }
}

impl Api {
    /// # Errors
    /// There is no such activity.
    async fn stored(
        &self,
        call: &Call,
        connection: &ConnectionId,
        item: &str,
        id: &str,
    ) -> Result<(u64, Activity), ApiError> {
        let no = activity::RESOURCE.found(id.parse().ok())?;
        let found = self.store.get_activity(&call.scope, connection, item, no);
        Ok((no, activity::RESOURCE.found(found.await?)?))
    }

    /// A result for each activity, and whether all were stored.
    async fn add(
        &self,
        call: &Call,
        connection: String,
        item: &str,
        body: AddActivities,
    ) -> Result<(ExternalActivityResultCollection, bool), ApiError> {
        let id = ConnectionId::existing(connection);
        let (mut results, mut activities) = (Vec::new(), Vec::new());
        for given in body.activities {
            let error = match read(&given) {
                Ok(activity) => {
                    activities.push(activity);
                    None
                }
                Err(broken) => Some(PublicError {
                    code: Member::Value("InvalidRequest".into()),
                    message: Member::Value(broken.rule),
                    target: Member::Value(broken.pointer),
                }),
            };
            results.push(ExternalActivityResult {
                r#type: Some(given.r#type),
                start_date_time: Some(given.start_date_time),
                error: error.into(),
            });
        }
        let is_whole = activities.len() == results.len();
        let added = self
            .store
            .add_activities(&call.scope, &id, item, activities, self.capacity());
        item::RESOURCE.found(added.await?)?;
        let name = "Collection(microsoft.graph.externalConnectors.externalActivityResult)";
        let results = ExternalActivityResultCollection {
            odata_context: call.request.context(name),
            value: results,
        };
        Ok((results, is_whole))
    }
}

fn activities(connection: &ConnectionId, item: &str) -> Collection<ActivityProperty> {
    let set = format!("external/connections('{connection}')/items('{item}')/activities");
    let path = format!("/external/connections/{connection}/items/{item}/activities");
    Collection {
        entity_type: "microsoft.graph.externalConnectors.externalActivity",
        entity_set: Cow::Owned(set),
        path: Cow::Owned(path),
        members: types::Activity::MEMBERS,
        properties: ActivityProperty::NAMES,
        id: ("id", ActivityProperty::Id),
        name: None,
    }
}

/// # Errors
/// What is not valid, where one cannot be told without the others.
pub(super) fn all_activities(given: &[ExternalActivity]) -> Result<Vec<Activity>, Error> {
    let activities = given.iter().enumerate().map(|(index, given)| {
        read(given).map_err(|broken| {
            let pointer = format!("/activities/{index}{}", broken.pointer);
            Error::Invalid(vec![Violation::new(pointer, broken.rule)])
        })
    });
    activities.collect()
}

fn read(given: &ExternalActivity) -> Result<Activity, Violation> {
    let kind = match given.performed_by.r#type {
        Some(IdentityType::User) | None => MemberKind::User,
        Some(IdentityType::Group) => MemberKind::Group,
        Some(IdentityType::ExternalGroup) => MemberKind::ExternalGroup,
        Some(IdentityType::UnknownFutureValue) => {
            let rule = "must be user, group or externalGroup";
            return Err(Violation::new("/performedBy/type", rule));
        }
    };
    if given.r#type == ExternalActivityType::UnknownFutureValue {
        let rule = "must be viewed, modified, created or commented";
        return Err(Violation::new("/type", rule));
    }
    Activity::new(
        given.r#type.name(),
        &given.start_date_time,
        kind,
        &given.performed_by.id,
    )
}

fn to_document((no, activity): (u64, Activity), selection: &Selection) -> types::Activity {
    let performed_by = || to_member(activity.performed_by, &Selection::default());
    types::Activity {
        odata_context: None,
        id: selection.has("id").then(|| no.to_string()),
        r#type: selection
            .has("type")
            .then(|| ExternalActivityType::from_name(&activity.r#type))
            .flatten(),
        start_date_time: selection.has("startDateTime").then_some(activity.started),
        performed_by: selection.has("performedBy").then(performed_by),
    }
}
