"""httpx-sse reads one stream; to come back with the last id is left to who uses it."""

import json
import sys
import time

import httpx
from httpx_sse import connect_sse

last = ""
while True:
    headers = {"Last-Event-ID": last} if last else {}
    try:
        with httpx.Client(timeout=30) as client:
            with connect_sse(client, "GET", sys.argv[1], headers=headers) as source:
                for event in source.iter_sse():
                    print(json.dumps({"id": event.id, "data": event.data}), flush=True)
                    last = event.id
                    if event.data == "end":
                        sys.exit()
    except httpx.TransportError:
        pass
    time.sleep(0.3)
