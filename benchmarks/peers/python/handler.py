"""What a Slack command costs without any framework: Python's standard library only.

Verifies Slack's signature, hands one message over to a function by an asynchronous InvokeFunction of FC 3 signed with
ACS3-HMAC-SHA256, then acknowledges. Settings from the environment: PORT, SLACK_SIGNING_SECRET, FC_ENDPOINT, PEER_KEY,
PEER_SECRET, PEER_TOKEN, PEER_CA (a certificate file to trust).
"""
import hashlib
import hmac
import http.client
import http.server
import json
import os
import time
import urllib.parse

SECRET = os.environ["SLACK_SIGNING_SECRET"].encode()
ENDPOINT = urllib.parse.urlsplit(os.environ["FC_ENDPOINT"])
PATH = "/2023-03-30/functions/chatops-execution/invocations"


def signed(body):
    digest = hashlib.sha256(body).hexdigest()
    headers = {
        "content-type": "application/octet-stream",
        "host": ENDPOINT.netloc,
        "x-acs-accesskey-id": os.environ["PEER_KEY"],
        "x-acs-action": "InvokeFunction",
        "x-acs-content-sha256": digest,
        "x-acs-date": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "x-acs-security-token": os.environ["PEER_TOKEN"],
        "x-acs-signature-nonce": os.urandom(16).hex(),
        "x-acs-version": "2023-03-30",
    }
    names = ";".join(headers)
    lines = "".join(f"{name}:{value}\n" for name, value in headers.items())
    canonical = f"POST\n{PATH}\n\n{lines}\n{names}\n{digest}"
    to_sign = "ACS3-HMAC-SHA256\n" + hashlib.sha256(canonical.encode()).hexdigest()
    signature = hmac.new(os.environ["PEER_SECRET"].encode(), to_sign.encode(), hashlib.sha256).hexdigest()
    headers["Authorization"] = (
        f"ACS3-HMAC-SHA256 Credential={os.environ['PEER_KEY']},SignedHeaders={names},Signature={signature}"
    )
    headers["X-Fc-Invocation-Type"] = "Async"
    headers["x-fc-async-task-id"] = "c_" + digest
    return headers


def connection():
    if ENDPOINT.scheme == "https":
        import ssl

        context = ssl.create_default_context(cafile=os.environ["PEER_CA"])
        return http.client.HTTPSConnection(ENDPOINT.netloc, timeout=0.8, context=context)
    return http.client.HTTPConnection(ENDPOINT.netloc, timeout=0.8)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        stamp = self.headers["X-Slack-Request-Timestamp"]
        expected = "v0=" + hmac.new(SECRET, b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
        if abs(time.time() - int(stamp)) > 300 or not hmac.compare_digest(
            expected, self.headers["X-Slack-Signature"]
        ):
            self.answer(401, b"")
            return
        form = dict(urllib.parse.parse_qsl(body.decode()))
        message = json.dumps({"kind": "chatops/v1", "command": form["command"], "text": form["text"]}).encode()
        fc = connection()
        fc.request("POST", PATH, message, signed(message))
        accepted = fc.getresponse().status == 202
        fc.close()
        text = "Accepted: " + form["text"] if accepted else "Not accepted"
        self.answer(200, json.dumps({"response_type": "ephemeral", "text": text}).encode())

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *ignored):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
