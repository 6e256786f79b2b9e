/** The one style sheet of the report. No script, font, image or address. Colours are pairs of at least 4.5 : 1 in light and in dark. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1c2024; --quiet: #56606b; --edge: #d5dae0; --raised: #f4f6f8;
  --bad: #a8071a; --warn: #8a4b00; --good: #116329; --new: #dcf5e3; --old: #fde4e4; --focus: #0550ae;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171a; --ink: #e8ebee; --quiet: #a3adb8; --edge: #3a424b; --raised: #1e2328;
    --bad: #ff9a94; --warn: #f2b35c; --good: #6fdc8c; --new: #12381f; --old: #4a1c1c; --focus: #79b8ff;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1rem; max-width: 70rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere;
}
h1 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
ul { margin: .25rem 0; padding-left: 1.25rem; }
code, pre, del, ins { font-family: ui-monospace, monospace; font-size: .9em; }
pre { overflow-x: auto; padding: .75rem; background: var(--raised); border: 1px solid var(--edge); border-radius: .35rem; overflow-wrap: normal; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
.quiet { color: var(--quiet); }
.verdict { border-left: .4rem solid var(--tone); padding-left: .75rem; }
.tone { color: var(--tone); font-weight: 600; }
.safe, .low { --tone: var(--good); }
.low { --tone: var(--quiet); }
.review, .medium, .high { --tone: var(--warn); }
.dangerous, .blocked, .critical { --tone: var(--bad); }
p.line { margin: 0; }
summary { cursor: pointer; padding: .25rem 0; }
.line { border-top: 1px solid var(--edge); padding: .25rem 0; }
details.line > :not(summary) { margin: .25rem 0 .5rem 1rem; }
dl { display: grid; grid-template-columns: fit-content(40%) minmax(0, 1fr); gap: .15rem .75rem; }
dt { font-weight: 600; } dd { margin: 0; }
del { background: var(--old); } ins { background: var(--new); text-decoration: none; }
del, ins { padding: 0 .2rem; border-radius: .2rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid var(--edge); padding: .35rem .5rem; text-align: left; vertical-align: top; }
thead th { background: var(--raised); }
@media (max-width: 40rem) {
  dl { grid-template-columns: minmax(0, 1fr); }
  table, tbody, tr, th, td { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  tr { border: 1px solid var(--edge); border-radius: .35rem; margin: .5rem 0; }
  th, td { border: 0; }
  td:empty { display: none; }
  td::before { content: attr(data-column) ": "; font-weight: 600; }
}
`;
