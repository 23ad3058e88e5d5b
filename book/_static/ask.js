// A question in SQL, answered in the page: SQLite as WebAssembly (sql.js) and the tables are loaded when
// they are first asked for, from the folder of the book. Row names in an answer lead to their rows.
"use strict";

function startAsk(form) {
  const MOST = 500; // lines of an answer that are shown
  const field = form.elements.sql;
  const status = form.querySelector("[role=status]");
  const place = form.querySelector(".answer");
  let opened; // the promise of the database: loaded once

  const load = (src) => new Promise((done, failed) => {
    document.head.append(Object.assign(document.createElement("script"), {
      src, onload: done, onerror: () => failed(new Error(`${src} is not there`)),
    }));
  });

  // Where each row stands: its name to the address of its place in the book
  const addresses = new Map();

  async function open() {
    await load(form.dataset.engine);
    await load(form.dataset.tables);
    const { Database } = await initSqlJs();
    const database = new Database();
    for (const { name, make, rows, pages, at, anchors } of TABLES) {
      database.run(make);
      database.run("BEGIN");
      const insert = database.prepare(`INSERT INTO "${name}" VALUES (${rows[0].map(() => "?").join()})`);
      rows.forEach((row, number) => {
        insert.run(row);
        if (at[number] >= 0) addresses.set(row[0], `${form.dataset.up}${pages[at[number]]}.html#${anchors[number]}`);
      });
      insert.free();
      database.run("COMMIT");
    }
    database.run("PRAGMA query_only = ON");
    return database;
  }

  function cell(value) {
    const found = document.createElement("td");
    const text = value === null ? "" : String(value);
    if (!addresses.has(text)) found.textContent = text;
    else found.append(Object.assign(document.createElement("a"), { href: addresses.get(text), textContent: text }));
    return found;
  }

  function table({ columns, values }) {
    const found = document.createElement("table");
    found.className = "listing table";
    const head = found.createTHead().insertRow();
    for (const name of columns) {
      head.append(Object.assign(document.createElement("th"), { textContent: name, scope: "col" }));
    }
    const body = found.createTBody();
    for (const line of values.slice(0, MOST)) body.insertRow().append(...line.map(cell));
    return found;
  }

  async function ask() {
    status.textContent = opened ? "" : "Loading …";
    place.replaceChildren();
    try {
      const database = await (opened ||= open());
      const [answer] = database.exec(field.value).slice(-1);
      const lines = answer ? answer.values.length : 0;
      status.textContent = lines > MOST ? `${lines} lines, the first ${MOST} shown.` : `${lines} ${lines === 1 ? "line" : "lines"}.`;
      if (answer) place.append(table(answer));
    } catch (error) {
      status.textContent = `Not answered: ${error.message}`;
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  for (const query of document.querySelectorAll(".query")) {
    const button = Object.assign(document.createElement("button"), { textContent: "Ask this above", type: "button" });
    button.addEventListener("click", () => {
      field.value = query.querySelector("pre").textContent.trim();
      field.scrollIntoView({ block: "center" });
      field.focus({ preventScroll: true });
      ask();
    });
    query.querySelector(".highlight").after(button);
  }
  field.value = document.querySelector(".query pre").textContent.trim();
  form.hidden = false;
}

document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form.ask");
  if (form) startAsk(form);
});
