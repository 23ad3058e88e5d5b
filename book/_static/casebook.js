// A field above a table marked "filterable", and above many rows of a register, that hides the rows
// without the words typed. Without script all rows are simply there.
"use strict";

const MANY = 12; // rows of a register; of fewer one needs no field

function addFilter(rows, place) {
  const holder = document.createElement("p");
  const label = document.createElement("label");
  const field = document.createElement("input");
  const count = document.createElement("output");
  holder.className = "table-filter";
  field.type = "search";
  label.append("Show rows with ", field);
  holder.append(label, " ", count);
  const texts = new Map();
  const textOf = (row) => texts.get(row) || texts.set(row, row.textContent.toLowerCase()).get(row);

  function apply() {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      row.hidden = words.length > 0 && !words.every((word) => textOf(row).includes(word));
      shown += row.hidden ? 0 : 1;
    }
    count.textContent = `${shown} of ${rows.length} rows`;
  }

  field.addEventListener("input", apply);
  apply();
  place.before(holder);
}

function addFilters() {
  for (const table of document.querySelectorAll("table.filterable")) {
    addFilter(Array.from(table.tBodies[0].rows), table.closest(".pst-scrollable-table-container") || table);
  }
  for (const table of document.querySelectorAll(".register-table > table")) {
    addFilter(Array.from(table.tBodies[0].rows), table.parentElement);
  }
  const cards = Array.from(document.querySelectorAll("article .row"));
  const first = document.querySelector("article .row-group, article .row");
  if (cards.length > MANY) addFilter(cards, first);
}

// What a mark of a figure is, said beneath the figure while it is pointed at or reached by keyboard.
function sayMarks(box) {
  const said = document.createElement("output");
  said.className = "chart-said";
  box.after(said);
  const say = (event) => {
    const mark = event.target.closest("a");
    said.textContent = mark ? mark.querySelector("title").textContent : "";
  };
  box.addEventListener("pointerover", say);
  box.addEventListener("focusin", say);
}

// On paper nothing is folded; browsers that cannot say so in a style sheet need it said here.
let unfolded = [];
addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll(".claim-more:not([open])")];
  for (const fold of unfolded) fold.open = true;
});
addEventListener("afterprint", () => {
  for (const fold of unfolded) fold.open = false;
});

// The words of a search stand behind the "#" of an address, which no browser sends to whoever serves the book.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.elements.q) return;
  event.preventDefault();
  location.href = `${form.action.split(/[?#]/)[0]}#q=${encodeURIComponent(form.elements.q.value)}`;
});

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll(".chart-box:has(a)").forEach(sayMarks);
  addFilters();
});
