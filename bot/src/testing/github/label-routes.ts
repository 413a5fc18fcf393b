import type { Answer, Exchange, Overlay } from './exchange.ts';
import { fullNameOf, type Parameters, type Route } from './routes.ts';
import { object } from './world.ts';

export const labelRoutes: readonly Route[] = [
  { method: 'POST', path: '/repos/{owner}/{repo}/labels', answer: createLabel },
  { method: 'PATCH', path: '/repos/{owner}/{repo}/labels/{label}', answer: editLabel },
  { method: 'DELETE', path: '/repos/{owner}/{repo}/labels/{label}', answer: deleteLabel },
  { method: 'DELETE', path: '/repos/{owner}/{repo}/issues/{number}/labels/{label}', answer: removeLabel },
];

/** GitHub says why it refuses a second label of the same name. */
async function createLabel(overlay: Overlay, exchange: Exchange): Promise<Answer> {
  const answer = await overlay.forward(exchange);
  if (answer.status !== 422) return answer;
  return {
    status: 422,
    json: {
      message: 'Validation Failed',
      errors: [{ resource: 'Label', code: 'already_exists', field: 'name' }],
      documentation_url: 'https://docs.github.com/rest/issues/labels#create-a-label',
      status: '422',
    },
  };
}

async function editLabel(overlay: Overlay, exchange: Exchange, parameters: Parameters): Promise<Answer> {
  const fullName = fullNameOf(parameters);
  const to = object(exchange.body).new_name;
  if (typeof to === 'string') overlay.world.edits.set(`${fullName}/label/${to}`, { name: parameters.label });
  const answer = await overlay.forward(exchange);
  if (answer.status === 200 && typeof to === 'string') {
    eachDiscussion(overlay, fullName, (labels) => labels.map((label) => (label === parameters.label ? to : label)));
  }
  return answer;
}

async function deleteLabel(overlay: Overlay, exchange: Exchange, parameters: Parameters): Promise<Answer> {
  const answer = await overlay.forward(exchange);
  if (answer.status === 204)
    eachDiscussion(overlay, fullNameOf(parameters), (labels) => labels.filter((label) => label !== parameters.label));
  return answer;
}

function eachDiscussion(overlay: Overlay, fullName: string, change: (labels: string[]) => string[]): void {
  for (const discussion of overlay.world.discussions.values())
    if (discussion.fullName === fullName) discussion.labels = change(discussion.labels);
}

/** GitHub tells a label that is not there from an issue that is not there. */
async function removeLabel(overlay: Overlay, exchange: Exchange, parameters: Parameters): Promise<Answer> {
  const answer = await overlay.forward(exchange);
  if (answer.status !== 404) return answer;
  const issue = await overlay.operate('GET', `/repos/${fullNameOf(parameters)}/issues/${parameters.number}/labels`);
  const message = issue.status === 200 ? 'Label does not exist' : 'Not Found';
  return { status: 404, json: { message, documentation_url: 'https://docs.github.com/rest/issues/labels', status: '404' } };
}
