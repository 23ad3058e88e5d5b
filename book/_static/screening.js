// From answers and a day to the routes that are open, closed or undecided. The same rules as
// casebook/analysis/screening.py and law.py, on the evaluation of doubt.js; a test compares them on
// thousands of profiles. Nothing is kept: the answers stand in the address only when that is asked for.
"use strict";

const Screening = {
  firstDay: (date) => date + "-01-01".slice(date.length === 4 ? 0 : date.length === 7 ? 3 : 6),
  lastDay(date) {
    if (date.length === 10) return date;
    const [year, month] = date.length === 4 ? [date, "12"] : date.split("-");
    return `${year}-${month}-${new Date(Date.UTC(year, month, 0)).getUTCDate()}`;
  },

  // Whether a text stood at a time that may be a year, a month or a day; one that was not read is undecided
  inForce({ dates: [from, until, known], read }, when) {
    const { firstDay, lastDay } = Screening;
    if (!when) return "undecided";
    const [opens, closes] = [firstDay(when), lastDay(when)];
    if (!from || firstDay(from) > closes || (until && lastDay(until) <= opens)) return "falls";
    if (known && lastDay(known) < closes) return "undecided";
    return read && lastDay(from) <= opens && (!until || closes < firstDay(until)) ? "stands" : "undecided";
  },

  // When the person left; not known where it would be after the day of decision
  left({ day, left }) {
    return left && day && Screening.firstDay(left) <= Screening.firstDay(day) ? left : "";
  },

  given(premise, profile) {
    if (premise.state) return premise.state;
    if (premise.dates) return Screening.inForce(premise, premise.on === "now" ? profile.day : Screening.left(profile));
    const answer = profile.answers[premise.question];
    if (answer === undefined) return "undecided";
    return answer === (premise.answer === "yes") ? "stands" : "falls";
  },

  // The steps with each premise in the state that the profile gives it: it stands, is bare, or denies itself
  graph(data, profile) {
    const found = {};
    for (const [name, premise] of Object.entries(data.premises)) {
      const state = Screening.given(premise, profile);
      const undercut = state === "undecided" ? [name] : [];
      found[name] = {
        standard: 0, weight: premise.weight || 1, arguments: [], rebutted: [], undercut, bare: state === "falls",
      };
    }
    return { ...found, ...data.steps };
  },

  // What an undecided route hangs on: from the route down, only through what is undecided
  openPoints(data, graph, standing, route) {
    const seen = new Set();
    const waiting = [route];
    while (waiting.length) {
      const name = waiting.pop();
      if (seen.has(name) || standing[name] !== "undecided") continue;
      seen.add(name);
      const left = graph[name].arguments.filter((argument) => argument.every((link) => standing[link] !== "falls"));
      waiting.push(...left.flat(), ...graph[name].undercut, ...graph[name].rebutted);
    }
    const premises = [...seen].filter((name) => name in data.premises);
    const asked = new Set(premises.map((name) => data.premises[name].question));
    const left = premises.filter((name) => !data.premises[name].question);
    const whole = (argument) => argument.every((name) => standing[name] === "stands");
    const made = [...seen].filter((name) => graph[name].arguments.some(whole));
    const attacked = (name) => [...graph[name].undercut, ...graph[name].rebutted].some((by) => made.includes(by));
    const law = [...left, ...made.filter(attacked)].sort();
    return [Object.keys(data.questions).filter((name) => asked.has(name)), law];
  },

  screened(data, profile) {
    const graph = Screening.graph(data, profile);
    const standing = Doubt.states(graph, new Set(), new Set());
    const open = {};
    for (const route of Object.keys(data.routes)) open[route] = Screening.openPoints(data, graph, standing, route);
    return { standing, open };
  },
};

function startScreening(form, data) {
  const selects = Array.from(form.querySelectorAll("select"));
  const starts = Array.from(form.querySelectorAll("[data-profile]"));
  const initial = starts.find((button) => button.ariaPressed === "true").dataset.profile;
  const sound = (left) => (form.elements.left.validity.valid ? left : "");

  const profile = () => ({
    day: form.elements.day.value,
    left: sound(form.elements.left.value.trim()),
    answers: Object.fromEntries(selects.filter(({ value }) => value).map(({ name, value }) => [name, value === "yes"])),
  });

  function set({ day, left, answers }) {
    form.elements.day.value = day;
    form.elements.left.value = left;
    for (const select of selects) select.value = { true: "yes", false: "no" }[answers[select.name]] || "";
  }

  function hangsOn([ask, law]) {
    const asked = ask.map((name) => data.questions[name]).join(" ");
    return (ask.length ? ` To ask: ${asked}` : "") + (law.length ? ` Disputed: ${law.join(", ")}.` : "");
  }

  function show() {
    const { standing, open } = Screening.screened(data, profile());
    for (const told of form.querySelectorAll("[data-n]")) {
      setText(told, standing[told.dataset.n]);
      told.className = standing[told.dataset.n];
    }
    for (const told of form.querySelectorAll("[data-route]")) {
      setText(told, data.words[standing[told.dataset.route]]);
      told.className = standing[told.dataset.route];
    }
    for (const [route, points] of Object.entries(open)) {
      setText(form.querySelector(`[data-open="${route}"]`), standing[route] === "undecided" ? hangsOn(points) : "");
    }
    announce(standing);
  }

  function announce(standing) {
    const inState = (state) => Object.keys(data.routes).filter((name) => standing[name] === state);
    const said = ["stands", "undecided", "falls"].map((state) => {
      const names = inState(state).map((name) => data.routes[name]);
      return names.length ? `${data.words[state]}: ${names.join(", ")}.` : "";
    });
    setText(form.querySelector("[role=status]"), said.filter(Boolean).join(" "));
  }

  function choose(name) {
    for (const button of starts) button.ariaPressed = String(button.dataset.profile === name);
    if (name) set(data.profiles[name]);
    show();
  }

  function share() {
    const { day, left, answers } = profile();
    const asked = new URLSearchParams({ day, left });
    for (const [name, answer] of Object.entries(answers)) asked.set(name, answer ? "yes" : "no");
    location.hash = asked;
  }

  function recall() {
    const asked = new URLSearchParams(location.hash.slice(1));
    if (!asked.has("day")) return;
    const known = selects.filter(({ name }) => ["yes", "no"].includes(asked.get(name)));
    const answers = Object.fromEntries(known.map(({ name }) => [name, asked.get(name) === "yes"]));
    set({ day: asked.get("day"), left: asked.get("left") || "", answers });
    choose("");
  }

  form.addEventListener("click", ({ target }) => {
    if (target.dataset.profile) choose(target.dataset.profile);
    else if ("share" in target.dataset) share();
  });
  form.addEventListener("input", () => choose(""));
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    choose(initial);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", recall);
  document.querySelector(".screening-without-script").remove();
  for (const hidden of form.querySelectorAll("[hidden]")) hidden.hidden = false;
  choose(initial);
  recall();
}

document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form.screening");
  if (form) startScreening(form, JSON.parse(document.getElementById("screening-data").textContent));
});
