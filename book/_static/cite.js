// A button to copy beside every citation and every permanent link. Without script, the
// citations stand on the page as text and the links are links.
"use strict";

(() => {
  const SHOWN = 2500; // milliseconds for which a button says what it did
  const status = document.createElement("p");
  status.className = "copy-hidden";
  status.setAttribute("role", "status"); // says it to those who listen to the page

  // The public address where one is declared; from a folder, edition and page instead of a local path.
  function address(link) {
    const { base, place, edition } = document.querySelector(".page-foot").dataset;
    const anchor = link.getAttribute("href");
    const page = place.split("#")[0];
    if (base) return base.replace(/\/?$/, "/") + page + anchor;
    if (location.protocol === "file:") return `${edition}, ${page}${anchor}`;
    return location.href.split("#")[0] + anchor;
  }

  function select(node) {
    const range = document.createRange();
    range.selectNodeContents(node);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  }

  // A link's address is nowhere on the page as text: show it, so that it can be selected.
  function reveal(button, text) {
    const shown = document.createElement("code");
    shown.className = "copy-text";
    shown.textContent = text;
    button.after(shown);
    return shown;
  }

  async function write(text, button, holder) {
    try {
      await navigator.clipboard.writeText(text); // missing or refused in some browsers and from a folder
      return true;
    } catch {
      select(holder || reveal(button, text));
      return document.execCommand("copy");
    }
  }

  function addButton(neighbour, words, what, text, holder) {
    const button = document.createElement("button");
    const visible = document.createElement("span");
    const rest = document.createElement("span");
    visible.textContent = words;
    rest.className = "copy-hidden";
    rest.textContent = ` ${what}`;
    button.type = "button";
    button.className = "copy-button";
    button.append(visible, rest);
    button.addEventListener("click", async () => {
      const copied = await write(text(), button, holder);
      visible.textContent = copied ? "copied" : "selected";
      status.textContent = copied ? `Copied ${what}` : "Selected: copy it with your keyboard or your menu";
      setTimeout(() => {
        visible.textContent = words;
        status.textContent = "";
      }, SHOWN);
    });
    neighbour.after(button);
  }

  function addLinkButton(link) {
    if (link.dataset.copy) return;
    link.dataset.copy = "yes";
    const caption = link.closest("figcaption, caption");
    const name = caption ? caption.querySelector(".caption-number") : link;
    addButton(link, "copy link", `to ${name.textContent.trim()}`, () => address(link));
  }

  // A number with what it means, what must be read with it, and where it stands
  function addCaveatButton(card) {
    const [title, meaning, caveat] = card.children;
    const number = title.lastChild.textContent.replace(/^\s*=\s*/, "");
    const link = title.querySelector("a.permalink");
    const told = `${number}: ${meaning.textContent} ${caveat.textContent} ${address(link)}`;
    addButton(link, "copy with caveat", `${link.textContent.trim()} with its caveat`, () => told);
  }

  // A claim with its words, what becomes of it, and how it is cited
  function addClaimButton(claim) {
    const link = claim.querySelector("a.permalink");
    const [title, ...rest] = Array.from(claim.children).filter((child) => child.tagName === "P");
    const named = `${link.textContent.trim()}: ${title.lastChild.previousSibling.textContent.replace(/^\s*·\s*/, "").trim()}`;
    const words = rest.map((part) => part.textContent.trim()).join(" ");
    const { edition } = document.querySelector(".page-foot").dataset;
    const told = () => `${named}. ${words} ${[...new Set([edition, address(link)])].join(", ")}`;
    addButton(link, "copy with source", `${link.textContent.trim()} with its source`, told);
  }

  // A register of a thousand rows gets its buttons row by row, when a row is reached.
  function inRow(event) {
    const row = event.target.closest && event.target.closest(".register-table tr");
    const link = row && row.querySelector("a.permalink");
    if (link) addLinkButton(link);
  }

  document.addEventListener("DOMContentLoaded", () => {
    const foot = document.querySelector(".page-foot");
    if (!foot) return;
    foot.append(status);
    document.querySelector(".cite-link").addEventListener("click", () => {
      document.getElementById("cite").open = true;
    });
    document.querySelectorAll(".citations pre").forEach((text) => {
      const term = text.parentElement.previousElementSibling;
      addButton(term.firstChild, "copy", `the citation, ${term.textContent}`, () => text.textContent, text);
    });
    document.querySelectorAll(".row:has(> .value-caveat)").forEach(addCaveatButton);
    document.querySelectorAll(".claim:has(> .claim-title)").forEach(addClaimButton);
    document
      .querySelectorAll("a.permalink:not(.register-table *), figcaption a.headerlink, caption a.headerlink")
      .forEach(addLinkButton);
    document.querySelectorAll(".quotable").forEach((block) => {
      addButton(block, "copy", "this answer with its citation", () => block.innerText.trim(), block);
    });
    document.addEventListener("focusin", inRow);
    document.addEventListener("pointerover", inRow);
  });

  // A definition that covers the text can be put away without moving the pointer or the focus.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll(".hint:hover, .hint:focus-within").forEach((hint) => {
      hint.classList.add("put-away");
      const back = () => hint.classList.remove("put-away");
      hint.addEventListener("pointerleave", back, { once: true });
      hint.addEventListener("focusout", back, { once: true });
    });
  });
})();
