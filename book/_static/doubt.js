// Which conclusions stand when premises are rejected or claims of the other side granted.
// The same rules as casebook/argument.py and casebook/doubt.py; a test compares them on
// thousands of cases. The state of the form stands in the address of the page.
"use strict";

const Doubt = {
  GRANTED: 4,
  STANDARDS: [() => true, (weight, against) => weight > against, (weight, against) => against === 0],

  accepted(claim, supporting, attacking, weights) {
    if (claim.undercut.some((name) => attacking.has(name))) return false;
    const made = (argument) => argument.every((name) => supporting.has(name));
    if (claim.arguments.length && !claim.arguments.some(made)) return false;
    const rebuttals = claim.rebutted.filter((name) => attacking.has(name)).map((name) => weights[name]);
    return Doubt.STANDARDS[claim.standard](claim.weight, Math.max(0, ...rebuttals));
  },

  states(claims, rejected, granted) {
    const names = Object.keys(claims);
    const surely = new Set(names.filter((name) => granted.has(name) && !rejected.has(name)));
    const possibly = new Set(names.filter((name) => !rejected.has(name)));
    const weights = {};
    for (const name of names) weights[name] = surely.has(name) ? Doubt.GRANTED : claims[name].weight;
    let waiting = names.filter((name) => possibly.has(name) && !surely.has(name));
    let before;
    do {
      before = waiting.length;
      waiting = waiting.filter((name) => {
        if (Doubt.accepted(claims[name], surely, possibly, weights)) surely.add(name);
        else if (!Doubt.accepted(claims[name], possibly, surely, weights)) possibly.delete(name);
        else return true;
        return false;
      });
    } while (waiting.length < before);
    const found = {};
    for (const name of names) {
      found[name] = surely.has(name) ? "stands" : possibly.has(name) ? "undecided" : "falls";
    }
    return found;
  },

  failing(claim, state, standing) {
    const against = state === "falls" ? "stands" : "undecided";
    const undercut = claim.undercut.filter((name) => standing[name] === against);
    if (undercut.length) return ["undercut", undercut];
    const wanting = claim.arguments.map((argument) => argument.filter((name) => standing[name] === state));
    const made = claim.arguments.some((argument) => argument.every((name) => standing[name] === "stands"));
    const lacking = wanting.filter((names) => names.length);
    if (lacking.length && !made && (state === "undecided" || lacking.length === wanting.length)) {
      return ["wanting", lacking.reduce((least, names) => (names.length < least.length ? names : least))];
    }
    return ["rebutted", claim.rebutted.filter((name) => standing[name] === against)];
  },

  step(claims, standing, name, rejected, granted, attacking) {
    const claim = claims[name];
    if (rejected.has(name)) return ["rejected", []];
    if (granted.has(name)) return ["granted", []];
    if (standing[name] !== "stands") return Doubt.failing(claim, standing[name], standing);
    const attackers = [...new Set([...claim.undercut, ...claim.rebutted])];
    if (attacking && attackers.length) return ["unanswered", attackers];
    const whole = claim.arguments.find((argument) => argument.every((link) => standing[link] === "stands"));
    return whole ? ["carried", whole] : ["grounds", []];
  },

  explain(claims, standing, name, rejected, granted) {
    const path = [];
    let attacking = false;
    while (!path.some((step) => step.name === name)) {
      const [how, links] = Doubt.step(claims, standing, name, rejected, granted, attacking);
      path.push({ name, state: standing[name], how, links });
      if (!links.length || how === "carried") break;
      attacking = how === "undercut" || how === "rebutted";
      name = links[0];
    }
    return path;
  },
};

function link(claims, name) {
  const anchor = document.createElement("a");
  anchor.href = claims[name].address;
  anchor.textContent = name;
  anchor.title = claims[name].title;
  return anchor;
}

// One link of an explanation: "NR-4 falls: it is undercut by CA-3"
function sentence(data, step) {
  const item = document.createElement("li");
  const [before, after] = data.words[step.how].split("{names}");
  item.append(link(data.claims, step.name), ` ${step.state}: ${before}`);
  step.links.forEach((name, number) => item.append(number ? ", " : "", link(data.claims, name)));
  item.append(after || "");
  return item;
}

function startDoubt(form, data) {
  const boxes = Array.from(form.querySelectorAll("input[type=checkbox]"));
  const buttons = Array.from(form.querySelectorAll("button[data-preset]"));
  const summary = form.querySelector("[role=status]");

  const chosen = (what, ticked) =>
    boxes.filter((box) => box.dataset.what === what && box.checked === ticked).map((box) => box.name);

  // A preset may set aside a premise of the other side too, which has a box for granting only.
  let alsoRejected = [];

  function set(rejected, granted) {
    for (const box of boxes) {
      box.checked = box.dataset.what === "keep" ? !rejected.includes(box.name) : granted.includes(box.name);
    }
    const kept = new Set(boxes.filter((box) => box.dataset.what === "keep").map((box) => box.name));
    alsoRejected = rejected.filter((name) => name in data.claims && !kept.has(name));
  }

  function show() {
    const rejected = new Set([...chosen("keep", false), ...alsoRejected]);
    const granted = new Set(chosen("grant", true));
    const standing = Doubt.states(data.claims, rejected, granted);
    for (const box of boxes) {
      const aside = box.closest("li").querySelector(".doubt-aside");
      aside.textContent = alsoRejected.includes(box.name) ? " (set aside with the preset)" : "";
    }
    const lost = [];
    for (const [name, words] of Object.entries(data.conclusions)) {
      const row = form.querySelector(`[data-conclusion="${name}"]`);
      row.dataset.state = standing[name];
      row.querySelector(".doubt-state").textContent = standing[name];
      const steps = Doubt.explain(data.claims, standing, name, rejected, granted);
      const list = document.createElement("ol");
      list.append(...steps.map((step) => sentence(data, step)));
      row.querySelector(".doubt-why").replaceChildren(list);
      if (standing[name] !== "stands") lost.push(`${words}: ${standing[name]}`);
    }
    const all = Object.keys(data.conclusions).length;
    summary.textContent = `${all - lost.length} of ${all} conclusions stand. ${lost.join(". ")}`;
    remember(rejected, granted);
  }

  const same = (names, found) => names.length === found.size && names.every((name) => found.has(name));

  function remember(rejected, granted) {
    for (const button of buttons) {
      const preset = data.presets[button.dataset.preset] || { rejected: [], granted: [] };
      const meant = preset.rejected.filter((name) => name in data.claims);
      button.setAttribute("aria-pressed", String(same(meant, rejected) && same(preset.granted, granted)));
    }
    const parts = [];
    if (rejected.size) parts.push(`reject=${[...rejected].join(",")}`);
    if (granted.size) parts.push(`grant=${[...granted].join(",")}`);
    const address = parts.length ? `#${parts.join("&")}` : location.pathname + location.search;
    if ((location.hash || "") !== (parts.length ? address : "")) history.replaceState(null, "", address);
  }

  function recall() {
    const asked = new URLSearchParams(location.hash.slice(1));
    const names = (what) => (asked.get(what) || "").split(",").filter((name) => name in data.claims);
    set(names("reject"), names("grant"));
    show();
  }

  for (const button of buttons) {
    button.addEventListener("click", () => {
      const preset = data.presets[button.dataset.preset] || { rejected: [], granted: [] };
      set(preset.rejected, preset.granted);
      show();
    });
  }
  form.addEventListener("change", (event) => {
    alsoRejected = alsoRejected.filter((name) => name !== event.target.name);
    show();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", recall);
  document.querySelector(".doubt-without-script").remove();
  form.hidden = false;
  recall();
}

document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form.doubt");
  if (form) startDoubt(form, JSON.parse(document.getElementById("doubt-data").textContent));
});
