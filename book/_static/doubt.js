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
  const burdens = Array.from(form.querySelectorAll("input[name=burden]"));
  const summary = form.querySelector("[role=status]");
  const remains = form.querySelector(".doubt-left");
  const nothing = { rejected: [], granted: [], burden: "", changes: [] };

  const chosen = (what, ticked) =>
    boxes.filter((box) => box.dataset.what === what && box.checked === ticked).map((box) => box.name);

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

  function show() {
    const { rejected, granted, burden, changes } = doubts();
    const claims = Doubt.changed(data.claims, changes);
    const { standing, given } = Doubt.settle(claims, data.burdens[burden], new Set(rejected), new Set(granted));
    for (const box of boxes.filter((one) => one.dataset.what !== "change")) {
      const aside = box.closest("li").querySelector(".doubt-aside");
      aside.textContent = alsoRejected.includes(box.name) ? " (set aside with the preset)" : "";
    }
    for (const name of Object.keys(data.conclusions)) {
      const row = form.querySelector(`[data-conclusion="${name}"]`);
      row.dataset.state = standing[name];
      row.querySelector(".doubt-state").textContent = standing[name];
      const list = document.createElement("ol");
      list.append(...Doubt.explain(claims, standing, name, given).map((step) => sentence(data, step)));
      row.querySelector(".doubt-why").replaceChildren(list);
    }
    const names = Object.keys(data.conclusions);
    const inState = (state) => names.filter((name) => standing[name] === state);
    const counted = ["stands", "undecided", "falls"].map((state) => inState(state).length);
    summary.textContent = `Of ${names.length} conclusions ${counted[0]} stand, ${counted[1]} are undecided, ${counted[2]} fall.`;
    const left = inState("stands").map((name) => `${data.remains[name]} (${name})`);
    remains.textContent = `What remains: ${left.join("; ") || "nothing"}.`;
    remember();
  }

  const same = (names, found) => names.length === found.length && names.every((name) => found.includes(name));

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
    if ((location.hash || "") !== (parts.length ? address : "")) history.replaceState(null, "", address);
  }

  function recall() {
    const asked = new URLSearchParams(location.hash.slice(1));
    const names = (what) => (asked.get(what) || "").split(",");
    const known = (what) => names(what).filter((name) => name in data.claims);
    const burden = asked.get("burden") in data.burdens ? asked.get("burden") : "";
    set({ rejected: known("reject"), granted: known("grant"), burden, changes: names("change") });
    show();
  }

  for (const button of buttons) {
    button.addEventListener("click", () => {
      set(data.presets[button.dataset.preset]);
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
