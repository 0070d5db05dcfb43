"""What stands in a view for the values that differ from page to page: see mould.py."""

from typing import Any, NoReturn

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

    __slots__ = ("number",)
    number: int

    def _look(self, *_: object) -> NoReturn:
        raise LookedError

    __eq__ = __ne__ = __lt__ = __contains__ = __int__ = _look
    __hash__ = str.__hash__


def place(number: int, form: str) -> Place:
    """The place of a slot's value in one form: see FORMS."""
    made = Place(f"{OPEN}{number}{form}{CLOSE}")
    made.number = number
    return made
