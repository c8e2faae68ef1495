"""A name for this start of the machine, so that what was counted before a program was closed goes on after it.

Two times with the same name were counted from the same moment, whatever became of the clock between them. Where a
system tells of no such name there is none, and nothing is concluded.
"""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from pathlib import Path
from typing import Final

_LINUX: Final = Path("/proc/sys/kernel/random/boot_id")


@cache
def boot_name() -> str:
    """Sixteen hexadecimal digits that tell nothing about the machine; "" where nobody tells."""
    try:
        told = _told()
    except (OSError, AttributeError):
        return ""  # a system that lacks the file or the call
    return hashlib.sha256(b"firsthand boot " + told).hexdigest()[:16] if told else ""


if sys.platform == "win32":
    import ctypes
    import secrets
    import winreg

    _KEY: Final = r"Software\Firsthand\Session"
    _VOLATILE: Final = 1  # REG_OPTION_VOLATILE: the key is gone when the person signs out or the machine goes down
    _ALL: Final = 0xF003F  # KEY_ALL_ACCESS
    _CURRENT_USER: Final = ctypes.c_void_p(winreg.HKEY_CURRENT_USER)

    def _told() -> bytes:
        """Windows names no start of the machine: a name of our own, where it does not outlive the session."""
        handle = ctypes.c_void_p()
        create = ctypes.WinDLL("advapi32").RegCreateKeyExW
        if create(_CURRENT_USER, _KEY, 0, None, _VOLATILE, _ALL, None, ctypes.byref(handle), None):
            return b""
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _KEY, 0, winreg.KEY_ALL_ACCESS) as key:
            if not winreg.QueryInfoKey(key)[1]:
                winreg.SetValueEx(key, "Name", 0, winreg.REG_SZ, secrets.token_hex(16))
            return str(winreg.QueryValueEx(key, "Name")[0]).encode()

elif sys.platform == "darwin":
    import ctypes

    def _told() -> bytes:
        told, size = ctypes.create_string_buffer(64), ctypes.c_size_t(64)
        system = ctypes.CDLL(None)
        failed = system.sysctlbyname(b"kern.bootsessionuuid", told, ctypes.byref(size), None, ctypes.c_size_t(0))
        return b"" if failed else told.value

else:

    def _told() -> bytes:
        return _LINUX.read_bytes()
