#!/usr/bin/env python3
"""Sends a lead to Noren, reads the leads back and edits one. Needs Python 3.9 or later and nothing else.

The key needs the scopes leads.create, leads.read, leads.write and stores.read.

    NOREN_URL=https://noren.example NOREN_KEY=noren_… python3 leads.py
"""

import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

URL = os.environ["NOREN_URL"]
KEY = os.environ["NOREN_KEY"]


class Problem(Exception):
    """What the server answers instead: `code` is stable and made for programs."""

    def __init__(self, status, body):
        super().__init__(f"{status} {body.get('code')}: {body.get('detail')} {body.get('errors', '')}")
        self.status, self.code, self.body = status, body.get("code"), body


def noren(method, path, body=None, **headers):
    """Asks, and asks again where that is safe and may help. Gives the answer and its ETag."""
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    headers["Authorization"] = f"Bearer {KEY}"
    if body is not None:
        headers.setdefault("Content-Type", "application/json")
    data = None if body is None else json.dumps(body).encode()
    repeatable = method == "GET" or "Idempotency-Key" in headers
    for tries_left in (3, 2, 1, 0):
        request = urllib.request.Request(URL + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer), answer.headers["ETag"]
        except urllib.error.HTTPError as error:
            # 429: the quota is spent. 503: the server is busy. Both say how long to wait, and nothing was done.
            if error.code in (429, 503) and tries_left:
                time.sleep(int(error.headers["Retry-After"]))
                continue
            raise Problem(error.code, json.load(error)) from None
        except urllib.error.URLError:
            # Nobody knows whether the request arrived. Under its Idempotency-Key it can simply be sent again.
            if not (repeatable and tries_left):
                raise
            time.sleep(1)


def every(path, **query):
    """All items of a list, page by page. `next` is null on the last page."""
    while True:
        page, _ = noren("GET", f"{path}?{urllib.parse.urlencode(query)}")
        yield from page["items"]
        if page["next"] is None:
            return
        query["after"] = page["next"]


def edit(path, change):
    """A JSON Merge Patch, based on what is there now; if somebody else was faster, on what they left."""
    while True:
        lead, version = noren("GET", path)
        headers = {"If-Match": version, "Content-Type": "application/merge-patch+json"}
        try:
            return noren("PATCH", path, change(lead), **headers)[0]
        except Problem as problem:
            if problem.status != 412:
                raise


def main():
    store = next(every("/api/v1/stores"))
    print("store:", store["id"])

    # Keep the key with the lead until the answer is there: a repeat creates nothing.
    key = str(uuid.uuid4())
    new = {
        "store_id": store["id"],
        "inquiry": "週末に実車を見たいです。",
        "profile": {"source_code": "phone", "name": "渡邉 髙志", "phones": ["090-1234-5678"]},
    }
    lead, _ = noren("POST", "/api/v1/leads", new, Idempotency_Key=key)
    again, _ = noren("POST", "/api/v1/leads", new, Idempotency_Key=key)
    assert lead["id"] == again["id"]
    print("created:", lead["id"])

    print("leads:", sum(1 for _ in every("/api/v1/leads", limit=100)))

    path = f"/api/v1/leads/{lead['id']}"
    edited = edit(path, lambda lead: {"profile": {"wanted_car": {"model": "プリウス"}}})
    print("edited: version", edited["version"])

    try:
        noren("POST", "/api/v1/leads", {"store_id": store["id"], "profile": {}}, Idempotency_Key=str(uuid.uuid4()))
    except Problem as problem:
        print("refused:", problem.code, [error["field"] for error in problem.body["errors"]])


if __name__ == "__main__":
    main()
