#!/usr/bin/env bash
# Sends one message over the HTTP API with curl, and ends with its result.
#
#   examples/send.sh TO FROM TEXT [ORDER]
#
# PABAL_API says where the API is (default http://127.0.0.1:8080), PABAL_KEY is the key, where it wants one.
set -euo pipefail

if [ $# -lt 3 ]; then
  echo 'usage: examples/send.sh TO FROM TEXT [ORDER]' >&2
  exit 2
fi
api=${PABAL_API:-http://127.0.0.1:8080}
# From what the message is about: the same id again is the same message, so that repeating a request is always safe.
id="order-${4:-$(date +%s)$$}"

# A string as JSON has it: backslashes, quotes and line breaks escaped.
json() {
  local text=${1//\\/\\\\}
  text=${text//\"/\\\"}
  printf '"%s"' "${text//$'\n'/\\n}"
}

# Prints the body, then the status in a line of its own. Waits as Retry-After says and repeats while the API is away.
call() {
  curl --silent --show-error --max-time 10 --retry 5 --retry-connrefused --write-out '\n%{http_code}' \
    ${PABAL_KEY:+--header "Authorization: Bearer $PABAL_KEY"} "$@"
}

answer=$(call --header 'Content-Type: application/json' --data \
  "{\"id\":\"$id\",\"channel\":\"sms\",\"to\":$(json "$1"),\"from\":$(json "$2"),\"text\":$(json "$3"),\"ttlSeconds\":600}" \
  "$api/v1/messages")
if [ "${answer##*$'\n'}" != 202 ]; then
  # RFC 9457: `code` is stable, `problems` lists every rule that the message breaks.
  echo "refused: ${answer%$'\n'*}" >&2
  exit 1
fi
echo "$id: accepted"

for _ in $(seq 300); do
  answer=$(call "$api/v1/messages/$id")
  result=$(printf '%s' "$answer" | sed -n 's/.*"result":{.*"status":"\([a-z]*\)","reason":{"code":"\([a-z-]*\)","message":{"ko":"\([^"]*\)".*/\1, \3 (\2)/p')
  if [ -n "$result" ]; then
    echo "$id: $result"
    exit 0
  fi
  sleep 0.2
done
echo "$id: no result within a minute: $answer" >&2
exit 1
