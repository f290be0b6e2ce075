//! The tag `groups`: handlers of external groups and their members.

use std::borrow::Cow;

use openapi_contract_runtime::Member as Given;

use crate::domain::{
    Error, Violation,
    decision::Decision,
    external_connection::ConnectionId,
    external_group::{self, GroupProperty, MEMBER, Member, MemberKind, RESOURCE},
};

use super::{
    collection::{Collection, QueryOptions, Selection},
    error::ApiError,
    generated::{
        CountGroupsParams, CountGroupsResponse, CountMembersParams, CountMembersResponse,
        CreateGroupParams, CreateGroupResponse, CreateMemberParams, CreateMemberResponse,
        DeleteGroupParams, DeleteGroupResponse, DeleteMemberParams, DeleteMemberResponse,
        GetGroupParams, GetGroupResponse, GetMemberParams, GetMemberResponse, GroupsApi,
        ListGroupsParams, ListGroupsResponse, ListMembersParams, ListMembersResponse,
        UpdateGroupParams, UpdateGroupResponse,
        types::{ExternalGroup, GroupMember, Identity, IdentityType},
    },
    service::{Api, Call},
};

impl GroupsApi for Api {
    async fn create_group(
        &self,
        call: Call,
        params: CreateGroupParams,
    ) -> Result<CreateGroupResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        let group = external_group::ExternalGroup {
            id: params.body.id,
            display_name: params.body.display_name.value(),
            description: params.body.description.value(),
        };
        self.store
            .create_group(&call.scope, &id, group.clone())
            .await?;
        let groups = groups(&id);
        let location = groups.location(&call.request, &group.id);
        let selection = Selection::default();
        let mut body = to_group(group, &selection);
        body.odata_context = groups.entity_context(&call.request, &selection);
        Ok(CreateGroupResponse::Created { body, location })
    }

    async fn list_groups(
        &self,
        call: Call,
        params: ListGroupsParams,
    ) -> Result<ListGroupsResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        let groups = groups(&id);
        let (select, token) = (params.select.as_deref(), params.skiptoken.as_deref());
        let options = QueryOptions::in_order(select, params.top, token, params.count);
        let read = |query| self.store.list_groups(&call.scope, &id, query);
        let answer = groups.list(&call, options, &self.skip_tokens, read, to_group);
        Ok(ListGroupsResponse::Ok(answer.await?.into()))
    }

    async fn count_groups(
        &self,
        call: Call,
        params: CountGroupsParams,
    ) -> Result<CountGroupsResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        let count = self.store.count_groups(&call.scope, &id).await?;
        Ok(CountGroupsResponse::Ok(count.to_string()))
    }

    async fn get_group(
        &self,
        call: Call,
        params: GetGroupParams,
    ) -> Result<GetGroupResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        let groups = groups(&id);
        let selection = groups.selection(params.select.as_deref())?;
        let group = self.store.get_group(&call.scope, &id, &params.group_id);
        let mut body = to_group(RESOURCE.found(group.await?)?, &selection);
        body.odata_context = groups.entity_context(&call.request, &selection);
        Ok(GetGroupResponse::Ok(body))
    }

    async fn update_group(
        &self,
        call: Call,
        params: UpdateGroupParams,
    ) -> Result<UpdateGroupResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        let update = external_group::ExternalGroupUpdate {
            display_name: params.body.display_name.change(),
            description: params.body.description.change(),
        };
        let bytes = update.description.iter().flatten().map(String::len).sum();
        let decide = Box::new(|mut group| {
            update.apply(&mut group);
            Ok(group)
        });
        let decision = Decision { bytes, decide };
        let updated = self
            .store
            .update_group(&call.scope, &id, &params.group_id, decision);
        RESOURCE.found(updated.await?)?;
        Ok(UpdateGroupResponse::NoContent)
    }

    async fn delete_group(
        &self,
        call: Call,
        params: DeleteGroupParams,
    ) -> Result<DeleteGroupResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        let deleted = self.store.delete_group(&call.scope, &id, &params.group_id);
        RESOURCE.found(deleted.await?)?;
        Ok(DeleteGroupResponse::NoContent)
    }

    async fn create_member(
        &self,
        call: Call,
        params: CreateMemberParams,
    ) -> Result<CreateMemberResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        let member = member(&params.body)?;
        self.store
            .create_member(&call.scope, &id, &params.group_id, member.clone())
            .await?;
        let members = members(&id, &params.group_id);
        let location = members.location(&call.request, &member.id);
        let selection = Selection::default();
        let mut body = to_member(member, &selection);
        body.odata_context = members.entity_context(&call.request, &selection);
        Ok(CreateMemberResponse::Created { body, location })
    }

    async fn list_members(
        &self,
        call: Call,
        params: ListMembersParams,
    ) -> Result<ListMembersResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        let members = members(&id, &params.group_id);
        let (select, token) = (params.select.as_deref(), params.skiptoken.as_deref());
        let options = QueryOptions::in_order(select, params.top, token, params.count);
        let read = |query| {
            self.store
                .list_members(&call.scope, &id, &params.group_id, query)
        };
        let answer = members.list(&call, options, &self.skip_tokens, read, to_member);
        Ok(ListMembersResponse::Ok(answer.await?.into()))
    }

    async fn count_members(
        &self,
        call: Call,
        params: CountMembersParams,
    ) -> Result<CountMembersResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        let count = self.store.count_members(&call.scope, &id, &params.group_id);
        Ok(CountMembersResponse::Ok(count.await?.to_string()))
    }

    async fn get_member(
        &self,
        call: Call,
        params: GetMemberParams,
    ) -> Result<GetMemberResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        let members = members(&id, &params.group_id);
        let selection = members.selection(params.select.as_deref())?;
        let member = self
            .store
            .get_member(&call.scope, &id, &params.group_id, &params.member_id);
        let mut body = to_member(MEMBER.found(member.await?)?, &selection);
        body.odata_context = members.entity_context(&call.request, &selection);
        Ok(GetMemberResponse::Ok(body))
    }

    async fn delete_member(
        &self,
        call: Call,
        params: DeleteMemberParams,
    ) -> Result<DeleteMemberResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        let deleted =
            self.store
                .delete_member(&call.scope, &id, &params.group_id, &params.member_id);
        MEMBER.found(deleted.await?)?;
        Ok(DeleteMemberResponse::NoContent)
    }
}

fn groups(connection: &ConnectionId) -> Collection<GroupProperty> {
    Collection {
        entity_type: "microsoft.graph.externalConnectors.externalGroup",
        entity_set: Cow::Owned(format!("external/connections('{connection}')/groups")),
        path: Cow::Owned(format!("/external/connections/{connection}/groups")),
        members: ExternalGroup::MEMBERS,
        properties: GroupProperty::NAMES,
        id: ("id", GroupProperty::Id),
        name: None,
    }
}

fn members(connection: &ConnectionId, group: &str) -> Collection<GroupProperty> {
    let set = format!("external/connections('{connection}')/groups('{group}')/members");
    let path = format!("/external/connections/{connection}/groups/{group}/members");
    Collection {
        entity_type: "microsoft.graph.externalConnectors.identity",
        entity_set: Cow::Owned(set),
        path: Cow::Owned(path),
        members: GroupMember::MEMBERS,
        properties: GroupProperty::NAMES,
        id: ("id", GroupProperty::Id),
        name: None,
    }
}

/// # Errors
/// The kind is missing or none, or the identifier is not one of that kind.
fn member(given: &Identity) -> Result<Member, Error> {
    let is_external = matches!(
        &given.identity_source,
        Given::Value(source) if source.eq_ignore_ascii_case("external")
    );
    let kind = match given.r#type {
        Some(IdentityType::User) => MemberKind::User,
        // As beta had it.
        Some(IdentityType::Group) if is_external => MemberKind::ExternalGroup,
        Some(IdentityType::Group) => MemberKind::Group,
        Some(IdentityType::ExternalGroup) => MemberKind::ExternalGroup,
        Some(IdentityType::UnknownFutureValue) | None => {
            let rule = "must be user, group or externalGroup";
            return Err(Error::Invalid(vec![Violation::new("/type", rule)]));
        }
    };
    Member::new(kind, &given.id)
}

fn to_group(group: external_group::ExternalGroup, selection: &Selection) -> ExternalGroup {
    let nullable = |member, value: Option<String>| {
        if selection.has(member) {
            value.into()
        } else {
            Given::Absent
        }
    };
    ExternalGroup {
        odata_context: None,
        id: selection.has("id").then_some(group.id),
        display_name: nullable("displayName", group.display_name),
        description: nullable("description", group.description),
    }
}

pub(super) fn to_member(member: Member, selection: &Selection) -> GroupMember {
    let kind = match member.kind {
        MemberKind::User => IdentityType::User,
        MemberKind::Group => IdentityType::Group,
        MemberKind::ExternalGroup => IdentityType::ExternalGroup,
    };
    GroupMember {
        odata_context: None,
        id: selection.has("id").then_some(member.id),
        r#type: selection.has("type").then_some(kind),
    }
}
