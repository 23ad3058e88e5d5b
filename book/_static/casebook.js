// A field above each table marked "filterable" that hides the rows without the words typed.
// Without script the table is simply whole.
"use strict";

function addFilter(table) {
  const rows = Array.from(table.tBodies[0].rows);
  const holder = document.createElement("p");
  const label = document.createElement("label");
  const field = document.createElement("input");
  const count = document.createElement("output");
  holder.className = "table-filter";
  field.type = "search";
  label.append("Show rows with ", field);
  holder.append(label, " ", count);

  function apply() {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      shown += row.hidden ? 0 : 1;
    }
    count.textContent = `${shown} of ${rows.length} rows`;
  }

  field.addEventListener("input", apply);
  apply();
  (table.closest(".pst-scrollable-table-container") || table).before(holder);
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

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll(".chart-box:has(a)").forEach(sayMarks);
  document.querySelectorAll("table.filterable").forEach(addFilter);
});
