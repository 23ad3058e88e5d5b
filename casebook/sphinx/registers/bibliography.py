"""The sources to take away, as reference managers read them."""

import json

from docutils import nodes
from sphinx.application import Sphinx

from casebook.data.sources import bibtex, csl
from casebook.data.tables import table
from casebook.project import DATA
from casebook.sphinx.blocks import FactDirective
from casebook.sphinx.charts import FILES
from casebook.sphinx.domain import domain_of


class BibliographyDirective(FactDirective):
    """``{bibliography-files}``: every source as BibTeX and as CSL-JSON, made from the table."""

    def run(self) -> list[nodes.Node]:
        self.env.note_dependency(str(DATA / "sources.csv"))
        records = table("sources").to_dict("index")
        domain, up = domain_of(self.env), "../" * self.env.docname.count("/")
        forms = {
            "sources.bib": ("BibTeX", bibtex(records)),
            "sources.csl.json": ("CSL-JSON", json.dumps(csl(records), ensure_ascii=False, indent=1) + "\n"),
        }
        line = nodes.paragraph(classes=["chart-files"])
        for name, (words, content) in forms.items():
            domain.note_file(name, content)
            line += nodes.reference("", words, refuri=f"{up}{FILES}/{name}", classes=["download"])
            line += nodes.Text(" ")
        return [line]


def setup(app: Sphinx) -> None:
    app.add_directive_to_domain("case", "bibliography-files", BibliographyDirective)
