-- What wrk sends to be searched. Arguments: the kind of request; a token; the file with the vocabulary, the commonest word first; the
-- number of items that `contosoitems` has. Words are drawn as `against/src/corpus.rs` draws them.
local base, words, items = "/v1.0", {}, 0
local function any(list) return list[math.random(#list)] end

-- Words from one rank to another, each as likely; words by Zipf's law.
local function between(from, to) return words[math.random(from, to)] end
local function zipf() return words[math.floor((#words) ^ math.random())] end
local function common() return between(20, 200) end
local function rare() return between(2000, 20000) end

local function search(query, more)
  return "POST", base .. "/search/query", string.format(
    '{"requests":[{"entityTypes":["externalItem"],"contentSources":["/external/connections/contosoitems"],"query":{"queryString":"%s"},"from":0,"size":25%s}]}',
    query, more or "")
end

local function retrieval()
  local question = {}
  for n = 1, 4 do table.insert(question, common()); table.insert(question, between(200, 5000)) end
  return "POST", base .. "/copilot/retrieval", string.format(
    '{"queryString":"%s","dataSource":"externalItem","resourceMetadata":["title"],"maximumNumberOfResults":10}', table.concat(question, " "))
end

local function entries()
  if math.random() < 0.3 then return '{"type":"everyone","value":"everyone","accessType":"grant"}' end
  local list = {}
  for n = 1, math.random(4) do
    list[n] = string.format('{"type":"group","value":"00000000-0000-4000-9000-0000000%05d","accessType":"grant"}', math.random(0, 1999))
  end
  return table.concat(list, ",")
end
local kinds_of_items = {"fault", "request", "question", "change"}
local function item()
  local text = {}
  for n = 1, 180 do text[n] = zipf() end
  return string.format('{"acl":[%s],"properties":{"title":"%s %s %s","url":"https://contoso.example/items/1","kind":"%s","priority":%d,"changed":"2026-01-31T09:30:00Z"},"content":{"type":"text","value":"%s"}}',
    entries(), zipf(), zipf(), zipf(), any(kinds_of_items), math.random(5), table.concat(text, " "))
end
local function path() return string.format("/external/connections/contosoitems/items/i%07d", math.random(0, items - 1)) end

local function batch()
  local parts = {}
  for n = 1, 20 do
    parts[n] = string.format('{"id":"%d","method":"PUT","url":"%s","headers":{"Content-Type":"application/json"},"body":%s}', n, path(), item())
  end
  return "POST", base .. "/$batch", '{"requests":[' .. table.concat(parts, ",") .. "]}"
end

local kinds = {
  common = function() return search(common()) end,
  rare = function() return search(rare()) end,
  ["two common"] = function() return search(common() .. " " .. common()) end,
  ["common and rare"] = function() return search(common() .. " " .. between(500, 2000)) end,
  restricted = function() return search(common() .. " kind:fault changed>=2026-03-01") end,
  aggregated = function()
    return search(common(), ',"aggregations":[{"field":"kind","size":10,"bucketDefinition":{"sortBy":"count","isDescending":true,"minimumCount":0}}]')
  end,
  retrieval = retrieval,
  put = function() return "PUT", base .. path(), item() end,
  batch = batch,
}

function init(arguments)
  math.randomseed(os.time())
  local kind = kinds[arguments[1]]
  local headers = {["Authorization"] = "Bearer " .. arguments[2], ["Content-Type"] = "application/json"}
  for word in io.lines(arguments[3]) do table.insert(words, word) end
  items = tonumber(arguments[4])
  request = function()
    local method, path, content = kind()
    return wrk.format(method, path, headers, content)
  end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %.1f %.1f\n", summary.requests, summary.duration,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout, latency:percentile(50), latency:percentile(99)))
end
