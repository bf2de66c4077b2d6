"""Sends one message over the HTTP API with Python's standard library, and ends with its result.

    python3 examples/send.py TO FROM TEXT [ORDER]

PABAL_API says where the API is (default http://127.0.0.1:8080), PABAL_KEY is the key, where it wants one.
"""

import json
import os
import sys
import time
import urllib.error
import urllib.request

API = os.environ.get("PABAL_API", "http://127.0.0.1:8080")
KEY = os.environ.get("PABAL_KEY")
ATTEMPTS = 5


def call(method, path, body=None):
    """The status and the JSON of an answer. Repeats while the API or its Redis is away: safe, since messages have ids."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"} if body is not None else {}
    if KEY:
        headers["Authorization"] = f"Bearer {KEY}"
    for attempt in range(1, ATTEMPTS + 1):
        request = urllib.request.Request(API + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:  # an answer: RFC 9457 problem details
            if error.code not in (429, 503) or attempt == ATTEMPTS:
                return error.code, json.load(error)
            time.sleep(int(error.headers.get("Retry-After", attempt)))
        except OSError:  # no answer: nobody knows whether the message was taken
            if attempt == ATTEMPTS:
                raise
            time.sleep(attempt)


def main():
    if len(sys.argv) < 4:
        sys.exit("usage: python3 examples/send.py TO FROM TEXT [ORDER]")
    to, sender, text = sys.argv[1:4]
    order = sys.argv[4] if len(sys.argv) > 4 else time.time_ns()
    # From what the message is about: the same id again is the same message.
    message_id = f"order-{order}"
    message = {"id": message_id, "channel": "sms", "to": to, "from": sender, "text": text, "ttlSeconds": 600}
    status, answer = call("POST", "/v1/messages", message)
    if status != 202:
        for problem in answer.get("problems", []):
            print(f"refused, {problem['field']}: {problem['message']}", file=sys.stderr)
        sys.exit(f"{status} {answer['code']}: {answer['detail']}")
    print(f"{message_id}: accepted", flush=True)

    for _ in range(300):
        status, timeline = call("GET", f"/v1/messages/{message_id}")
        if status == 200 and "result" in timeline:
            result = timeline["result"]
            reason = result["reason"]
            print(f"{message_id}: {result['status']}, {reason['message']['ko']} ({reason['code']})")
            return
        time.sleep(0.2)
    sys.exit(f"{message_id}: no result within a minute")


main()
