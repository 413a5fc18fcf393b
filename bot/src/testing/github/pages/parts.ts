import { type Html, html } from '../../../operations/html.ts';
import { style } from './style.ts';

export function page(title: string, bar: Html, content: Html): string {
  return `<!doctype html>\n${
    html`<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><title>${title}</title><style>${style}</style></head><body><header class="bar">${bar}</header><main>${content}</main></body></html>`
      .markup
  }`;
}

/** A label in its colour, with text that can be read on it. */
export function labelChip(name: string, color: string): Html {
  const hex = isHex(color) ? color : 'ededed';
  return html`<span class="label" style="background:#${hex};color:${inkOn(hex)}">${name}</span>`;
}

/** White where it has the contrast that small text needs (WCAG 2.2, 1.4.3), else black, which then has more. */
function inkOn(hex: string): '#000' | '#fff' {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 1.05 / (luminance + 0.05) >= 4.5 ? '#fff' : '#000';
}

function isHex(color: string): boolean {
  return color.length === 6 && [...color].every((digit) => '0123456789abcdefABCDEF'.includes(digit));
}

/** Initials on a colour that follows from the login. */
export function avatar(login: string): Html {
  const hue = [...login].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 360, 0);
  return html`<div class="avatar" style="background:hsl(${hue} 45% 45%)" aria-hidden="true">${login.slice(0, 1).toUpperCase()}</div>`;
}

/** `3 Aug 2026, 09:00 UTC` */
export function when(iso: string): Html {
  const at = new Date(iso);
  const day = at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  return html`<time datetime="${iso}">${day}, ${at.toISOString().slice(11, 16)} UTC</time>`;
}
