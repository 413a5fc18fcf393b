import { Html } from '../../../operations/html.ts';

/** The whole look; no script, no font, no image from elsewhere. */
export const style = new Html(`
:root { color-scheme: light dark; --ink: #1f2328; --dim: #59636e; --line: #d1d9e0; --paper: #fff; --well: #f6f8fa; --link: #0969da; --bot: #ddf4ff; }
@media (prefers-color-scheme: dark) { :root { --ink: #f0f6fc; --dim: #9198a1; --line: #3d444d; --paper: #0d1117; --well: #151b23; --link: #4493f8; --bot: #121d2f; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
a { color: var(--link); text-decoration: none; } a:hover { text-decoration: underline; } .body a { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
header.bar { border-bottom: 1px solid var(--line); background: var(--well); padding: 14px 32px; font-weight: 600; }
header.bar span { color: var(--dim); font-weight: 400; }
main { max-width: 1080px; margin: 0 auto; padding: 24px 32px 64px; }
h1 { font-size: 28px; font-weight: 500; line-height: 1.25; margin: 0 0 8px; } h1 .number { color: var(--dim); font-weight: 300; }
.meta { color: var(--dim); border-bottom: 1px solid var(--line); padding-bottom: 16px; margin-bottom: 24px; }
.state { display: inline-block; border-radius: 2em; padding: 3px 12px; color: #fff; font-weight: 500; margin-right: 8px; }
.state.open { background: #1a7f37; } .state.closed { background: #8250df; } .state.draft { background: #59636e; }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) 200px; gap: 28px; }
aside section { border-bottom: 1px solid var(--line); padding: 0 0 14px; margin-bottom: 14px; font-size: 13px; }
aside h2 { font-size: 12px; color: var(--dim); margin: 0 0 8px; }
.label { display: inline-block; border-radius: 2em; padding: 0 9px; font-size: 12px; font-weight: 500; line-height: 21px; margin: 0 4px 4px 0; border: 1px solid #0002; }
.thread { position: relative; } .thread > :last-child { margin-bottom: 0; } .thread::before { content: ""; position: absolute; left: 19px; top: 0; bottom: 0; width: 2px; background: var(--line); }
.post { position: relative; display: grid; grid-template-columns: 40px minmax(0, 1fr); gap: 14px; margin-bottom: 18px; }
.avatar { width: 40px; height: 40px; border-radius: 50%; display: grid; place-items: center; color: #fff; font-weight: 600; }
.bot .avatar { border-radius: 8px; }
.card { border: 1px solid var(--line); border-radius: 8px; background: var(--paper); overflow: hidden; }
.card > header { display: flow-root; background: var(--well); border-bottom: 1px solid var(--line); padding: 8px 14px; color: var(--dim); font-size: 14px; }
.bot .card > header { background: var(--bot); } .card > header b { color: var(--ink); }
.tag { float: right; border: 1px solid var(--line); border-radius: 2em; padding: 0 8px; font-size: 12px; }
.body { padding: 14px 16px; overflow-wrap: anywhere; } .body > :first-child { margin-top: 0; } .body > :last-child { margin-bottom: 0; }
.body h2, .body h3 { border-bottom: 1px solid var(--line); padding-bottom: 4px; font-size: 1.2em; } .body h4, .body h5, .body h6 { font-size: 1em; }
.body pre { background: var(--well); border-radius: 6px; padding: 12px 14px; overflow: auto; font-size: 12px; line-height: 1.45; }
.body code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.body :not(pre) > code { background: color-mix(in srgb, var(--dim) 16%, transparent); border-radius: 5px; padding: .15em .35em; font-size: 86%; }
.body blockquote { margin: 0 0 14px; padding: 0 14px; color: var(--dim); border-left: 4px solid var(--line); }
.body table { border-collapse: collapse; margin-bottom: 14px; } .body th, .body td { border: 1px solid var(--line); padding: 5px 12px; text-align: left; }
.reactions { padding: 0 16px 12px; } .reactions span { border: 1px solid var(--line); border-radius: 2em; padding: 2px 9px; font-size: 12px; margin-right: 4px; }
.event { position: relative; margin: 0 0 18px 54px; color: var(--dim); font-size: 14px; } .event b { color: var(--ink); }
.event::before { content: ""; position: absolute; left: -39px; top: 6px; width: 10px; height: 10px; border-radius: 50%; background: var(--line); box-shadow: 0 0 0 4px var(--paper); }
.body li.task { list-style: none; margin-left: -1.3em; }
details.minimized > summary { padding: 8px 14px; color: var(--dim); cursor: pointer; }
ul.items { list-style: none; margin: 0 0 28px; padding: 0; border: 1px solid var(--line); border-radius: 8px; }
ul.items li { padding: 10px 16px; border-top: 1px solid var(--line); } ul.items li:first-child { border-top: 0; }
ul.items small { display: block; color: var(--dim); } ul.items a.title { font-weight: 600; color: var(--ink); margin-right: 6px; }
h2.repository { font-size: 18px; margin: 24px 0 10px; } .body sub { font-size: 12px; color: var(--dim); vertical-align: baseline; }
@media (max-width: 800px) { .columns { grid-template-columns: minmax(0, 1fr); } main { padding: 16px; } header.bar { padding: 12px 16px; } h1 { font-size: 22px; overflow-wrap: anywhere; } .post { grid-template-columns: minmax(0, 1fr); } .post > .avatar, .thread::before, .event::before { display: none; } .event { margin-left: 0; } .body table { display: block; overflow-x: auto; } }
`);
