"""The data dictionary and the list of claims: pages made from the descriptions themselves."""

from docutils import nodes
from sphinx.application import Sphinx

from casebook.argument.claims import PATH, claims
from casebook.data.descriptor import Resource, resources
from casebook.project import DATA
from casebook.sphinx.blocks import FactDirective, cross_reference


class ClaimsDirective(FactDirective):
    """``{claims}``: every claim of the book with its confidence."""

    def run(self) -> list[nodes.Node]:
        self.env.note_dependency(str(PATH))
        listing = nodes.bullet_list(classes=["claims-list"])
        for identifier, claim in claims().items():
            line = nodes.paragraph()
            line += cross_reference("claim", identifier, self.env.docname)
            line += nodes.Text(f" ({claim['kind']}, confidence {claim['confidence']}): {claim['title']}")
            listing += nodes.list_item("", line)
        return [listing]


class DictionaryDirective(FactDirective):
    """``{dictionary}``: every table, column by column, with licence and rules."""

    def run(self) -> list[nodes.Node]:
        self.env.note_dependency(str(DATA / "datapackage.json"))
        return [self.section(resource) for resource in resources().values()]

    def section(self, resource: Resource) -> nodes.section:
        name = resource.name.replace("_", "-")
        section = nodes.section(ids=[f"table-{name}"], classes=["dictionary"])
        section += nodes.title("", resource.title)
        section += self.parse(resource.descriptor.get("description", ""))
        section += self.about(resource)
        if resource.is_table:
            section += self.columns(resource)
        return section

    def about(self, resource: Resource) -> nodes.field_list:
        """File, licence, key and reading rule."""
        licences = ", ".join(entry["title"] for entry in resource.descriptor.get("licenses", []))
        facts = {
            "File": f"data/{resource.descriptor['path']}",
            "Licence": licences,
            "Attribution": resource.descriptor.get("attribution", ""),
            "Key": ", ".join(resource.key) if resource.is_table else "",
            "Reading rule": resource.caveat,
        }
        listing = nodes.field_list(classes=["row-facts"])
        for name, text in facts.items():
            if text:
                body = nodes.field_body("", nodes.paragraph("", text))
                listing += nodes.field("", nodes.field_name("", name), body)
        return listing

    def columns(self, resource: Resource) -> nodes.definition_list:
        listing = nodes.definition_list(classes=["columns"])
        for field in resource.fields:
            term = nodes.term("", "", nodes.literal("", field["name"]))
            term += nodes.Text(f" ({kind_of(field)})")
            text = nodes.paragraph("", field.get("description", ""))
            listing += nodes.definition_list_item("", term, nodes.definition("", text))
        return listing


def kind_of(field: dict) -> str:
    """Type, unit and allowed values in a few words."""
    parts = [field["type"]]
    if field.get("unit"):
        parts.append(f"unit: {field['unit']}")
    allowed = field.get("constraints", {}).get("enum")
    if allowed:
        parts.append("one of " + ", ".join(map(str, allowed)))
    return "; ".join(parts)


def setup(app: Sphinx) -> None:
    app.add_directive_to_domain("case", "claims", ClaimsDirective)
    app.add_directive_to_domain("case", "dictionary", DictionaryDirective)
