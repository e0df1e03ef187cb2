/**
 * The look of the pages that need no script: one style sheet, whose name says what is in it, so that browsers keep it for
 * good. Its colours and faces are those of the web (`web/src/ui/tokens.css`).
 */
import { createHash } from 'node:crypto'

const sheet = `
@font-face { font-family: "Instrument Sans"; font-weight: 400 700; font-display: optional; src: url("sans.woff2") format("woff2"); }
@font-face { font-family: "IBM Plex Mono"; font-weight: 400; font-display: optional; src: url("mono.woff2") format("woff2"); }
@font-face {
  font-family: "Instrument Sans Fallback"; src: local("Arial"), local("Liberation Sans");
  size-adjust: 101%; ascent-override: 96%; descent-override: 24%; line-gap-override: 0%;
}
:root {
  color-scheme: light dark;
  --paper: #fbfaf7; --sunken: #eae7e0; --line: #d8d3c8; --line-strong: #8a8478;
  --ink: #1b1f22; --ink-2: #4a5056; --ink-3: #62686e;
  --verdigris: #0a665b; --verdigris-hover: #084f47; --on-verdigris: #ffffff;
  --crimson: #a61b2b; --crimson-tint: #f8e1e1; --copper: #9a4a16; --copper-tint: #f6e5d6;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #111516; --sunken: #0c0f10; --line: #2b3235; --line-strong: #6f7a7e;
    --ink: #edebe6; --ink-2: #b9bfc0; --ink-3: #939b9d;
    --verdigris: #5cc8b4; --verdigris-hover: #83dbcb; --on-verdigris: #111516;
    --crimson: #f0838c; --crimson-tint: #3b161b; --copper: #e39a63; --copper-tint: #38230f;
  }
}
@media (prefers-contrast: more) { :root { --line: var(--ink-2); --line-strong: var(--ink); --ink-3: var(--ink-2); } }
*, *::before, *::after { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 400 0.9375rem/1.5rem "Instrument Sans", "Instrument Sans Fallback", system-ui, sans-serif;
  overflow-wrap: break-word;
}
code, .address { font-family: "IBM Plex Mono", ui-monospace, monospace; font-size: 0.90em; overflow-wrap: anywhere; }
a { color: var(--verdigris); text-decoration: underline; text-underline-offset: 2px; }
a:hover { color: var(--verdigris-hover); }
:focus-visible { outline: 2px solid var(--verdigris); outline-offset: 2px; }
.skip { position: absolute; inset-inline-start: -100vw; }
.skip:focus { inset-inline-start: 0.5rem; inset-block-start: 0.5rem; padding: 0.25rem 0.5rem; background: var(--paper); }
.sheet {
  --tick: 0.75rem; --line-to: linear-gradient(var(--line-strong), var(--line-strong)) no-repeat;
  max-width: 30rem; margin: 3rem auto; padding: 2rem; border: 1px solid var(--line); position: relative; isolation: isolate;
}
.sheet::before {
  content: ""; position: absolute; z-index: -1; inset: calc(var(--tick) / -2 - 0.5px); pointer-events: none;
  background:
    var(--line-to) top center / 1px var(--tick), var(--line-to) bottom center / 1px var(--tick),
    var(--line-to) left center / var(--tick) 1px, var(--line-to) right center / var(--tick) 1px,
    var(--line-to) top left calc(var(--tick) / 2) / 1px var(--tick), var(--line-to) top right calc(var(--tick) / 2) / 1px var(--tick),
    var(--line-to) bottom left calc(var(--tick) / 2) / 1px var(--tick), var(--line-to) bottom right calc(var(--tick) / 2) / 1px var(--tick),
    var(--line-to) left top calc(var(--tick) / 2) / var(--tick) 1px, var(--line-to) left bottom calc(var(--tick) / 2) / var(--tick) 1px,
    var(--line-to) right top calc(var(--tick) / 2) / var(--tick) 1px, var(--line-to) right bottom calc(var(--tick) / 2) / var(--tick) 1px;
}
.mark { display: inline-flex; align-items: center; gap: 0.5rem; color: var(--ink); font-weight: 600; text-decoration: none; }
.mark svg { width: 1.25rem; height: 1.25rem; }
h1 { margin: 1.5rem 0 0.5rem; font-size: 1.375rem; line-height: 1.75rem; font-weight: 600; letter-spacing: -0.01em; }
h2 { margin: 1.5rem 0 0.5rem; font-size: 0.9375rem; line-height: 1.5rem; font-weight: 600; }
p { margin: 0 0 1rem; }
p.quiet, .hint { color: var(--ink-2); }
form { margin: 1.5rem 0 0; }
.field { margin: 0 0 1rem; }
.field label { display: block; font-weight: 600; }
.field .hint, .field .wrong { margin: 0; font-size: 0.8125rem; line-height: 1.25rem; }
.wrong { color: var(--crimson); }
input:not([type=radio], [type=hidden]) {
  width: 100%; min-height: 2.25rem; padding: 0.25rem 0.5rem; border: 1px solid var(--line-strong); border-radius: 2px;
  background: var(--paper); color: var(--ink); font: inherit;
}
input[aria-invalid=true] { border-color: var(--crimson); }
button, .button {
  display: inline-block; min-height: 2.25rem; padding: 0.375rem 1rem; border: 1px solid var(--verdigris); border-radius: 2px;
  background: var(--verdigris); color: var(--on-verdigris); font: inherit; font-weight: 600; text-decoration: none; cursor: pointer;
}
button:hover, .button:hover { border-color: var(--verdigris-hover); background: var(--verdigris-hover); color: var(--on-verdigris); }
button.second, .button.second { background: var(--paper); color: var(--verdigris); }
.actions { display: flex; flex-wrap: wrap; gap: 0.75rem; margin: 1.5rem 0 0; }
.actions form { margin: 0; }
.problem, .notice { margin: 1rem 0; padding: 0.5rem 0.75rem; border-inline-start: 2px solid; }
.problem { background: var(--crimson-tint); border-color: var(--crimson); }
.notice { background: var(--copper-tint); border-color: var(--copper); }
.problem p, .notice p { margin: 0; }
dl { margin: 1rem 0; border-block-start: 1px solid var(--line); }
dl > div { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: 0.375rem 0; border-block-end: 1px solid var(--line); }
dt { flex: 0 0 8rem; color: var(--ink-3); }
dd { flex: 1 1 12rem; min-width: 0; margin: 0; overflow-wrap: anywhere; }
dd ul { margin: 0; padding-inline-start: 1rem; }
dd form { margin: 0.25rem 0 0; }
hr { margin: 1.5rem 0; border: 0; border-block-start: 1px solid var(--line); }
@media (max-width: 34rem) { .sheet { margin: 0; padding: 1rem; border: 0; } .sheet::before { content: none; } }
@media (pointer: coarse) { input:not([type=radio], [type=hidden]), button, .button { min-height: 2.75rem; } }
@media (forced-colors: active) { button, .button { border-color: ButtonText; } }
`

export const styleSheet = sheet.trimStart()

export const stylePath = `/assets/page-${createHash('sha256').update(styleSheet).digest('hex').slice(0, 16)}.css`
