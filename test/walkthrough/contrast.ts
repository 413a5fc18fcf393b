import type { Page } from 'playwright-core';

/** WCAG 2.2, success criterion 1.4.3: small text needs this ratio. */
export const SMALL_TEXT_RATIO = 4.5;

/** Texts of the page whose colour is too close to their ground, each with its ratio. Hidden and empty ones do not count. */
export function faintTexts(page: Page, least = SMALL_TEXT_RATIO): Promise<readonly string[]> {
  return page.evaluate(findFaint, least);
}

/** Runs in the page: paints every ground and the text's colour over each other and compares the pixels. */
function findFaint(least: number): readonly string[] {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (!canvas) throw new Error('the browser has no canvas');
  const luminance = (layers: readonly string[]): number => {
    for (const layer of layers) {
      canvas.fillStyle = layer;
      canvas.fillRect(0, 0, 1, 1);
    }
    const [red = 0, green = 0, blue = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((byte) => {
      const part = byte / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const groundsOf = (element: Element | null): readonly string[] =>
    element ? [...groundsOf(element.parentElement), getComputedStyle(element).backgroundColor] : ['#fff'];
  return [...document.body.querySelectorAll('*')].flatMap((element) => {
    const own = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE).map((node) => node.textContent ?? '');
    const text = own.join('').trim();
    if (text === '' || element.getClientRects().length === 0) return [];
    const grounds = groundsOf(element);
    const [dark = 0, light = 0] = [luminance(grounds), luminance([...grounds, getComputedStyle(element).color])].sort((a, b) => a - b);
    const ratio = (light + 0.05) / (dark + 0.05);
    return ratio < least ? [`${text.slice(0, 40)}: ${ratio.toFixed(2)}`] : [];
  });
}
