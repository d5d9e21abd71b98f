-- Requests for wrk: METHOD PATH BODY MOST ORDER THREADS after its `--`. In path and body `{n}` is the request's number.
-- ORDER is `round`: all threads together ask for 1, 2, …, MOST and begin anew (0: without end);
-- `once`: the same, and the run ends with MOST;
-- `race`: each thread asks for all of 1 … MOST, so that each is asked for by every thread, and then the run ends.
-- A thread that is through prints `through`: wrk itself would go on waiting until its time is over, unless it is interrupted.
-- Prints one line of JSON when done.

-- Asked for beyond the last one by each thread, so that every connection has got its answer to what counts.
local BEYOND = 256

local threads = {}

function setup(thread)
  table.insert(threads, thread)
  thread:set("index", #threads - 1)
end

function init(args)
  method, path, body, most, order = args[1], args[2], args[3], tonumber(args[4]), args[5]
  step = order == "race" and 1 or tonumber(args[6])
  -- wrk asks the first thread for a request that it only looks at.
  asked = index == 0 and -1 or 0
  if order == "race" then index = 0 end
  answered, ok, refused, other = 0, 0, 0, 0
  if body ~= "" then wrk.headers["Content-Type"] = "application/json" end
end

function request()
  local n = math.max(asked * step + index + 1, 1)
  if order ~= "round" then
    n = math.min(n, most)
  elseif most > 0 then
    n = (n - 1) % most + 1
  end
  asked = asked + 1
  local number = tostring(n)
  return wrk.format(method, (path:gsub("{n}", number)), nil, body ~= "" and (body:gsub("{n}", number)) or nil)
end

function response(status)
  answered = answered + 1
  if status < 300 then ok = ok + 1 elseif status == 409 then refused = refused + 1 else other = other + 1 end
  if order ~= "round" and answered == math.ceil(most / step) + BEYOND then
    io.write("through\n")
    io.flush()
    wrk.thread:stop()
  end
end

function done(summary, latency)
  local total = { ok = 0, refused = 0, other = 0 }
  for _, thread in ipairs(threads) do
    for name in pairs(total) do total[name] = total[name] + thread:get(name) end
  end
  io.write(string.format(
    '\n{"requests": %d, "seconds": %.6f, "p50_ms": %.3f, "p99_ms": %.3f, "ok": %d, "refused": %d, "other": %d, "broken": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    total.ok, total.refused, total.other,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  ))
end
