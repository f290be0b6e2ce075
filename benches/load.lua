-- What wrk sends: one kind of request, named by its first argument; the second is a token, the third the number of rows.
local threads = 0
function setup(thread)
  thread:set("id", threads)
  threads = threads + 1
end

local base, body = "/v1.0/external/connections", '"name":"Contoso HR","description":"Connection to index Contoso HR system"'

local kinds = {
  create = function() return wrk.format("POST", base, nil, string.format('{"id":"b%08x%08x",%s}', math.random(0, 0x7fffffff), math.random(0, 0x7fffffff), body)) end,
  get = function() return wrk.format("GET", base .. "/" .. one()) end,
  patch = function() return wrk.format("PATCH", base .. "/" .. one(), nil, "{" .. body .. "}") end,
  list = function() return wrk.format("GET", base .. "?$top=100") end,
}

function init(arguments)
  math.randomseed(os.time() * 1000 + id)
  wrk.headers["Authorization"] = "Bearer " .. arguments[2]
  wrk.headers["Content-Type"] = "application/json"
  local rows = tonumber(arguments[3])
  one = function() return string.format("contoso%07d", math.random(0, rows - 1)) end
  request = kinds[arguments[1]]
end

-- Answers that are no success are not what was to be measured.
local bad = 0
function response(status) if status >= 400 then bad = bad + 1 end end

function done(summary, latency)
  io.write(string.format("RESULT %d %d %d %.1f %.1f\n", summary.requests, summary.duration,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
