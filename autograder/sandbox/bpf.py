"""The parts that a seccomp filter is made of: BPF instructions that judge a system call by its number and arguments.

A filter is `begin`, then parts, then what happens to all other calls, `ALLOW`. Each part is a piece of bytes; what a
condition does not hold for goes on behind its part.
"""

from __future__ import annotations

import errno
import platform
import struct
from collections.abc import Iterable

from autograder.sandbox.syscalls import number_of

_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
# Where numbers of x86_64's second set of calls begin.
_X32 = 0x40000000
# Offsets in struct seccomp_data: nr, arch, and the lower half of arguments (both machines: little-endian).
_NUMBER, _ARCHITECTURE, FIRST, SECOND, THIRD, FOURTH = 0, 4, 16, 24, 32, 40
_LOAD, _AND, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x45, 0x06


def begin() -> bytes:
    """Ends a process that makes calls in another machine's numbers, and denies x86_64's second set of numbers."""
    kill = _instruction(_RETURN, 0, 0, 0x80000000)
    other = load(_ARCHITECTURE) + if_not(_ARCHITECTURES[platform.machine()], kill)
    return other + load(_NUMBER) + if_at_least(_X32, fail(errno.ENOSYS))


def on_call(name: str, then: bytes) -> bytes:
    """`then` for a call by this name, if the machine has it; after `then`, the call's number is loaded again."""
    number = number_of(name)
    return b"" if number is None else if_equal(number, then + load(_NUMBER))


def on_calls(names: Iterable[str], then: bytes) -> bytes:
    """`then` for a call by any of these names."""
    return b"".join(on_call(name, then) for name in names)


def load(argument: int) -> bytes:
    """Have the next conditions look at an argument: `FIRST`, `SECOND`, `THIRD` or `FOURTH`."""
    return _instruction(_LOAD, 0, 0, argument)


def if_equal(value: int, then: bytes) -> bytes:
    """`then` if what is loaded equals a value."""
    return _instruction(_EQUAL, 0, len(then) // 8, value) + then


def if_any_equal(values: Iterable[int], then: bytes) -> bytes:
    """`then` if what is loaded equals one of these values."""
    return b"".join(if_equal(value, then) for value in values)


def if_not(value: int, then: bytes) -> bytes:
    """`then` if what is loaded does not equal a value."""
    return _instruction(_EQUAL, len(then) // 8, 0, value) + then


def if_at_least(value: int, then: bytes) -> bytes:
    """`then` if what is loaded is no less than a value."""
    return _instruction(_AT_LEAST, 0, len(then) // 8, value) + then


def if_any_bit(bits: int, then: bytes) -> bytes:
    """`then` if what is loaded has any of these bits."""
    return _instruction(_ANY_BIT, 0, len(then) // 8, bits) + then


def if_masked(mask: int, value: int, then: bytes) -> bytes:
    """`then` if what is loaded, without the bits outside the mask, equals a value; those bits are lost behind it."""
    return _instruction(_AND, 0, 0, mask) + if_equal(value, then)


def fail(number: int) -> bytes:
    """The call does nothing and fails with this error; with 0 it does nothing and reports no error."""
    return _instruction(_RETURN, 0, 0, 0x00050000 | number)


def _instruction(code: int, if_true: int, if_false: int, value: int) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)


# The call is made.
ALLOW = _instruction(_RETURN, 0, 0, 0x7FFF0000)
