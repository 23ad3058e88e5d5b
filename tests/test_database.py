"""The data as one SQLite file: every row, every cell, and the numbers that the book prints."""

import sqlite3

import pandas as pd
import pytest

from casebook.analysis.sums import total
from casebook.data.database import write_database
from casebook.data.descriptor import tables
from casebook.data.tables import table


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("database") / "data.sqlite"
    write_database(path)
    with sqlite3.connect(path) as opened:
        yield opened


def test_it_holds_every_row_of_every_table_with_its_name(file):
    for described in tables():
        names = [name for (name,) in file.execute(f'SELECT row FROM "{described.name}" ORDER BY rowid')]
        assert names == list(table(described.name).index), described.name


def test_a_blank_cell_is_null_and_all_others_are_what_the_file_says(file):
    for described in tables():
        columns = [field["name"] for field in described.fields]
        held = pd.read_csv(described.path, dtype=str, keep_default_na=False)
        for number, line in enumerate(file.execute(f'SELECT * FROM "{described.name}"')):
            for column, cell in zip(columns, line[1:], strict=True):
                printed = held[column][number]
                if printed == "":
                    assert cell is None, (described.name, number, column)
                elif isinstance(cell, int | float):
                    assert float(printed) == float(cell), (described.name, number, column)
                else:
                    assert str(cell) == printed, (described.name, number, column)


def test_a_question_in_sql_gives_what_the_book_prints(file):
    asked = """SELECT count(*), sum(persons_low), sum(persons_high) FROM repatriation_events
               WHERE kind = 'repatriation' AND countable = 'y'"""
    events = table("repatriation_events")
    added = total(events[events.kind.eq("repatriation") & events.countable.eq("y")])
    assert file.execute(asked).fetchone() == (len(added.rows), added.low, added.high)


def test_references_lead_somewhere(file):
    assert file.execute("PRAGMA foreign_key_check").fetchall() == []
