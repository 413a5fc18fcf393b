import { describe, expect, it } from 'vitest';
import { holidayOn } from './src/calendar.ts';
import { parseDuration } from './src/duration.ts';
import { currentLabelName, labelNamed, labelsIn } from './src/labels.ts';
import { loadCatalog } from './src/load.ts';
import { slaTarget } from './src/sla.ts';
import { supportOf } from './src/support.ts';

const { labels, sla, calendar, support, versions } = loadCatalog();

/** Easter Sunday by the anonymous Gregorian computation. */
function easter(year: number): number {
  const a = year % 19;
  const century = Math.floor(year / 100);
  const h = (19 * a + century - Math.floor(century / 4) - Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (century % 4) + 2 * Math.floor((year % 100) / 4) - h - (year % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const days = h + l - 7 * m + 114;
  return Date.UTC(year, Math.floor(days / 31) - 1, (days % 31) + 1);
}

describe('labels', () => {
  it('keeps the upstream names and colours exactly', () => {
    expect(labelNamed(labels, 'kind/bugfix')).toMatchObject({ color: 'b60205', declaredUpstream: true });
    expect(labelNamed(labels, 'hint/Fingerspitzengefühl')).toMatchObject({ declaredUpstream: true });
    expect(labels.labels.filter((label) => label.declaredUpstream)).toHaveLength(47);
  });

  it('marks what the SIG proposes, as upstream declares no label of the SIG', () => {
    const proposed = labels.labels.filter((label) => label.proposed).map((label) => label.name);
    expect(proposed).toEqual(
      expect.arrayContaining(['sig/runtime', 'triage/accepted', 'triage/needs-info', 'triage/duplicate', 'kind/support', 'area/deployer']),
    );
    expect(labelsIn(labels, 'priority').every((label) => label.proposed)).toBe(true);
  });

  it('says who else writes a label', () => {
    expect(labelNamed(labels, 'area/ipcei')?.touchedBy).toEqual([{ automation: 'ipcei-labeler', effect: 'adds' }]);
    expect(labelNamed(labels, 'lifecycle/stale')?.touchedBy[0]?.automation).toBe('stale-job');
  });

  it('leads from the label of the bug template to the one in use', () => {
    expect(currentLabelName(labels, 'kind/bug')).toBe('kind/bugfix');
    expect(currentLabelName(labels, 'kind/feature')).toBe('kind/feature');
  });
});

describe('service levels', () => {
  it('proposes the four clocks', () => {
    expect(sla.status).toBe('proposed');
    expect(Object.fromEntries(sla.targets.map(({ id, within }) => [id, parseDuration(within)]))).toEqual({
      'first-response': { kind: 'business', days: 2 },
      'triage-decision': { kind: 'business', days: 5 },
      'first-review': { kind: 'business', days: 3 },
      'author-reply': { kind: 'business', days: 10 },
    });
    expect(slaTarget(sla, 'author-reply')?.by).toBe('author');
  });

  it('lets the clock of the author run while everybody waits for the author', () => {
    expect(sla.pauses.find((pause) => pause.label === 'triage/needs-info')?.except).toEqual(['author-reply']);
  });
});

describe('the business calendar', () => {
  it.each([2026, 2027])('has the holidays of %i that all German states share', (year) => {
    const fixed = ['01-01', '05-01', '10-03', '12-25', '12-26'].map((day) => `${year}-${day}`);
    const movable = [-2, 1, 39, 50].map((offset) => new Date(easter(year) + offset * 86_400_000).toISOString().slice(0, 10));
    const listed = calendar.holidays.map((holiday) => holiday.date).filter((date) => date.startsWith(`${year}-`));
    expect(listed.toSorted()).toEqual([...fixed, ...movable].toSorted());
  });

  it('names a holiday and no other day', () => {
    expect(holidayOn(calendar, '2026-05-14')).toBe('Ascension Day');
    expect(holidayOn(calendar, '2026-05-15')).toBeUndefined();
  });
});

describe('support', () => {
  it('ends with the fourth minor back, counting pre-releases of a new minor', () => {
    expect(supportOf(support, versions, 'ocm-controller', '0.13.0')).toBe('supported');
    expect(supportOf(support, versions, 'ocm-controller', '0.2.0')).toBe('ended');
    expect(supportOf(support, versions, 'flux', '2.7.5')).toBe('supported');
  });

  it('claims nothing about minors it does not list', () => {
    expect(supportOf(support, versions, 'ocm-controller', '7.0.0')).toBe('unknown');
    expect(supportOf(support, versions, 'argo-cd', '3.0.0')).toBe('unknown');
  });

  it('has a window for every product of the matrix', () => {
    expect(support.windows.map((window) => window.product)).toEqual(['ocm-controller', 'ocm-cli', 'kubernetes', 'flux', 'kro']);
    expect(support.status).toBe('proposed');
  });
});
