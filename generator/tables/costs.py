"""Money: budgets, ceilings, payments and rates, each of its own kind."""

from generator.model import N_, Column, Mark, Table
from generator.tables.common import LOCATOR, NOTE, PRECISION, SOURCE, unit_id

TABLE = Table(
    name="costs",
    title=N_("Costs"),
    grain=N_("one row per amount stated"),
    kind="public_record",
    authority=N_("Budgets, contracts and payments of public bodies."),
    key=("cost_id",),
    columns=(
        Column("cost_id", N_("Amount id"), N_("Short name of the row."), "id", required=True),
        Column("period", N_("Period"), N_("Fiscal or calendar years, as printed."), required=True),
        Column(
            "cost_kind",
            N_("Kind"),
            N_("What sort of amount it is. Kinds are never added up."),
            "category",
            values={
                "budget": N_("budget"),
                "contract": N_("contract ceiling or amount"),
                "paid": N_("paid"),
                "rate": N_("rate"),
                "estimate": N_("estimate"),
                "reduction": N_("reduction"),
                "reinvestment": N_("moved to other supports"),
                "settlements": N_("settlements"),
                "offer": N_("offered for giving up officers"),
                "policy": N_("policy"),
            },
            required=True,
        ),
        Column(
            "amount_usd",
            N_("Amount"),
            N_("U.S. dollars."),
            "money",
            unit="USD",
            required=True,
            low=0,
        ),
        Column(
            "precision",
            N_("Precision"),
            N_("How exactly it is printed."),
            "category",
            values=PRECISION,
            required=True,
        ),
        Column(
            "per",
            N_("Per"),
            N_("What a rate is counted by."),
            empty=Mark.NOT_APPLICABLE,
            prose=True,
        ),
        Column("description", N_("What it is"), N_("In our words."), required=True, prose=True),
        unit_id(Mark.NOT_APPLICABLE),
        Column(
            "agreement_id",
            N_("Agreement"),
            N_("The agreement it belongs to."),
            "id",
            empty=Mark.NOT_APPLICABLE,
            refers="agreements.agreement_id",
        ),
        NOTE,
        SOURCE,
        LOCATOR,
    ),
    caveats=(N_("A budget, a contract's ceiling and an amount paid are three different things."),),
)
