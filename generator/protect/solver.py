"""The one place that speaks to HiGHS, so that one process never sees two thread settings.

Two settings in one process corrupt results silently (seen with highspy 1.x).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from generator.protect.relations import Row

INFINITY = highspy.kHighsInf
NEAR = 1e-6
SETTINGS: tuple[tuple[str, str | bool | int | float], ...] = (
    ("output_flag", False),
    ("threads", 1),
    ("random_seed", 0),
    ("mip_rel_gap", 0.0),
    ("mip_abs_gap", NEAR),
)
UNBOUNDED = (
    highspy.HighsModelStatus.kUnbounded,
    highspy.HighsModelStatus.kUnboundedOrInfeasible,
)
NONE = (highspy.HighsModelStatus.kInfeasible,)
Status = highspy.HighsModelStatus
TOLD = (Status.kOptimal, *NONE, *UNBOUNDED)
# What to try, and what to set back: as usual but afresh, unreduced, from the other side.
OTHER_WAYS: tuple[tuple[str, str | int, str | int], ...] = (
    ("presolve", "choose", "choose"),
    ("presolve", "off", "choose"),
    ("simplex_strategy", 4, 1),
)


class _Silent(highspy.Highs):
    """Setting callbacks prints a banner to standard output before anything can silence it; we set
    none."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def enableCallbacks(self) -> None:  # noqa: N802
        """No callbacks."""


class UnsolvedError(RuntimeError):
    """HiGHS gave up on a program that has an answer: a fault of ours or of the solver."""


@dataclass(frozen=True)
class Answer:
    """A best point, its worth, and the dual prices of columns and rows (empty for integers)."""

    worth: float
    point: NDArray[np.float64]
    reduced: NDArray[np.float64]
    prices: NDArray[np.float64]

    def whole(self) -> tuple[int, ...] | None:
        """The point in integers, or None where it is no integer point."""
        near = np.rint(self.point)
        if np.abs(self.point - near).max(initial=0.0) > NEAR:
            return None
        return tuple(int(value) for value in near)


class Program:
    """Least price over columns within bounds, subject to rows. `integer`: whole numbers only."""

    def __init__(
        self,
        prices: Sequence[float],
        bounds: Sequence[tuple[float, float]],
        rows: Sequence[Row],
        integer: bool = False,
    ) -> None:
        self._solver = _Silent()
        for name, value in SETTINGS:
            self._solver.setOptionValue(name, value)
        self._solver.passModel(_model(prices, bounds, rows, integer))

    def bound(self, column: int, low: float, high: float) -> None:
        """Set the column's bounds."""
        self._solver.changeColBounds(column, low, high)

    def price(self, column: int, price: float) -> None:
        """Set the column's price."""
        self._solver.changeColCost(column, price)

    def add(self, row: Row) -> None:
        """One row more."""
        indices = np.array([cell for cell, _ in row.terms], np.int32)
        factors = np.array([factor for _, factor in row.terms], np.float64)
        self._solver.addRow(_low(row), _high(row), len(indices), indices, factors)

    def solve(self) -> Answer | None:
        """The best point, None where there is no point at all.

        Raises `OverflowError` where there is no best one, `UnsolvedError` where HiGHS fails.
        """
        status = self._run()
        if status in NONE:
            return None
        if status in UNBOUNDED:
            raise OverflowError("no bound")
        if status != Status.kOptimal:
            raise UnsolvedError(self._solver.modelStatusToString(status))
        found = self._solver.getSolution()
        return Answer(
            self._solver.getInfo().objective_function_value,
            np.array(found.col_value),
            np.array(found.col_dual),
            np.array(found.row_dual),
        )

    def _run(self) -> Status:
        """The status of a run; one that tells nothing is tried again from nothing, in other ways.

        A start from the last point can leave HiGHS cycling where there is no best one.
        """
        self._solver.run()
        for name, value, usual in OTHER_WAYS:
            if self._solver.getModelStatus() in TOLD:
                break
            self._solver.clearSolver()
            self._solver.setOptionValue(name, value)
            self._solver.run()
            self._solver.setOptionValue(name, usual)
        return self._solver.getModelStatus()


def _low(row: Row) -> float:
    return -INFINITY if row.low is None else float(row.low)


def _high(row: Row) -> float:
    return INFINITY if row.high is None else float(row.high)


def _model(
    prices: Sequence[float],
    bounds: Sequence[tuple[float, float]],
    rows: Sequence[Row],
    integer: bool,
) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(prices), len(rows)
    model.col_cost_ = np.array(prices, np.float64)
    model.col_lower_ = np.array([low for low, _ in bounds], np.float64)
    model.col_upper_ = np.array([high for _, high in bounds], np.float64)
    model.row_lower_ = np.array([_low(row) for row in rows], np.float64)
    model.row_upper_ = np.array([_high(row) for row in rows], np.float64)
    terms = [term for row in rows for term in row.terms]
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *(len(row.terms) for row in rows)], dtype=np.int32)
    model.a_matrix_.index_ = np.array([cell for cell, _ in terms], np.int32)
    model.a_matrix_.value_ = np.array([factor for _, factor in terms], np.float64)
    if integer:
        model.integrality_ = [highspy.HighsVarType.kInteger] * len(prices)
    return model
