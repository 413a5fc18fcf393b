import type { ItemRef } from '../item.ts';
import type { EmbeddedGitHub } from '../testing/github/index.ts';
import type { Step } from './week.ts';

export type Playing = {
  github: EmbeddedGitHub;
  /** Full name of the repository in which the week happens. */
  repository: string;
  steps: readonly Step[];
  /** Lets the bot finish what the step set off. */
  settle: () => Promise<void>;
  /** Simulated time has moved to this instant (RFC 3339). */
  onTime: (at: string) => Promise<void>;
  onStep: (done: number, of: number, at: string) => void;
};

/** Plays the steps in order, one at a time, as the people they name. Resolves with the items that were opened, by index of the opening step. */
export async function play({ github, repository, steps, settle, onTime, onStep }: Playing): Promise<readonly ItemRef[]> {
  const opened: ItemRef[] = [];
  for (const [index, step] of steps.entries()) {
    await github.setNow(step.at);
    await onTime(step.at);
    const item = await perform(step, github, repository, opened);
    if (item) opened.push(item);
    await settle();
    onStep(index + 1, steps.length, step.at);
  }
  return opened;
}

async function perform(
  { as, act }: Step,
  github: EmbeddedGitHub,
  repository: string,
  opened: readonly ItemRef[],
): Promise<ItemRef | undefined> {
  const person = github.as(as);
  switch (act.type) {
    case 'open-issue':
      return person.openIssue(repository, act);
    case 'open-pull-request':
      return person.openPullRequest(repository, { title: act.title, body: act.body, paths: act.files, draft: act.draft });
    case 'open-discussion':
      return person.openDiscussion(repository, act);
    case 'comment':
      await person.comment(itemAt(opened, act.item), act.body);
      return undefined;
    case 'edit':
      await person.edit(itemAt(opened, act.item), { body: act.body });
      return undefined;
    case 'label':
      await person.label(itemAt(opened, act.item), act.label);
      return undefined;
    case 'unlabel':
      await person.unlabel(itemAt(opened, act.item), act.label);
      return undefined;
    case 'set-labels':
      await person.setLabels(itemAt(opened, act.item), act.labels);
      return undefined;
    case 'review':
      await person.review(itemAt(opened, act.item), act.state);
      return undefined;
    case 'ready':
      await person.setDraft(itemAt(opened, act.item), false);
      return undefined;
    case 'close':
      await person.close(itemAt(opened, act.item));
      return undefined;
  }
}

function itemAt(opened: readonly ItemRef[], index: number): ItemRef {
  const item = opened[index];
  if (!item) throw new RangeError(`step refers to item ${index}, but only ${opened.length} are open`);
  return item;
}
