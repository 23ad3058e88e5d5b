// Before the hits the pages that people look for by these words; under each hit what its page says
// first; and a switch that leaves out the registers. PAGES gives title, first words and keywords.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const REGISTER = "book/reference/";
  const MOST = 3; // pages named before the hits
  const results = document.getElementById("search-results");
  // A form asks behind the "#"; Sphinx knows only the other way, which an address made by hand may take
  const behind = new URLSearchParams(location.hash.slice(1)).get("q") || "";
  const words = behind || new URLSearchParams(location.search).get("q") || "";
  const asked = words.toLowerCase().trim().replace(/\s+/g, " ");

  // A word of letters must stand alone in what was asked; Chinese, Japanese and Korean set no spaces.
  function holds(text, word) {
    const at = text.indexOf(word);
    if (at < 0) return false;
    const around = (text[at - 1] || " ") + (text[at + word.length] || " ");
    return !/[a-z0-9]/i.test(around) || !/[a-z0-9]/i.test(word);
  }

  function answers() {
    const found = [];
    for (const [page, [title, , ...words]] of Object.entries(PAGES)) {
      const said = [title.toLowerCase(), ...words].filter((word) => holds(asked, word) || word === asked);
      if (said.length) found.push([Math.max(...said.map((word) => word.length)), page]);
    }
    // Of equals the page in the language of the question comes first
    const own = ([, page]) => /[\u1100-\uffef]/.test(asked) && /^book\/(ko|zh)/.test(page);
    return found.sort((one, other) => other[0] - one[0] || own(other) - own(one)).slice(0, MOST);
  }

  function excerpt(page) {
    const text = document.createElement("p");
    text.className = "excerpt-of-hit";
    text.textContent = PAGES[page] ? PAGES[page][1] : "";
    return text;
  }

  const list = document.createElement("ul"); // stands before the hits once it holds something
  list.className = "search answers";

  function answer(href, words, page) {
    const link = Object.assign(document.createElement("a"), { href, textContent: words });
    const item = document.createElement("li");
    item.append(link, excerpt(page));
    results.before(list);
    return item;
  }

  function addAnswers() {
    for (const [, page] of answers()) {
      list.append(answer(page.replace(/#|$/, (end) => `.html${end}`), PAGES[page][0], page));
    }
  }

  // A claim, a row or a source that was asked for by its name, once the index is there
  function addNamed() {
    if (!Search._index) {
      setTimeout(addNamed, 100);
      return;
    }
    const name = asked.replace(/^(claim|row|source|provision|authority) /, "").replace(/_/g, "-");
    const named = Object.values(Search._index.objects).flat().find((object) => object[3] === name);
    if (!named) return;
    const page = Search._index.docnames[named[0]];
    list.prepend(answer(`${page}.html#${name}`, named[4], page));
  }

  // Where pages are named above, nothing more was found; to check the spelling helps nobody
  const NO_MORE = "The words did not match any other page.";
  function sayNoMore(summary) {
    const vain = /did not match/.test(summary.textContent) && summary.textContent !== NO_MORE;
    if (vain && list.children.length) summary.textContent = NO_MORE;
  }

  function describe(hit) {
    if (hit.querySelector(".excerpt-of-hit")) return;
    const page = hit.querySelector("a").getAttribute("href").split("#")[0].replace(/\.html$/, "");
    hit.classList.toggle("of-reference", page.startsWith(REGISTER));
    hit.append(excerpt(page));
  }

  function addSwitch() {
    const label = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = true;
    box.addEventListener("change", () => results.classList.toggle("without-reference", !box.checked));
    label.append(box, " with registers and reference");
    results.before(label);
  }

  addEventListener("hashchange", () => location.reload()); // another search from this page
  addSwitch();
  if (behind) {
    for (const field of document.querySelectorAll('input[name="q"]')) field.value = behind;
    Search.performSearch(behind);
  }
  if (asked) {
    addAnswers();
    addNamed();
  }
  const lookAtSummary = () => results.querySelectorAll(".search-summary").forEach(sayNoMore);
  lookAtSummary(); // what was said before
  new MutationObserver((changes) => {
    for (const change of changes)
      for (const node of change.addedNodes) if (node.tagName === "LI") describe(node);
    lookAtSummary();
  }).observe(results, { childList: true, subtree: true });
  results.querySelectorAll("li").forEach(describe); // what stood there before
});
