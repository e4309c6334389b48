#!/usr/bin/env bash
# Sends a lead to Noren, reads it back page by page and edits it. Needs bash and curl 7.83 or later.
# The key needs the scopes leads.create, leads.read, leads.write and stores.read.
#
#   NOREN_URL=https://noren.example NOREN_KEY=noren_… bash leads.sh
set -euo pipefail
: "${NOREN_URL:?the address of the server}" "${NOREN_KEY:?the key of the integration}"

# The key goes in by a file, so that no list of processes shows it. Problems are shown, and end the script.
noren() {
  curl --silent --show-error --fail-with-body --retry 3 \
    --config <(printf 'header = "Authorization: Bearer %s"\n' "$NOREN_KEY") "$@"
}

# The stores that the key was given; the first one is taken.
store=$(noren "$NOREN_URL/api/v1/stores" | sed -n 's/^{"items":\[{"id":"\([^"]*\)".*/\1/p')
echo "store: $store"

# An Idempotency-Key belongs to one lead. Keep it with the lead until the answer is there: a repeat creates nothing.
key="portal-$(date +%s)-$RANDOM"
send() {
  noren "$NOREN_URL/api/v1/leads" --output /dev/null --write-out '%{http_code} %header{location}' \
    --header 'Content-Type: application/json' --header "Idempotency-Key: $key" --data @- <<JSON
{"store_id": "$store", "inquiry": "週末に実車を見たいです。",
 "profile": {"source_code": "phone", "name": "渡邉 髙志", "phones": ["090-1234-5678"]}}
JSON
}
first=$(send)
again=$(send)
echo "created: $first"
[[ $first == "$again" ]] # the very same answer, and one lead
lead=${first#* }

# Lists come in pages: `next` is the cursor of the page after this one, and null on the last.
after=
while
  page=$(noren --get "$NOREN_URL/api/v1/leads" --data limit=100 ${after:+--data-urlencode "after=$after"})
  echo "leads on this page: $(grep -o '"status":' <<<"$page" | wc -l)"
  after=$(sed -n 's/.*"next":"\([^"]*\)"}$/\1/p' <<<"$page")
  [[ -n $after ]]
do :; done

# An edit says which version it is based on. Who comes second is answered 412 and changes nothing.
edit() {
  noren --request PATCH "$NOREN_URL$lead" --output /dev/null --write-out '%{http_code}' \
    --header 'Content-Type: application/merge-patch+json' --header 'If-Match: "1"' \
    --data '{"profile": {"wanted_car": {"model": "プリウス"}}}'
}
echo "edited: $(edit)"
echo "edited once more from the same version: $(edit || true)"
