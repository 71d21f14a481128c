// Runs axe and gives the defects, short enough to read.
const done = arguments[arguments.length - 1];
const options = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
};
window.axe.run(document, options).then(
  ({ violations }) =>
    done(
      violations.map(({ id, impact, help, nodes }) => ({
        id,
        impact,
        help,
        nodes: nodes.slice(0, 5).map(({ html, failureSummary }) => ({ html: html.slice(0, 300), failureSummary })),
      })),
    ),
  (error) => done([String(error)]),
);
