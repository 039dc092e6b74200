"""A real keyring for tests: gnome-keyring on a D-Bus of its own, away from the owner's."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import secretstorage

_PASSWORD = b"only for tests"
_PATIENCE_S = 15.0
_NAMES = ("DBUS_SESSION_BUS_ADDRESS", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "DISPLAY")
# Without service folders: nobody is started behind our back, and who was killed stays away.
_BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class KeyringSession:
    """While it is entered, this process and its children find this keyring, unlocked, and no other.

    Needs the Debian packages `gnome-keyring` and `dbus`. Raises RuntimeError when it does not come up.
    """

    def __init__(self) -> None:
        self._home = Path()
        self._bus: subprocess.Popen[bytes] | None = None
        self._daemon: subprocess.Popen[bytes] | None = None
        self._before: dict[str, str | None] = {}

    def __enter__(self) -> Self:
        self._home = Path(tempfile.mkdtemp(prefix="twohats-keyring-"))
        self._before = {name: os.environ.get(name) for name in _NAMES}
        for name in ("DATA_HOME", "RUNTIME_DIR", "CONFIG_HOME"):
            folder = self._home / name.lower()
            folder.mkdir(mode=0o700)
            os.environ[f"XDG_{name}"] = str(folder)
        os.environ.pop("DISPLAY", None)  # no window may ask for a password
        try:
            self._start_bus()
            self.start_daemon()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def start_daemon(self) -> None:
        """Starts the keyring and unlocks it, as a login does."""
        command = ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"]
        self._daemon = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        assert self._daemon.stdin is not None
        self._daemon.stdin.write(_PASSWORD)
        self._daemon.stdin.close()
        self._wait_until_unlocked()

    def kill_daemon(self) -> None:
        """As a crash: no goodbye."""
        assert self._daemon is not None
        self._daemon.kill()
        self._daemon.wait()

    def stop_bus(self) -> None:
        """The whole desktop session goes: nobody answers any more, nor is started."""
        assert self._bus is not None
        self._bus.terminate()
        self._bus.wait()

    def lock(self) -> None:
        """Locks it, as a screen lock may."""
        bus = secretstorage.dbus_init()
        try:
            secretstorage.get_default_collection(bus).lock()
        finally:
            bus.close()

    def entries(self) -> list[str]:
        """The names of all that is kept, sorted."""
        bus = secretstorage.dbus_init()
        try:
            items = secretstorage.get_default_collection(bus).get_all_items()
            return sorted(item.get_attributes()["username"] for item in items)
        finally:
            bus.close()

    def files(self) -> list[Path]:
        """Whatever the session wrote to disk."""
        return [path for path in self._home.rglob("*") if path.is_file()]

    def _start_bus(self) -> None:
        config = self._home / "bus.conf"
        config.write_text(_BUS_CONFIG.format(folder=self._home), encoding="utf-8")
        command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address=1"]
        self._bus = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert self._bus.stdout is not None
        address = self._bus.stdout.readline().decode().strip()
        self._bus.stdout.close()
        if not address:
            raise RuntimeError("the private D-Bus did not start")
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = address

    def _wait_until_unlocked(self) -> None:
        deadline = time.monotonic() + _PATIENCE_S
        while time.monotonic() < deadline:
            if self._is_unlocked():
                return
            time.sleep(0.05)
        raise RuntimeError("the private keyring did not open")

    def _is_unlocked(self) -> bool:
        bus = secretstorage.dbus_init()
        try:
            return not secretstorage.Collection(bus, "/org/freedesktop/secrets/aliases/default").is_locked()
        except secretstorage.SecretStorageException:
            return False
        finally:
            bus.close()

    def _stop(self) -> None:
        for process in (self._daemon, self._bus):
            if process is not None and process.poll() is None:
                process.send_signal(signal.SIGTERM)
                process.wait()
        for name, value in self._before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        shutil.rmtree(self._home, ignore_errors=True)
