import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';

export type Framing = {
  scheme?: 'light' | 'dark';
  /** Pixels; what is below is cut off. */
  maxHeight?: number;
  /** Only from the first to the last of the matching elements. Default: the page from its top. */
  only?: string;
};

/** A browser that takes pictures and remembers what went wrong on the way. */
export type Camera = {
  /** Files taken so far, in order. */
  files: readonly string[];
  /** Console errors, page errors and failed requests. */
  problems: readonly string[];
  /** Addresses of every request of every page. */
  requests: readonly string[];
  take(file: string, url: string, framing?: Framing): Promise<void>;
  /** Opens a page for whoever wants to look at it; it counts for `problems` and `requests` too. */
  open(url: string, view?: { scheme?: 'light' | 'dark'; width?: number }): Promise<Page>;
  close(): Promise<void>;
};

const CHROMIUM = '/usr/bin/chromium';
const ARGUMENTS = ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--no-first-run', '--disable-gpu'];
const WIDTH = 1100;
const HEIGHT = 800;
const MARGIN = 16;

/** @throws Error naming the package to install when Debian's Chromium is missing */
export async function openCamera(directory: string): Promise<Camera> {
  await mkdir(directory, { recursive: true });
  const browser = await launch();
  const files: string[] = [];
  const problems: string[] = [];
  const requests: string[] = [];
  const open: Camera['open'] = async (url, { scheme = 'light', width = WIDTH } = {}) => {
    const page = await browser.newPage({ viewport: { width, height: HEIGHT }, colorScheme: scheme });
    page.on('request', (request) => requests.push(request.url()));
    page.on('requestfailed', (request) => problems.push(`${request.url()}: ${request.failure()?.errorText ?? 'failed'}`));
    page.on('pageerror', (error) => problems.push(`${url}: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') problems.push(`${url}: ${message.text()}`);
    });
    const response = await page.goto(url, { waitUntil: 'load' });
    if (response?.status() !== 200) problems.push(`${url}: status ${response?.status() ?? 'none'}`);
    return page;
  };
  return {
    files,
    problems,
    requests,
    open,
    take: async (file, url, framing = {}) => {
      const page = await open(url, framing.scheme ? { scheme: framing.scheme } : {});
      await page.evaluate(hidePorts);
      await writeFile(join(directory, file), await photograph(page, framing));
      await page.close();
      files.push(file);
    },
    close: () => browser.close(),
  };
}

async function launch(): Promise<Browser> {
  try {
    return await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
  } catch (cause) {
    throw new Error(`${CHROMIUM} does not start; install it: apt-get install --no-install-recommends chromium fonts-dejavu-core`, {
      cause,
    });
  }
}

async function photograph(page: Page, { maxHeight = 1_200, only }: Framing): Promise<Buffer> {
  const [top, bottom] = only === undefined ? [0, (await extent(page.locator('main > *')))[1]] : await extent(page.locator(only));
  const clip = { x: 0, y: top, width: WIDTH, height: Math.min(bottom - top, maxHeight) };
  return page.screenshot({ fullPage: true, clip, animations: 'disabled' });
}

/** Vertical extent of the matching elements, with a margin. */
async function extent(elements: Locator): Promise<readonly [top: number, bottom: number]> {
  const boxes = await elements.evaluateAll((found) =>
    found.map((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return { top: top + scrollY, bottom: bottom + scrollY };
    }),
  );
  if (boxes.length === 0) throw new Error('nothing on the page is inside the frame of the picture');
  return [Math.max(0, Math.min(...boxes.map(({ top }) => top)) - MARGIN), Math.max(...boxes.map(({ bottom }) => bottom)) + MARGIN];
}

/** Ports are free ones, different every time; pictures show the same one. Runs in the page. */
function hidePorts(): void {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    node.nodeValue = (node.nodeValue ?? '').replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:4000');
  }
}
