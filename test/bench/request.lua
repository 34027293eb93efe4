-- wrk: one request, given after `--` as method and file of the body; one line of JSON at the end.

function init(args)
  wrk.method = args[1]
  local file = io.open(args[2], 'rb')
  wrk.body = file:read('*a')
  file:close()
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests":%d,"microseconds":%d,"p50":%d,"p99":%d,' ..
    '"errors":{"connect":%d,"read":%d,"write":%d,"timeout":%d,"status above 399":%d}}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.connect, errors.read, errors.write, errors.timeout, errors.status
  ))
end
