"""The screening tried on decided cases: what a court found goes in, and what it decided is compared.

So the steps are tried, and not whether facts were found rightly. Where a decision is silent the
screening does not know, and then it mostly leaves the outcome undecided.
"""

from collections.abc import Mapping

import pandas as pd

from casebook.analysis.lots import set_aside
from casebook.analysis.screening import Profile, findings, graph, in_court
from casebook.argument.graph import FALLS, STANDS, states

DEFINITION, SOUTH, TORTURE = "SC-12", "SC-8", "SC-15"
REFUGEE, OTHER, REFUSED, OPEN = "refugee", "other_protection", "refused", "undecided"


def expected(codes: Mapping[str, str], day: str) -> str:
    """The outcome to which the screening comes on what a court found.

    Args:
        codes: what the court found, by issue.
        day: the day of the decision.

    Returns:
        ``refugee``, ``other_protection``, ``refused`` or ``undecided``.
    """
    answers, held, denied = dict(in_court()), set(), set()
    for entry in findings():
        if codes.get(entry["issue"]) == entry["code"]:
            answers |= entry.get("answers", {})
            held |= set(entry.get("holds", []))
            denied |= set(entry.get("denies", []))
    standing = states(graph(Profile(day, "", answers)), rejected=denied - held, granted=held)
    if standing[DEFINITION] == STANDS:
        return REFUGEE
    if standing[DEFINITION] != FALLS:
        return OPEN
    if standing[SOUTH] == STANDS or standing[TORTURE] == FALLS:
        return REFUSED  # removal to the South, or no danger in the North
    return OTHER if standing[TORTURE] == STANDS else OPEN


def tried(codes: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """Each coded decision with an outcome that can be compared.

    Args:
        codes: the table ``decision_codes``.
        decisions: the table ``court_decisions``; where a day is blank, texts in force are not known.

    Returns:
        By decision: ``court`` and ``screening``, the two outcomes; ``verdict``, whether they are the
        ``same``, ``contrary``, or the screening is ``undecided``; ``aside``, whether the decision was
        set aside before the steps were written.
    """
    by_issue = codes.pivot(index="decision_id", columns="issue", values="code")
    found = by_issue[by_issue.outcome.isin([REFUGEE, OTHER, REFUSED])]
    rows = found.drop(columns="outcome").to_dict("index")
    days = decisions.date.fillna("")
    result = pd.DataFrame({
        "court": found.outcome,
        "screening": {name: expected(_known(row), days[name]) for name, row in rows.items()},
    })  # fmt: skip
    same = result.court.eq(result.screening)
    result["verdict"] = same.map({True: "same", False: "contrary"}).where(result.screening.ne(OPEN), OPEN)
    result["aside"] = result.index.isin(set_aside(by_issue.index[by_issue.outcome.notna()]))
    return result


def _known(row: Mapping) -> dict[str, str]:
    return {issue: code for issue, code in row.items() if pd.notna(code)}
