"""What concerns the site as a whole: values taken over, files written, pages renewed."""

import json
import shutil
from pathlib import Path

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from casebook.data.descriptor import anchor
from casebook.project import digest_of_text
from casebook.sphinx.charts import FILES, Drawing, kind_of, named_in
from casebook.sphinx.deferred import made_for, make_all, once_read
from casebook.sphinx.domain import domain_of, is_register
from casebook.sphinx.frame.incremental import shown_by_all


def take_values(app: Sphinx, doctree: nodes.document) -> None:
    """Take over the values of a chapter once it is read, and mark the computing cells."""
    docname = app.env.docname
    glued = Path(app.env.mystnb_config.output_folder, f"{docname}.glue.json")  # type: ignore[attr-defined]
    if not app.env.nb_metadata[docname].get("glue"):  # type: ignore[attr-defined]
        return
    domain = domain_of(app.env)
    outputs = json.loads(glued.read_text(encoding="utf-8"))
    domain.note_values(docname, outputs)
    cells = {cell["exec_count"]: cell for cell in doctree.findall(is_code)}
    for key in domain.data["values"].get(docname, {}):
        number = outputs[f"value:{key}"]["metadata"]["scrapbook"]["cell"]
        cells[number]["ids"].append(f"value-{anchor(key)}")


def is_code(node: nodes.Node) -> bool:
    """Whether a node is a cell of code with what came of it."""
    return isinstance(node, nodes.container) and node.get("nb_element") == "cell_code"


def lighten_code(app: Sphinx, doctree: nodes.document) -> None:
    """Set the folded code without colours: they would make up half the weight of a chapter."""
    for cell in doctree.findall(is_code):
        if "hide-input" in cell["cell_metadata"].get("tags", []):
            for block in cell.findall(nodes.literal_block):
                block["language"] = "none"


def shown_by(env: BuildEnvironment, docname: str) -> str:
    """A digest of everything that a page shows but that other pages decide."""
    domain, made = domain_of(env), made_for(docname)
    values = domain.values()
    if is_register(env, docname):
        shown = shown_by_registers(env)
    else:
        quoted = [(kind, name) for kind, name, _ in domain.data["uses"].get(docname, [])]
        quoted += sorted(domain.data["mentions"].get(docname, ())) + linked_in(made)
        shown = repr([[(domain.place_of(*use), values.get(use[1])) for use in quoted], domain.data["terms"]])
    return digest_of_text(shown, digest_of_made(docname))


@once_read
def shown_by_registers(env: BuildEnvironment) -> str:
    """What any register may show: every value, every use, and where every row and claim stands."""
    domain = domain_of(env)
    held = [sorted(kept.items()) for kept in (domain.values(), domain.data["uses"], domain.data["objects"])]
    return digest_of_text(repr(held))


def digest_of_made(docname: str) -> str:
    """A digest of what fills the places of a page, as far as it is made."""
    return digest_of_text(*(node.pformat() for node in made_for(docname)))


def linked_in(made: list[nodes.Node]) -> list[tuple[str, str]]:
    """What links lead to that are not resolved yet, in nodes and in drawings."""
    links = [link for node in made for link in node.findall(pending_xref) if link["refdomain"] == "case"]
    drawn = {name for node in made for each in node.findall(Drawing) for name in named_in(each["wide"])}
    return [(link["reftype"], link["reftarget"].split(" ")[0]) for link in links] + [
        (kind_of(name), name) for name in sorted(drawn)
    ]


def pages_to_renew(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Pages whose own text is unchanged, but which show something that changed."""
    held, common = domain_of(env).data, shown_by_all(env)
    make_all(app, citing=False)
    held["shown"] = {docname: shown_by(env, docname) for docname in sorted(env.found_docs)}
    make_all(app, citing=True)  # a citation carries the mark of a page, which rests on what it shows
    now = {docname: common + own + digest_of_made(docname) for docname, own in held["shown"].items()}
    changed = [docname for docname, shown in now.items() if held["written"].get(docname) != shown]
    held["written"] = now
    return changed


def write_files(app: Sphinx, error: Exception | None) -> None:
    """Write the figures and tables that pages offer; nothing of an earlier build stays."""
    if error or app.builder.format != "html":
        return
    remove_orphans(app)
    folder = Path(app.outdir, FILES)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for held in domain_of(app.env).data["files"].values():
        for name, content in held.items():
            data = content.encode() if isinstance(content, str) else content
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)


def remove_orphans(app: Sphinx) -> None:
    """Remove pages whose source is gone; Sphinx leaves them in the folder."""
    for path in Path(app.outdir, "book").rglob("*.html"):
        if path.relative_to(app.outdir).with_suffix("").as_posix() not in app.env.found_docs:
            path.unlink()


def setup(app: Sphinx) -> None:
    app.connect("doctree-read", take_values)
    app.connect("doctree-read", lighten_code)
    app.connect("env-get-updated", pages_to_renew, priority=900)  # once Sphinx has numbered the figures
    app.connect("build-finished", write_files)
