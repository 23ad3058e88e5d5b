// Which conclusions stand when premises are rejected, claims of the other side granted, links
// drawn otherwise or the burden of proof placed. The same rules as casebook/argument/graph.py, links.py,
// burden.py and doubt.py; a test compares them on thousands of cases.
// The state of the form stands in the address of the page.
"use strict";

const Doubt = {
  GRANTED: 4,
  STANDARDS: [() => true, (weight, against) => weight > against, (weight, against) => against === 0],

  // One change of a link, by its name in the address: what:by:claim, or what:claim
  DOES: {
    cut: (claim, number) => {
      const left = claim.arguments.filter((_, at) => at !== number - 1);
      return { ...claim, arguments: left, bare: !left.length };
    },
    drop: (claim, by) => ({
      ...claim,
      rebutted: claim.rebutted.filter((name) => name !== by),
      undercut: claim.undercut.filter((name) => name !== by),
    }),
    rebut: (claim, by) => ({ ...claim, rebutted: [...claim.rebutted, by] }),
    undercut: (claim, by) => ({ ...claim, undercut: [...claim.undercut, by] }),
    raise: (claim) => ({ ...claim, standard: Math.min(claim.standard + 1, Doubt.STANDARDS.length - 1) }),
    lower: (claim) => ({ ...claim, weight: Math.max(claim.weight - 1, 1) }),
    lift: (claim) => ({ ...claim, weight: Math.min(claim.weight + 1, Doubt.GRANTED - 1) }),
  },

  parts(name) {
    const [what, ...rest] = name.split(":");
    return { what, claim: rest[rest.length - 1], by: rest.length > 1 ? rest[0] : "" };
  },

  // Arguments are numbered as the book has them, so the last is taken away first
  changed(claims, names) {
    const order = ({ what, claim, by }) => [what, claim, by].join(" ");
    const changes = [...names].map(Doubt.parts).sort((one, two) => (order(one) < order(two) ? 1 : -1));
    const found = { ...claims };
    for (const { what, claim, by } of changes) found[claim] = Doubt.DOES[what](found[claim], by);
    return found;
  },

  // Steps that are left undecided fall, or are presumed, by who bears the burden of proof
  settle(claims, borne, rejected, granted) {
    const unmet = new Set();
    const presumed = new Set();
    for (;;) {
      const now = { ...claims };
      for (const name of presumed) now[name] = { ...claims[name], rebutted: [], undercut: [] };
      const standing = Doubt.states(now, new Set([...rejected, ...unmet]), granted);
      const left = Object.keys(borne).filter((name) => standing[name] === "undecided" && !presumed.has(name));
      if (!left.length) return { standing, given: Doubt.given(rejected, granted, unmet, presumed) };
      for (const name of left) (borne[name] === "state" ? presumed : unmet).add(name);
    }
  },

  given(rejected, granted, unmet, presumed) {
    const found = {};
    for (const [how, names] of Object.entries({ presumed, unmet, granted, rejected })) {
      for (const name of names) found[name] = how;
    }
    return found;
  },

  accepted(claim, supporting, attacking, weights) {
    if (claim.bare) return false;
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

  step(claims, standing, name, given, attacking) {
    const claim = claims[name];
    if (given[name]) return [given[name], []];
    if (claim.bare) return ["bare", []];
    if (standing[name] !== "stands") return Doubt.failing(claim, standing[name], standing);
    const attackers = [...new Set([...claim.undercut, ...claim.rebutted])];
    if (attacking && attackers.length) return ["unanswered", attackers];
    const whole = claim.arguments.find((argument) => argument.every((link) => standing[link] === "stands"));
    return whole ? ["carried", whole] : ["grounds", []];
  },

  explain(claims, standing, name, given) {
    const path = [];
    let attacking = false;
    while (!path.some((step) => step.name === name)) {
      const [how, links] = Doubt.step(claims, standing, name, given, attacking);
      path.push({ name, state: standing[name], how, links });
      if (!links.length || how === "carried") break;
      attacking = how === "undercut" || how === "rebutted";
      name = links[0];
    }
    return path;
  },
};

// What follows is the page: boxes set into the outline, and states, reasons and results renewed in place
const make = (tag, attributes = {}, ...children) => {
  const found = Object.assign(document.createElement(tag), attributes);
  found.append(...children);
  return found;
};
const link = (name) => make("a", { href: `#o-${name}` }, name);
const listed = (nodes, between = ", ") => nodes.flatMap((node, at) => (at ? [between, node].flat() : node));
const setText = (node, words) => { if (node.textContent !== words) node.textContent = words; };

// “Title” (NR-4), with a link to its place in the outline
const titled = (data, name) => [`“${data.claims[name].title}” (`, link(name), ")"];

// One link of an explanation: “Title” (NR-4) falls: it is denied by “Title” (CA-3).
function sentence(data, step) {
  const [before, after] = data.words[step.how].split("{names}");
  const names = listed(step.links.map((name) => titled(data, name)));
  return make("li", {}, ...titled(data, step.name), ` ${data.is[step.state]}: ${before}`, ...names, `${after || ""}.`);
}

// Beside a claim: why it does not stand, and what it was when nothing was doubted
function note(data, claims, { standing, given }, name) {
  const [claim, state] = [claims[name], standing[name]];
  const told = (kind, links) => [` ${data.notes[kind]} `, ...listed(links.map(link))];
  if (given[name]) return told(given[name], []);
  if (claim.bare) return told("bare", []);
  if (state === "stands") return [];
  const [how, links] = Doubt.failing(claim, state, standing);
  if (!links.length) return [];
  if (state === "falls" && how !== "wanting") return told(claim.theirs ? "answered" : "denied", links);
  return told("because", links);
}

// Routes by the numbers of the book; one whose argument was taken away is in no state
function routes(data, standing, changes, name) {
  return data.claims[name].arguments.map((argument, at) => {
    if (changes.includes(`cut:${at + 1}:${name}`)) return "taken away";
    const found = argument.map((link) => standing[link]);
    return ["falls", "undecided"].find((state) => found.includes(state)) || "stands";
  });
}

// On which routes the first conclusion stands; alone on one, which that is
function mainRoute(data, standing, changes) {
  const main = Object.keys(data.conclusions)[0];
  const ways = data.claims[main].arguments;
  const left = ways.filter((_, at) => routes(data, standing, changes, main)[at] === "stands");
  if (!left.length) return `No route to ${main} stands.`;
  if (left.length > 1) return `${main} stands on ${left.length} routes.`;
  const own = left[0].filter((name) => !ways.every((way) => way.includes(name)));
  const names = own.map((name) => `“${data.conclusions[name] || data.claims[name].title}” (${name})`);
  return `${main} stands on one route alone: ${names.join(" and ")}.`;
}

function tick(name, what, words, heard) {
  const box = make("input", { type: "checkbox", name, ariaLabel: heard });
  box.dataset.what = what;
  return make("label", {}, box, ` ${words}`);
}

// Beside each premise of ours a box to keep it, beside each claim of theirs a box to grant it
function setBoxes(form, data) {
  for (const line of form.querySelectorAll("li[data-c]")) {
    const name = line.dataset.c;
    const { title, theirs, arguments: ways, changes } = data.claims[name];
    const what = theirs ? "grant" : ways.length ? "" : "keep";
    if (what) line.firstElementChild.append(" ", tick(name, what, what, `${what} “${title}” (${name})`));
    if (line.id && changes.length) setArrows(line, name, data, changes);
  }
}

// At the place of each claim a fold with a box for every single change of its links
function setArrows(line, name, data, changes) {
  const boxes = changes.map((change) => {
    const { what, by } = Doubt.parts(change);
    const words = data.short[what].replace("{by}", by);
    return tick(change, "change", words, `${words} (${name})`);
  });
  const summary = make("summary", {}, "change an arrow", make("span", { className: "unseen" }, ` at ${name}`));
  const place = line.querySelector(":scope > details:not(.why)") || line;
  place.append(make("details", { className: "ar" }, summary, ...boxes));
}

function openAround(line) {
  for (let fold = line.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}

// Open what hides a line and what it holds, then show it and stand on it
function reveal(line) {
  if (!line) return;
  openAround(line);
  for (const fold of line.querySelectorAll(":scope > details:not(.ar)")) fold.open = true;
  line.querySelector("a").focus({ preventScroll: true });
  line.firstElementChild.scrollIntoView({ block: "center" });
}

function startDoubt(form, data) {
  setBoxes(form, data);
  const boxes = Array.from(form.querySelectorAll("input[type=checkbox]"));
  const buttons = Array.from(form.querySelectorAll("button[data-preset]"));
  const burdens = Array.from(form.querySelectorAll("input[name=burden]"));
  const lines = Array.from(form.querySelectorAll("li[data-c]"));
  const nothing = { rejected: [], granted: [], burden: "", changes: [] };
  const names = Object.keys(data.conclusions);
  const undoubted = Doubt.states(data.claims, new Set(), new Set());
  let before = undoubted;
  let said = "";

  const chosen = (what, ticked) => [
    ...new Set(boxes.filter((box) => box.dataset.what === what && box.checked === ticked).map((box) => box.name)),
  ];

  // A preset may set aside a premise of the other side too, which has a box for granting only.
  let alsoRejected = [];

  function set(asked) {
    const { rejected, granted, burden, changes } = { ...nothing, ...asked };
    const ticked = { keep: (name) => !rejected.includes(name), grant: (name) => granted.includes(name) };
    ticked.change = (name) => changes.includes(name);
    for (const box of boxes) box.checked = ticked[box.dataset.what](box.name);
    for (const radio of burdens) radio.checked = radio.value === burden;
    const kept = new Set(boxes.filter((box) => box.dataset.what === "keep").map((box) => box.name));
    alsoRejected = rejected.filter((name) => name in data.claims && !kept.has(name));
  }

  const doubts = () => ({
    rejected: [...chosen("keep", false), ...alsoRejected],
    granted: chosen("grant", true),
    burden: burdens.find((radio) => radio.checked).value,
    changes: chosen("change", true),
  });

  // Renew the page after a choice, and tell those who listen what was chosen
  function act(node, words) {
    said = words;
    inPlace(node, show);
  }

  function show() {
    const { rejected, granted, burden, changes } = doubts();
    const claims = Doubt.changed(data.claims, changes);
    const found = Doubt.settle(claims, data.burdens[burden], new Set(rejected), new Set(granted));
    for (const line of lines) showLine(line, claims, found);
    for (const route of form.querySelectorAll("[data-r]")) {
      const [name, number] = route.dataset.r.split(":");
      showState(route.lastElementChild, routes(data, found.standing, changes, name)[number - 1]);
    }
    for (const name of names) showConclusion(name, claims, found);
    showResult(found.standing, changes);
    before = found.standing;
    remember();
  }

  function showState(node, state) {
    setText(node, state);
    node.className = state;
  }

  function showLine(line, claims, found) {
    const name = line.dataset.c;
    const [state, was] = [found.standing[name], undoubted[name]];
    const [told, beside] = [line.firstElementChild.querySelector("b"), line.firstElementChild.querySelector("small")];
    showState(told, state);
    const words = note(data, claims, found, name);
    if (alsoRejected.includes(name)) words.push("(set aside with the preset)");
    if (state !== was) words.push(` (was: ${was})`);
    beside.replaceChildren(...words);
    line.classList.toggle("ch", state !== was);
  }

  // A reason opens by itself when the state of its conclusion turns against it
  function showConclusion(name, claims, { standing, given }) {
    const why = document.getElementById(`o-${name}`).querySelector(":scope > .why");
    setText(why.querySelector("summary"), `Why it ${data.is[standing[name]]}`);
    const steps = Doubt.explain(claims, standing, name, given).map((step) => sentence(data, step));
    why.querySelector("ol").replaceChildren(...steps);
    if (standing[name] !== before[name]) why.open = standing[name] !== undoubted[name] && standing[name] !== "stands";
    showState(form.querySelector(`[data-k="${name}"] b`), standing[name]);
  }

  function showResult(standing, changes) {
    const inState = (state) => names.filter((name) => standing[name] === state);
    const [stand, open, fall] = ["stands", "undecided", "falls"].map((state) => inState(state).length);
    const counted = (number, one, more) => `${number} ${number === 1 ? one : more}`;
    const undecided = counted(open, "is undecided", "are undecided");
    const counts = `Of ${names.length} conclusions ${counted(stand, "stands", "stand")}, ${undecided}, ${counted(fall, "falls", "fall")}.`;
    const heard = make("span", { className: "unseen" }, said && ` ${said}.`);
    form.querySelector("[role=status]").replaceChildren(`${counts} ${mainRoute(data, standing, changes)}`, heard);
    const left = inState("stands").map((name) => `${data.remains[name]} (${name})`);
    setText(form.querySelector(".doubt-left"), `What remains: ${left.join("; ") || "nothing"}.`);
    const moved = Object.keys(standing).filter((name) => standing[name] !== undoubted[name]).length;
    const button = form.querySelector("[data-open=changed]");
    button.disabled = !moved;
    setText(button, `Open all that changed (${moved})`);
  }

  const same = (one, found) => one.length === found.length && one.every((name) => found.includes(name));
  const asks = () => /^#(reject|grant|burden|change)=/.test(location.hash);

  function remember() {
    const { rejected, granted, burden, changes } = doubts();
    for (const button of buttons) {
      const preset = data.presets[button.dataset.preset] || nothing;
      const meant = preset.rejected.filter((name) => name in data.claims);
      const pressed = same(meant, rejected) && same(preset.granted, granted) && preset.burden === burden;
      button.setAttribute("aria-pressed", String(pressed && !changes.length));
    }
    const parts = [];
    if (rejected.length) parts.push(`reject=${rejected.join(",")}`);
    if (granted.length) parts.push(`grant=${granted.join(",")}`);
    if (burden) parts.push(`burden=${burden}`);
    if (changes.length) parts.push(`change=${changes.join(",")}`);
    const address = parts.length ? `#${parts.join("&")}` : location.pathname + location.search;
    if ((asks() || parts.length) && location.hash !== (parts.length ? address : "")) history.replaceState(null, "", address);
  }

  // An address holds doubts, or the place of a claim; that of a heading leaves the doubts as they are
  function recall() {
    if (location.hash && !asks()) return reveal(lines.find((line) => `#${line.id}` === location.hash));
    const asked = new URLSearchParams(location.hash.slice(1));
    const named = (what) => (asked.get(what) || "").split(",");
    const known = (what) => named(what).filter((name) => name in data.claims);
    const burden = asked.get("burden") in data.burdens ? asked.get("burden") : "";
    set({ rejected: known("reject"), granted: known("grant"), burden, changes: named("change") });
    show();
  }

  // What stands above a line that was touched may grow; the line stays where it is
  function inPlace(node, act) {
    const top = node.getBoundingClientRect().top;
    act();
    window.scrollBy({ top: node.getBoundingClientRect().top - top, behavior: "instant" });
  }

  const folds = () => Array.from(form.querySelectorAll("details:not(.ar)"));
  const opened = {
    changed() {
      for (const line of form.querySelectorAll(".ch[id]")) openAround(line);
      for (const why of form.querySelectorAll(".ch > .why")) why.open = true;
    },
    all: () => folds().forEach((fold) => { fold.open = true; }),
    none: () => folds().forEach((fold) => { fold.open = false; }),
  };

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const inside = event.target.closest("a[href^='#o-']");
    if (inside) {
      event.preventDefault(); // the address keeps the doubts
      reveal(document.getElementById(inside.hash.slice(1)));
    } else if (button && "open" in button.dataset) inPlace(button, opened[button.dataset.open]);
    else if (button) {
      set(data.presets[button.dataset.preset]);
      act(button, button.textContent);
    }
  });
  form.addEventListener("change", ({ target }) => {
    for (const box of boxes) if (box.name === target.name) box.checked = target.checked;
    alsoRejected = alsoRejected.filter((name) => name !== target.name);
    act(target, `${target.ariaLabel || target.parentElement.textContent}: ${target.checked ? "ticked" : "not ticked"}`);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", recall);
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = folds().filter((fold) => !fold.open);
    opened.all();
  });
  window.addEventListener("afterprint", () => closed.forEach((fold) => { fold.open = false; }));
  document.querySelector(".doubt-without-script").remove();
  for (const hidden of form.querySelectorAll("[hidden]")) hidden.hidden = false;
  if (location.hash && !asks()) {
    set(nothing);
    show();
  }
  recall();
}

document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form.doubt");
  if (form) startDoubt(form, JSON.parse(document.getElementById("doubt-data").textContent));
});
