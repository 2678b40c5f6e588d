/** The console's whole style: system fonts, both colour schemes, nothing to load. */
export const STYLE = `
:root { --ink: #1c2430; --soft: #5b6675; --line: #d9dee5; --paper: #fff; --tint: #f4f6f9; --link: #0b57d0;
  --good: #12694a; --warn: #8a4b00; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ee; --soft: #a2adbb; --line: #38414d; --paper: #14181e;
  --tint: #1d232b; --link: #8ab4f8; --good: #7ad3ab; --warn: #f0b86c; --bad: #f2988f; } }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
a { color: var(--link); }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible { outline: 3px solid var(--link);
  outline-offset: 2px; }
.skip { position: absolute; left: -999px; } .skip:focus { left: 1rem; top: 1rem; background: var(--paper); }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: baseline; padding: .75rem 1.5rem;
  border-bottom: 1px solid var(--line); background: var(--tint); }
nav { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: baseline; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; list-style: none; margin: 0; padding: 0; }
nav [aria-current] { font-weight: 600; color: var(--ink); text-decoration: none; border-bottom: 2px solid var(--link); }
main { max-width: 72rem; margin: 0 auto; padding: 1rem 1.5rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; color: var(--soft); padding-bottom: .5rem; }
th, td { text-align: left; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 600; white-space: nowrap; }
dl { display: grid; grid-template-columns: minmax(9rem, max-content) 1fr; gap: .4rem 1.5rem; margin: 0; }
dt { color: var(--soft); } dd { margin: 0; }
.badge { display: inline-block; border: 1px solid currentColor; border-radius: 1rem; padding: 0 .6rem; font-size: .85rem; }
.good { color: var(--good); } .warn { color: var(--warn); } .bad { color: var(--bad); } .soft { color: var(--soft); }
.notice { border-left: 4px solid var(--warn); background: var(--tint); padding: .75rem 1rem; margin: 1rem 0; }
form.filter { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; margin: 1rem 0; }
label { display: grid; font-size: .85rem; color: var(--soft); }
input, select, button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft);
  border-radius: .35rem; padding: .35rem .6rem; }
button { cursor: pointer; background: var(--tint); }
code { font-size: .9em; }
`;
