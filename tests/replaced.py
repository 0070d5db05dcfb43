"""Functions of the generator in whose place tests put others that remember."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

Functions = Mapping[str, Callable[..., Any]]


@dataclass(frozen=True)
class Replaced:
    """Functions by their names: the modules that call them, and what they truly are."""

    homes: Mapping[str, Any]
    true: Functions

    @classmethod
    def of(cls, homes: Mapping[str, Any]) -> "Replaced":
        """The functions of these names as they are now."""
        return cls(homes, {name: vars(home)[name] for name, home in homes.items()})

    def put(self, functions: Functions) -> None:
        """Put others in their place."""
        for name, function in functions.items():
            setattr(self.homes[name], name, function)

    @contextmanager
    def anew(self) -> Iterator[None]:
        """The true ones meanwhile."""
        before = {name: vars(home)[name] for name, home in self.homes.items()}
        self.put(self.true)
        try:
            yield
        finally:
            self.put(before)
