"""Headless Chromium, spoken to in its DevTools protocol: what a page says, loads and prints, and what it complains of."""

import base64
import itertools
import json
import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest
import websocket

REQUIRED = "GSDCHECK_REQUIRE_CHROMIUM"
"""Set, it makes a missing browser a failure."""


def chromium():
    """The path of the browser; without one the test is skipped, or fails where a browser is required."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None and os.environ.get(REQUIRED):
        pytest.fail(f"{REQUIRED} is set, but there is no chromium.")
    if found is None:
        pytest.skip("needs chromium (Debian's package `chromium`)")
    return found


class Browser:
    """One browser with one tab."""

    session = socket = None

    def __init__(self, profile: Path):
        options = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-extensions",
        ]
        options += ["--disable-background-networking", "--disable-dev-shm-usage", "--remote-debugging-port=0"]
        command = [chromium(), *options, f"--user-data-dir={profile}", "about:blank"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.numbers, self.events = itertools.count(1), []
        try:
            port, path = self._address(profile / "DevToolsActivePort")
            self.socket = websocket.create_connection(
                f"ws://127.0.0.1:{port}{path}", timeout=120, suppress_origin=True
            )
            target = self.call("Target.createTarget", url="about:blank")["targetId"]
            attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
            self.session = attached["sessionId"]
            for domain in ("Page", "Runtime", "Log", "Network"):
                self.call(f"{domain}.enable")
        except BaseException:
            self.close()
            raise

    def _address(self, file: Path):
        for _ in range(600):
            lines = file.read_text().split() if file.is_file() else []
            if len(lines) == 2:
                return lines
            if self.process.poll() is not None:
                pytest.fail(f"chromium ended with {self.process.returncode}")
            time.sleep(0.1)
        return pytest.fail("chromium opened no DevTools port")

    def call(self, method, **parameters):
        """The result of one command; what is reported meanwhile is kept in `events`."""
        number = next(self.numbers)
        message = {"id": number, "method": method, "params": parameters}
        self.socket.send(json.dumps({**message, **({"sessionId": self.session} if self.session else {})}))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") == number:
                assert "error" not in answer, answer["error"]
                return answer["result"]
            self.events.append(answer)

    def open(self, path: Path, *, scripts=True, width=1400, scheme="light"):
        """The page is loaded, and the events are those since then."""
        self.call("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False
        )
        media = [{"name": "prefers-color-scheme", "value": scheme}]
        self.call("Emulation.setEmulatedMedia", media="", features=media)
        self.events = []
        self.call("Page.navigate", url=path.resolve().as_uri())
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self.events.append(json.loads(self.socket.recv()))

    def evaluate(self, expression):
        """The value of the expression in the page."""
        found = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def text(self):
        """The text of the page without the help of a script in it: from the accessibility tree."""
        nodes = self.call("Accessibility.getFullAXTree")["nodes"]
        return " ".join(str(n.get("name", {}).get("value", "")) for n in nodes if not n["ignored"])

    def pdf(self) -> bytes:
        """The page as it is printed."""
        return base64.b64decode(self.call("Page.printToPDF", printBackground=True)["data"])

    def requests(self):
        """The addresses that were asked for since the page was opened, but for data inside the page."""
        sent = [
            e["params"]["request"]["url"] for e in self.events if e["method"] == "Network.requestWillBeSent"
        ]
        return [url for url in sent if not url.startswith("data:")]

    def complaints(self):
        """What the console holds, and what was thrown."""
        kinds = ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded")
        return [event["params"] for event in self.events if event["method"] in kinds]

    def close(self):
        """The browser is ended: this process and no other."""
        if self.socket is not None:
            self.socket.close()
        self.process.terminate()
        self.process.wait(timeout=60)
