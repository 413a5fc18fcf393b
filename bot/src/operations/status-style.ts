import { Html } from './html.ts';

/** Colours have a contrast of at least 4.5 to 1 on their ground, in both schemes. */
export const statusStyle = new Html(`
:root { color-scheme: light dark; --ink: #1f2328; --paper: #fff; --line: #d0d7de; --muted: #59636e; --soft: #f6f8fa; --link: #0969da; --good: #1a7f37; --bad: #cf222e; --warn: #9a6700; }
@media (prefers-color-scheme: dark) { :root { --ink: #f0f6fc; --paper: #0d1117; --line: #3d444d; --muted: #9198a1; --soft: #151b23; --link: #4493f8; --good: #3fb950; --bad: #f85149; --warn: #d29922; } }
* { box-sizing: border-box }
body { background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; margin: 0 auto; max-width: 1160px; padding: 24px }
a { color: var(--link) } :focus-visible { outline: 2px solid var(--link); outline-offset: 2px }
h1 { font-size: 24px; margin: 0 } h2 { font-size: 18px; margin: 32px 0 2px } p { margin: 4px 0 } .muted { color: var(--muted) }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 16px; list-style: none; margin: 8px 0 0; padding: 0 }
.attention { border: 1px solid var(--line); border-left: 4px solid var(--good); border-radius: 6px; margin: 16px 0; padding: 8px 14px }
.attention.needed { border-left-color: var(--bad) } .attention ul { margin: 4px 0; padding-left: 20px }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(210px, 1fr)); gap: 12px; margin: 16px 0 0 }
.card { border: 1px solid var(--line); border-radius: 8px; background: var(--soft); display: flex; flex-direction: column-reverse; justify-content: flex-end; padding: 10px 14px }
.card dd { font-size: 26px; font-weight: 600; line-height: 1.25; margin: 0 } .card dt { color: var(--ink) } .card small { color: var(--muted); display: block; font-size: 12px; line-height: 1.35 }
.good { color: var(--good) } .bad { color: var(--bad) } .warn { color: var(--warn) }
.scroll { overflow-x: auto } table { border-collapse: collapse; width: 100% } caption { color: var(--muted); padding-bottom: 6px; text-align: left }
th, td { border-bottom: 1px solid var(--line); padding: 6px 10px; text-align: left; vertical-align: top } th { font-weight: 600 } thead th { background: var(--soft) }
time, .item, .state { white-space: nowrap } .item + small { color: var(--muted); display: block; max-width: 260px; overflow-wrap: anywhere }
td code { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace }
@media (max-width: 640px) { body { padding: 14px } .cards { grid-template-columns: 1fr 1fr } }
`);
