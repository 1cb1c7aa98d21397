"""What the worker that sets pages may not do: use more memory than a page needs, or reach any network. Linux."""

from __future__ import annotations

import ctypes
import errno
import platform
import resource
import struct

# Address space, most of it never used: pages take some 300 MB in all.
MEMORY_LIMIT = 3 * 2**30

# From linux/prctl.h, linux/seccomp.h and linux/filter.h.
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER_MODE = 38, 22, 2
_LOAD, _JUMP_IF_EQUAL, _JUMP_IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
# Beside `socket`: `io_uring_setup`, which could open one too, and the second numbering of x86-64 (x32).
_RING_CALL, _X32_CALLS = 425, 0x40000000
# The number of the call `socket`, and how the kernel names the machine. Source: linux/audit.h, asm/unistd.h.
_MACHINES = {"x86_64": (41, 0xC000003E), "aarch64": (198, 0xC00000B7)}


def confine() -> None:
    """Limit this process for the rest of its life. Raises OSError where the kernel does not do it."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    _refuse_sockets()


def _refuse_sockets() -> None:
    """Let every attempt to open a socket fail with EACCES, by a filter of system calls (seccomp)."""
    if platform.machine() not in _MACHINES:
        raise OSError(errno.ENOSYS, f"pages are set on Linux on {' or '.join(_MACHINES)} alone")
    socket_call, machine = _MACHINES[platform.machine()]
    program = b"".join(
        struct.pack("HBBI", *instruction)
        for instruction in (
            (_LOAD, 0, 0, 4),
            # A call by the numbers of another architecture is refused too.
            (_JUMP_IF_EQUAL, 0, 5, machine),
            (_LOAD, 0, 0, 0),
            (_JUMP_IF_AT_LEAST, 3, 0, _X32_CALLS),
            (_JUMP_IF_EQUAL, 2, 0, socket_call),
            (_JUMP_IF_EQUAL, 1, 0, _RING_CALL),
            (_RETURN, 0, 0, _ALLOW),
            (_RETURN, 0, 0, _REFUSE),
        )
    )
    instructions = ctypes.create_string_buffer(program, len(program))
    filter_of_calls = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(instructions))
    libc = ctypes.CDLL(None, use_errno=True)
    for arguments in ((_NO_NEW_PRIVILEGES, 1, 0, 0, 0), (_SET_SECCOMP, _FILTER_MODE, filter_of_calls, 0, 0)):
        if libc.prctl(*arguments):
            raise OSError(ctypes.get_errno(), "the typesetting worker could not be confined")
