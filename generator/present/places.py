"""What stands in a view for the values that differ from page to page: see mould.py."""

from collections.abc import Callable, Sequence
from typing import Any, NoReturn

# What prints a value, from all slots; and a form, which makes one of a slot's number and of `at`.
Value = Callable[[Sequence[Any]], str]
Form = Callable[[int, int], Value]

OPEN, CLOSE = "\ue100", "\ue101"


class LookedError(Exception):
    """A template looked at a value of which the shape says nothing."""


class Unseen:
    """Stands for a value that nothing may look at."""

    def _look(self, *_: object) -> NoReturn:
        raise LookedError

    __getattr__ = __getitem__ = __iter__ = __contains__ = _look
    __str__ = __bool__ = __eq__ = __lt__ = __len__ = __hash__ = _look


UNSEEN: Any = Unseen()


class Place(str):
    """Stands for a value that may be printed and not looked at; the text marks where."""

    __slots__ = ("at", "is_number", "number")
    number: int
    at: int
    is_number: bool

    def __bool__(self) -> bool:
        """True for a text, which has words; a number may be 0."""
        return not self.is_number or self._look()

    def _look(self, *_: object) -> NoReturn:
        raise LookedError

    __eq__ = __ne__ = __lt__ = __contains__ = __int__ = _look
    __hash__ = str.__hash__


class Sources(tuple[str, ...]):
    """Stands for the sources of a value or a row, which may be cited and not looked at."""

    number: int

    def _look(self, *_: object) -> NoReturn:
        raise LookedError

    __bool__ = __len__ = __iter__ = __getitem__ = __contains__ = __eq__ = _look
    __hash__ = tuple.__hash__


def sources_of(number: int) -> Sources:
    """The place of a slot's sources."""
    made = Sources()
    made.number = number
    return made


def place(number: int, form: str, *, at: int = 0, is_number: bool = False) -> Place:
    """The place of a slot's value in one form, or of one of several in it: see mould.forms_of."""
    made = Place(f"{OPEN}{number}{form}{at}{CLOSE}")
    made.number, made.at, made.is_number = number, at, is_number
    return made
