#!/usr/bin/env python3
"""Follows what changes in Noren and misses nothing. Needs Python 3.9 or later and nothing else.

The key needs the scopes events.read and leads.read.

    NOREN_URL=https://noren.example NOREN_KEY=noren_… python3 events.py
"""

import json
import os
import time
import urllib.error
import urllib.request

URL = os.environ["NOREN_URL"]
KEY = os.environ["NOREN_KEY"]


def events(last):
    """The events after the last one, until the stream ends. There is a sign of life every 15 seconds."""
    headers = {"Authorization": f"Bearer {KEY}", "Accept": "text/event-stream"}
    if last is not None:
        headers["Last-Event-ID"] = last
    event = {}
    with urllib.request.urlopen(urllib.request.Request(URL + "/api/v1/events", headers=headers), timeout=60) as stream:
        for line in stream:
            line = line.decode().rstrip("\n")
            if line.startswith(":"):
                continue
            if line:
                name, _, value = line.partition(": ")
                event[name] = value
            elif "event" in event:
                yield event
                event = {}


def main():
    last = None  # Keep it with what you have taken in, so that a restart goes on from there.
    while True:
        try:
            for event in events(last):
                last = event["id"]
                if event["event"] == "change":
                    change = json.loads(event["data"])
                    # A change says what to look at again, and nothing personal.
                    print(change["kind"], change.get("lead_id", ""), "version", change["version"], flush=True)
                elif event["event"] == "reset":
                    print("changes were missed: read everything anew", flush=True)
                else:
                    print(event["event"], flush=True)
        except urllib.error.HTTPError as error:
            if error.code not in (429, 503):
                raise
            time.sleep(int(error.headers["Retry-After"]))
        except OSError:
            pass
        time.sleep(1)


if __name__ == "__main__":
    main()
