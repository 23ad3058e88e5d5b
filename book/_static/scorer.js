// Chapters come before the registers, which hold every word of every row. Sphinx sets this into its search.
var Scorer = {
  score: ([docname, title, anchor, descr, score]) => {
    const register = /^book\/reference\/(evidence|sources|provisions|values|authorities|positions|court|instruments|statuses|claims|articles)/;
    if (register.test(docname)) return score - 40;
    return docname.startsWith("book/reference/") ? score - 3 : score;
  },
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
};
