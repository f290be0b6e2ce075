-- What wrk sends. Arguments: the kind of request; a file with a token in each line, of which each request has one; the
-- number of connections that each of their tenants has, and of items that `contosoitems` of the first one has.
local base, body = "/v1.0/external/connections", '"name":"Contoso HR","description":"Connection to index Contoso HR system"'

local function random_hex() return string.format("%08x", math.random(0, 0x7fffffff)) end

-- 4 KiB, and who may see it.
local entries = {'{"type":"everyoneExceptGuests","value":"everyone","accessType":"deny"}'}
for n = 1, 4 do entries[n + 1] = string.format('{"type":"group","value":"1f0c997e-99f7-43f1-8cca-086f8d42be%02d","accessType":"grant"}', n) end
local head = string.format('{"acl":[%s],"properties":{"title":"Error in the payment gateway","url":"https://contoso.example/tickets/1","priority":1},"content":{"type":"text","value":"',
  table.concat(entries, ","))
-- Another text each time, from its beginning to its end: SQLite writes no page that would stay as it is.
local function item() return head .. string.rep(string.format("The gateway answers with %d. ", math.random(100, 999)), 115) .. '"}}' end
local items = "/external/connections/contosoitems/items"
local function one(existing) return items .. "/" .. existing():gsub("contoso", "i") end

local function batch(existing)
  local parts = {}
  for n = 1, 20 do
    parts[n] = string.format('{"id":"%d","method":"PUT","url":"%s","headers":{"Content-Type":"application/json"},"body":%s}', n, one(existing), item())
  end
  return "POST", "/v1.0/$batch", '{"requests":[' .. table.concat(parts, ",") .. "]}"
end

local kinds = {
  put = function(existing) return "PUT", "/v1.0" .. one(existing), item() end,
  item = function(existing) return "GET", "/v1.0" .. one(existing) end,
  items = function() return "GET", "/v1.0" .. items .. "?$top=100" end,
  batch = batch,
  -- Behind a random one of those that exist.
  create = function(existing) return "POST", base, string.format('{"id":"%sx%s%s",%s}', existing(), random_hex(), random_hex(), body) end,
  get = function(existing) return "GET", base .. "/" .. existing() end,
  patch = function(existing) return "PATCH", base .. "/" .. existing(), "{" .. body .. "}" end,
  list = function() return "GET", base .. "?$top=100" end,
}

-- Most are gets, as where many read what few write.
local mixture = {"get", "get", "get", "get", "get", "list", "create", "patch"}
kinds.mixture = function(existing) return kinds[mixture[math.random(#mixture)]](existing) end

function init(arguments)
  math.randomseed(os.time())
  local kind, rows = kinds[arguments[1]], tonumber(arguments[3])
  local headers = {}
  for token in io.lines(arguments[2]) do
    table.insert(headers, {["Authorization"] = "Bearer " .. token, ["Content-Type"] = "application/json"})
  end
  local existing = function() return string.format("contoso%07d", math.random(0, rows - 1)) end
  request = function()
    local method, path, content = kind(existing)
    return wrk.format(method, path, headers[math.random(#headers)], content)
  end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %.1f %.1f\n", summary.requests, summary.duration,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout, latency:percentile(50), latency:percentile(99)))
end
