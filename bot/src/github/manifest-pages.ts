import { type Html, html } from '../operations/html.ts';
import type { AppManifest } from './app-manifest.ts';

const styles = html`<style>body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem}label{display:block;margin:1rem 0}input{font:inherit;padding:.4rem;width:100%}button{font:inherit;padding:.5rem 1rem}table{border-collapse:collapse}td,th{border:1px solid #8888;padding:.3rem .8rem;text-align:left}</style>`;

function page(title: string, content: Html): string {
  return `<!doctype html>\n${html`<html lang="en"><head><meta charset="utf-8"><title>${title}</title>${styles}</head><body><h1>${title}</h1>${content}</body></html>`.markup}`;
}

export function questionsPage(problem?: string): string {
  return page(
    'Set up the bot',
    html`${problem ? html`<p role="alert"><strong>${problem}</strong></p>` : ''}<form action="/setup" method="get">
<label>Public address of this bot, as GitHub can reach it <input name="address" type="url" placeholder="https://bot.example.org" required></label>
<label>Organisation that will own the App; empty: your own account <input name="organisation"></label>
<button>Continue</button></form>`,
  );
}

/** The manifest in plain sight, then one button that takes it to GitHub. */
export function submitPage(action: string, manifest: AppManifest): string {
  const permissions = Object.entries(manifest.default_permissions).map(
    ([name, access]) => html`<tr><td>${name}</td><td>${access}</td></tr>`,
  );
  return page(
    'Create the App',
    html`<p>GitHub will be asked for an App that delivers to <code>${manifest.hook_attributes.url}</code>, is not public, hears of
<code>${manifest.default_events.join(', ')}</code> and has exactly these permissions:</p>
<table><tr><th>Permission</th><th>Access</th></tr>${permissions}</table>
<form action="${action}" method="post"><input type="hidden" name="manifest" value="${JSON.stringify(manifest)}"><p><button>Create it on GitHub</button></p></form>`,
  );
}

export function createdPage(app: { id: number; slug: string; url: string; credentialsFile: string }): string {
  return page(
    'The App exists',
    html`<p>App <strong>${app.slug}</strong> (id ${app.id}). Its private key and webhook secret are in <code>${app.credentialsFile}</code>,
readable by you only; they are not shown and not stored anywhere else.</p>
<ol><li>Install it: <a href="${`${app.url}/installations/new`}">${`${app.url}/installations/new`}</a></li>
<li>Start the bot again with the variables of that file.</li></ol>`,
  );
}

export function failedPage(problem: string): string {
  return page('This did not work', html`<p role="alert">${problem}</p><p><a href="/setup">Start again</a></p>`);
}
