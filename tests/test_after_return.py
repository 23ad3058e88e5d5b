"""The chapter on what follows a return: no rate where the design gives none."""

import re

from casebook import table
from casebook.project import BOOK

FINDINGS = table("returnee_treatment")
TEXT = "".join(
    (BOOK / "evidence" / f"{name}.md").read_text("utf-8") for name in ("after-return", "testimony")
)
PROSE = re.sub(r"```\{code-cell\}.*?\n```", "", TEXT, flags=re.DOTALL)


def test_only_three_findings_support_a_rate_and_none_is_about_people_sent_back():
    rated = FINDINGS[FINDINGS.supports_rate.eq("y")]
    assert list(rated.index) == ["RT034", "RT035", "RT036"]
    assert rated.concerns.ne("returned").all() and rated.design.eq("respondent_driven").all()


def test_intervals_are_the_printed_ones_and_nowhere_else():
    """As the abstract of the study prints them, in per cent."""
    printed = {"RT034": (54.3, 65.7), "RT035": (50.8, 61.9), "RT036": (18.6, 27.4)}
    found = FINDINGS[FINDINGS.ci_low.notna()]
    assert {
        name: (round(100 * row.ci_low, 1), round(100 * row.ci_high, 1)) for name, row in found.iterrows()
    } == printed
    for name, (low, high) in printed.items():
        assert f"{low}-{high}" in FINDINGS.caveat[name]


def test_findings_chosen_for_the_outcome():
    assert FINDINGS.design.eq("selected_on_outcome").sum() == 21


def test_the_refused_number_is_the_refused_claim():
    refused = FINDINGS[FINDINGS.refuse.eq("y")]
    assert list(refused.index) == ["RT032"]
    assert refused.numerator.iloc[0] == table("repatriation_rates").persons_low["RR20"]


def test_illustrations_say_so_and_take_no_finding():
    for key in ("after-bounds", "after-favour"):
        caption = re.search(rf"```\{{chart\}} {key}\n(.*?)```", TEXT, flags=re.DOTALL)[1]
        assert caption.startswith("Illustration") and "legal threshold" in caption
        assert "no finding of the register enters" in caption.lower()
    for call in re.findall(r'"after-(?:bounds|favour|behind)".*?rests_on=\[(.*?)\]', TEXT, flags=re.DOTALL):
        assert call == '"A-CARDOZA"'


def test_one_in_ten_is_never_called_a_threshold_without_denial():
    for line in PROSE.splitlines():
        if "threshold" in line:
            assert re.search(r"\b(no|not)\b", line), line
