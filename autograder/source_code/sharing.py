"""What the names of a notebook have to do with each other: which one's value, or object, depends on which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from autograder.source_code.names import SHARED_STATE, Statement
from autograder.source_code.uses import ANYTHING


class Sharing:
    """The names of a notebook's statements.

    A name leads to all names in the statements that bind it: what its function uses, what it was computed from. One
    whose object may change leads to all names in statements that mention it, as they may change the object, be part
    of it or have it as a part. ``altered`` are the names of which an attribute may have been set.
    """

    def __init__(self, statements: Sequence[Statement]) -> None:
        binding: dict[str, list[Statement]] = {}
        mentioning: dict[str, list[Statement]] = {}
        for statement in statements:
            for name in statement.binds:
                binding.setdefault(name, []).append(statement)
            for name in statement.names:
                mentioning.setdefault(name, []).append(statement)
        exposed = _union(statement.exposed for statement in statements)
        changeable = {
            name
            for name, of_name in binding.items()
            if any(name not in s.fixed or (name in s.containers and name in exposed) for s in of_name)
        }
        containers = {name: of_name for name, of_name in binding.items() if any(name in s.containers for s in of_name)}
        while more := {
            name
            for name, of_name in containers.items()
            if name not in changeable and any((s.names - {name}) & changeable for s in of_name)
        }:
            changeable |= more
        self._leads_to: Mapping[str, list[Statement]] = binding | {
            name: mentioning.get(name, []) for name in changeable
        }
        set_of = _union(statement.altered for statement in statements)
        # Another name, or a list, may stand for a function or module of which the attribute is set.
        self.altered = set(binding) if ANYTHING in set_of else self.seen(set_of)
        self._changeable = {SHARED_STATE} | changeable | (self.altered & set(binding))
        self._leads_to = binding | {name: mentioning.get(name, []) for name in self._changeable}

    def seen(self, names: Iterable[str]) -> set[str]:
        """The names whose value matters to code with these names."""
        reached: set[str] = set()
        read: set[int] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name in reached:
                continue
            reached.add(name)
            for statement in self._leads_to.get(name, ()):
                if id(statement) not in read:
                    read.add(id(statement))
                    waiting += statement.names
        return reached

    def touched(self, statements: Iterable[Statement]) -> set[str]:
        """The names that statements bind, and those whose objects they may change."""
        statements = list(statements)
        names = _union(statement.names for statement in statements)
        return _union(statement.binds for statement in statements) | (self.seen(names) & self._changeable)


def _union(sets: Iterable[Iterable[str]]) -> set[str]:
    return {name for names in sets for name in names}
