import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WEEK_ENDS } from '../../bot/src/embedded/week.ts';
import { read } from '../sources.ts';
import { type Camera, openCamera } from './camera.ts';
import { faintTexts } from './contrast.ts';
import { openWalkthrough } from './stage.ts';
import { type Places, walk } from './walk.ts';

const MAX_PICTURE_BYTES = 200 * 1024;
const BOT = 'sig-runtime[bot]';

let directory: string;
let camera: Camera;
let stage: Awaited<ReturnType<typeof openWalkthrough>>;
let places: Places;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'sig-runtime-walkthrough-'));
  camera = await openCamera(directory);
  stage = await openWalkthrough();
  places = await walk(stage, camera, () => undefined);
});

afterAll(async () => {
  await stage?.close();
  await camera?.close();
  rmSync(directory, { recursive: true, force: true });
});

const postsOf = (page: Page, author: string) => page.locator('.post', { has: page.locator('header b', { hasText: author }) });
const labelsOn = (page: Page) => page.locator('aside .label').allTextContents();

describe('the walkthrough in Chromium', () => {
  it('ends with nothing waiting, failed or violating the API of GitHub', async () => {
    const counts = await stage.store.counts(Date.parse(WEEK_ENDS));
    expect(counts.deliveries).toMatchObject({ pending: 0, dead: 0 });
    expect(counts.outbox).toMatchObject({ pending: 0, failed: 0 });
    expect(stage.github.violations).toEqual([]);
  });

  it('takes every picture that the documentation shows, and no other', () => {
    const shown = [...read('docs/walkthrough.md').matchAll(/!\[([^\]]+)\]\(images\/([^)]+)\)/g)];
    expect(shown.map(([, , file]) => file).sort()).toEqual(readdirSync(directory).sort());
    for (const [, alt, file] of shown) {
      expect(alt?.length, file).toBeGreaterThan(30);
      const sizeBytes = statSync(join(directory, file ?? '')).size;
      expect(sizeBytes, file).toBeLessThan(MAX_PICTURE_BYTES);
      expect(
        readFileSync(join(directory, file ?? ''))
          .subarray(1, 4)
          .toString('latin1'),
      ).toBe('PNG');
    }
  });

  it('labels the issue and answers it with a playbook that quotes the evidence', async () => {
    const page = await camera.open(places.report.url);
    expect(await labelsOn(page)).toEqual(['sig/runtime']);
    const answer = postsOf(page, BOT).first();
    const [name, address] = [answer.locator('a').first(), await answer.locator('a').first().getAttribute('href')];
    expect(await name.textContent()).toContain('PB-001');
    expect(address).toMatch(/\/playbooks\/pb-001\/$/);
    expect(await answer.locator('pre').first().textContent()).toBe('failed to list versions: response status code 401: unauthorized');
    expect(await answer.locator('details').count()).toBeGreaterThan(0);
    const markup = await page.content();
    expect(markup).not.toMatch(/<!--|&lt;!--|sig-runtime:/);
    await page.close();
  });

  it('tells the rule, the words that decided and the configuration on /sig why', async () => {
    const page = await camera.open(places.report.url);
    const words = await postsOf(page, BOT).last().textContent();
    for (const part of ['label/text', 'answer/PB-001', 'delivery.ocm.software', 'status code 401', '2026-09-17 07:05 UTC']) {
      expect(words).toContain(part);
    }
    await page.close();
  });

  it('leaves the issue of another OCM alone and says why on the status page', async () => {
    const issue = await camera.open(places.homonym.url);
    expect(await labelsOn(issue)).toEqual([]);
    expect(await issue.locator('.post').count()).toBe(1);
    const status = await camera.open(places.status);
    const row = status
      .getByRole('row')
      .filter({ hasText: `#${places.homonym.number}` })
      .first();
    expect(await row.textContent()).toContain('belongs to another product');
    expect(await row.getByRole('link').getAttribute('href')).toBe(places.homonym.url);
    for (const page of [issue, status]) await page.close();
  });

  it('lets nothing of a hostile report through: no tag, no script, no live mention or address in the quotation', async () => {
    const page = await camera.open(places.hostile.url);
    expect(await page.title()).not.toBe('taken over');
    expect(await page.locator('main :is(img, script, b[onmouseover])').count()).toBe(0);
    expect(await page.locator('a[href*="evil.example"]').count()).toBe(0);
    const quotation = postsOf(page, BOT).first().locator('pre').first();
    expect(await quotation.textContent()).toContain(
      '``` @maintainer-one <b onmouseover=alert(1)>look</b> https://evil.example/x status code 401',
    );
    await page.close();
  });

  it('shows what the bot did, item by item, on a page without script', async () => {
    const page = await camera.open(places.status);
    const cards = await page
      .locator('.card')
      .evaluateAll((found) =>
        found.map((card) => [card.querySelector('dt')?.firstChild?.textContent, Number(card.querySelector('dd')?.textContent)] as const),
      );
    const card = new Map(cards);
    expect(card.get('deliveries decided')).toBeGreaterThan(200);
    expect(card.get('waiting')).toBe(0);
    expect(card.get('dead letters')).toBe(0);
    const reasons = await page.locator('#decisions ~ .scroll tbody td:last-child').allTextContents();
    expect(reasons.length).toBeGreaterThan(40);
    expect(reasons.filter((reason) => reason.trim() === '')).toEqual([]);
    expect(await page.locator('script').count()).toBe(0);
    await page.close();
  });

  it.each(['light', 'dark'] as const)('is readable on a narrow screen, with enough contrast, %s', async (scheme) => {
    for (const url of [places.status, places.report.url, places.digest, places.list]) {
      const page = await camera.open(url, { scheme, width: 360 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth), url).toBeLessThanOrEqual(360);
      expect(await page.evaluate(() => document.querySelectorAll('h1').length), url).toBe(1);
      expect(await page.evaluate(() => document.documentElement.lang), url).toBe('en');
      const cards = await page.locator('article.card').evaluateAll((found) => found.map((card) => card.getBoundingClientRect().width));
      expect(Math.min(360, ...cards), url).toBeGreaterThan(300);
      expect(await faintTexts(page), url).toEqual([]);
      await page.close();
    }
  });

  it('takes an answer back for good when a maintainer says so, and keeps a label off', async () => {
    const { report } = places;
    await stage.github.as('maintainer-one').comment(report, '/sig undo answer');
    await stage.settle();
    await stage.github.as('maintainer-one').comment(report, '/remove-sig runtime');
    await stage.settle();
    await stage.github.as('platform-team-a').edit(report, { body: 'kind: Component delivery.ocm.software status code 401: unauthorized' });
    await stage.settle();
    const page = await camera.open(report.url);
    expect(await labelsOn(page)).toEqual([]);
    expect(await page.locator('.post:not(:has(details.minimized))').filter({ hasText: 'This looks like' }).count()).toBe(0);
    await page.close();
  });

  it('asked nobody outside this machine and heard no complaint of the browser', () => {
    expect(camera.requests.length).toBeGreaterThan(15);
    expect(camera.requests.filter((url) => !/^(http:\/\/127\.0\.0\.1:\d+\/|data:)/.test(url))).toEqual([]);
    expect(camera.problems).toEqual([]);
  });
});
