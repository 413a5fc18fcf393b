import type { EvidenceSet } from '../types.ts';
import { type CompiledPattern, compileOne } from './compile.ts';
import type { Finder } from './finder.ts';

/** Headings and phrases of the forms in which people ask for something new. RE2, case-insensitive. */
const REQUEST =
  "feature (request|description)|problem statement|describe the (solution|feature) you'd like|solution would you like|what would you like to be added|is your feature request|user story|acceptance criteria|definition of done|full changelog|what's changed";
/** Phrases of a wish that may end an honest report too. */
const WISH =
  "(would|might|could) be (nice|great|good|better|useful|helpful|handy)|it'd be (nice|great|good|better|useful|helpful)|why not\\b|i('d| would) like to (propose|suggest|request)|we should (add|support|move|provide|document)";

/** Below this confidence a rule rests on prose, which a wish shares with a report. */
export const SURE_DESPITE_WISH = 0.85;

export type Proposal = 'change' | 'wish' | 'none';

/** A conventional commit, a tag in brackets, a release, or a sentence in the imperative. Anchored, so linear; only the start is read. */
const TITLES: readonly RegExp[] = [
  /^(?:feat|feature|fix|chore|docs?|refactor|tests?|ci|build|perf|style|revert|deps|release)(?:\([^()\n]{1,60}\))?!?: /i,
  /^[[(](?:feat|feature|feature request|enhancement|rfc[^\])\n]{0,12}|proposal|docs?|documentation|epic|adr|release|question\/feature)[\])]/i,
  /^(?:feature request|feature|enhancement|proposal|rfc|epic|adr|krep-\d+|release(?: notes)?|changelog)\b[ :]/i,
  /^(?:release |version )?v?\d+\.\d+\.\d+(?:-[\w.]+)?(?:$|\s)/i,
  /^(?:add|allow|consider|document|expose|extend|implement|improve|introduce|provide|refactor|support)\s/i,
];

/** The imperative of verbs that begin a report as well ("Update from 2.1 to 2.2 breaks …"). */
const EITHER = /^(?:enable|make|migrate|move|prevent|remove|rename|switch|update|use)\s/i;

/**
 * Tells requests, docs changes and release notes from reports: they name error texts only to talk about them. Where a condition, an event
 * or a log line is pasted, something did fail and the item counts as a report.
 */
export function createProposals(): { literals: readonly string[]; read: (set: EvidenceSet, finder: Finder) => Proposal } {
  const request = compileOne(REQUEST, 'requests');
  const wish = compileOne(WISH, 'wishes');
  const shows = (pattern: CompiledPattern, finder: Finder): boolean => finder.appears(pattern) === true;
  return {
    literals: [...request.anchors, ...wish.anchors],
    read: ({ text, evidence }, finder) => {
      if (evidence.some(({ kind }) => kind === 'condition' || kind === 'event' || kind === 'log')) return 'none';
      const [title = ''] = text.trimStart().slice(0, 100).split('\n', 1);
      if (TITLES.some((start) => start.test(title)) || shows(request, finder)) return 'change';
      return EITHER.test(title) || shows(wish, finder) ? 'wish' : 'none';
    },
  };
}
