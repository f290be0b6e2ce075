#!/usr/bin/env bash
# The commands of CLI for Microsoft 365 for external connections; what it has no command for, its `request` does.
set -euo pipefail

request() { m365 request --url "@graph/$1" "${@:2}"; }
send() { request "$1" --method "$2" --body "$3" --content-type application/json "${@:4}"; }
expect() { [[ $2 == "$1" ]] || { echo "expected $1, found $2" >&2; exit 1; }; }

# as-graph.mjs has a token of each.
sign_in() { m365 logout && m365 login --authType identity --userName "$1"; }
sign_in app
m365 external connection add --id contosohr --name 'Contoso HR' --description 'Connection to index Contoso HR system'
expect contosohr "$(m365 external connection get --name 'Contoso HR' --query id --output text)"
expect draft "$(m365 external connection list --query "[?id=='contosohr'].state" --output text)"

# Prints where the operation is.
operation=$(m365 external connection schema add --externalConnectionId contosohr --output text --schema '{
  "baseType": "microsoft.graph.externalItem",
  "properties": [
    { "name": "title", "type": "string", "isSearchable": true, "isRetrievable": true, "labels": ["title"] },
    { "name": "tags", "type": "stringCollection", "isQueryable": true, "isRetrievable": true }
  ]
}')
operation=external/connections/contosohr/operations/${operation##*/}
until [[ $(request "$operation" --query status --output text) == completed ]]; do sleep 1; done

m365 external connection urltoitemresolver add --externalConnectionId contosohr --baseUrls https://hr.contoso.example \
    --urlPattern '/(?<page>[a-z]+)' --itemId '{page}' --priority 1

send external/connections/contosohr/groups post '{"id":"pilots","displayName":"Pilots"}'
user='{"id":"1f0c997e-99f7-43f1-8cca-086f8d42be8d","type":"user"}'
send external/connections/contosohr/groups/pilots/members post "$user"

m365 external item add --externalConnectionId contosohr --id handbook --acls grant,externalGroup,pilots --title Handbook \
    --tags 'leave;#policy' --tags@odata.type 'Collection(String)' --content 'Handbook: 30 days a year.'
expect '["leave","policy"]' "$(request external/connections/contosohr/items/handbook --query properties.tags | tr -d ' \n')"

# A search is a user's: that of the member of the group finds the item, that of another user nothing.
search='{"requests":[{"entityTypes":["externalItem"],"contentSources":["/external/connections/contosohr"],
  "query":{"queryString":"handbook days"}}]}'
found() { send search/query post "$search" --query 'value[0].hitsContainers[0].hits[].resource.properties.title' | tr -d ' \n'; }
sign_in user
expect '["Handbook"]' "$(found)"
# What Microsoft 365 wants of a connection, an item that is found among it.
checks=$(m365 external connection doctor --id contosohr --ux search --query "[?status=='failed'].id" | tr -d ' \n')
expect '["resultType"]' "$checks"
sign_in stranger
expect '[]' "$(found)"
sign_in app

# Several requests in one. Each has a status of its own.
put() {
    printf '{"id":"%s","method":"PUT","url":"/external/connections/contosohr/items/%s",' "$1" "$1"
    printf '"headers":{"Content-Type":"application/json"},"body":{"properties":{"title":"%s"},' "$1"
    printf '"acl":[{"type":"externalGroup","value":"pilots","accessType":"grant"}]}}'
}
batch="{\"requests\":[$(put benefits),$(put travel)]}"
expect '[200,200]' "$(send "\$batch" post "$batch" --query 'responses[].status' | tr -d ' \n')"
expect '["benefits","handbook"]' "$(request 'external/connections/contosohr/items?$top=2' --query 'value[].id' | tr -d ' \n')"

activity="{\"type\":\"viewed\",\"startDateTime\":\"2026-01-31T09:30:00Z\",\"performedBy\":$user}"
send external/connections/contosohr/items/handbook/addActivities post "{\"activities\":[$activity]}"
request external/connections/contosohr/quota

request external/connections/contosohr/items/handbook --method delete
request external/connections/contosohr/groups/pilots --method delete
m365 external connection remove --id contosohr --force
echo 'CLI for Microsoft 365: connection, schema, resolver, group, items, batch, search, activity, quota; deleted'
