import { generateKeyPairSync } from 'node:crypto';
import { appOf } from './complete.ts';
import type { DeliveryRecord } from './deliveries.ts';
import { type Answer, type Exchange, notFound, type Overlay } from './exchange.ts';
import type { Parameters, Route } from './routes.ts';

/** The App's own pages of the API that emulate lacks: deliveries, and Apps made from a manifest. */
export const appRoutes: readonly Route[] = [
  { method: 'GET', path: '/app/hook/deliveries', answer: asApp(listDeliveries) },
  { method: 'GET', path: '/app/hook/deliveries/{id}', answer: asApp(getDelivery) },
  { method: 'POST', path: '/app/hook/deliveries/{id}/attempts', answer: asApp(redeliver) },
  { method: 'POST', path: '/app-manifests/{code}/conversions', answer: convertManifest },
  { method: 'POST', path: '/app/installations/{id}/access_tokens', answer: handOutToken },
];

/** Only with the App's JWT; emulate checks it. */
function asApp(answer: Route['answer']): Route['answer'] {
  return async (overlay, exchange, parameters) => {
    const checked = await overlay.forward({ ...exchange, method: 'GET', query: new URLSearchParams(), body: undefined }, { path: '/app' });
    return checked.status === 200 ? answer(overlay, exchange, parameters) : checked;
  };
}

async function listDeliveries(overlay: Overlay, exchange: Exchange): Promise<Answer> {
  const size = Math.min(100, Math.max(1, Number(exchange.query.get('per_page') ?? 30) || 30));
  const cursor = exchange.query.get('cursor');
  const newestFirst = overlay.deliveries.records.toReversed().filter((record) => !cursor || record.id < Number(cursor));
  const page = newestFirst.slice(0, size);
  const last = page.at(-1);
  const more = newestFirst.length > size && last;
  const next = more ? { link: `<${overlay.url}/app/hook/deliveries?per_page=${size}&cursor=${last.id}>; rel="next"` } : undefined;
  return { status: 200, json: page.map(summaryOf), ...(next ? { headers: next } : {}) };
}

async function getDelivery(overlay: Overlay, _exchange: Exchange, { id }: Parameters): Promise<Answer> {
  const record = overlay.deliveries.records.find((delivery) => delivery.id === Number(id));
  if (!record) return notFound();
  const request = { headers: record.headers, payload: record.payload };
  return { status: 200, json: { ...summaryOf(record), url: '', request, response: { headers: {}, payload: null } } };
}

async function redeliver(overlay: Overlay, _exchange: Exchange, { id }: Parameters): Promise<Answer> {
  return overlay.deliveries.redeliver(Number(id)) ? { status: 202, json: {} } : notFound();
}

function summaryOf(record: DeliveryRecord) {
  const installation = record.payload.installation as { id?: number } | undefined;
  const repository = record.payload.repository as { id?: number } | undefined;
  return {
    id: record.id,
    guid: record.guid,
    delivered_at: record.deliveredAt,
    redelivery: record.redelivery,
    duration: record.durationSeconds,
    status: record.statusCode >= 200 && record.statusCode < 300 ? 'OK' : 'failed to connect to host',
    status_code: record.statusCode,
    event: record.event,
    action: record.action,
    installation_id: installation?.id ?? null,
    repository_id: repository?.id ?? null,
    throttled_at: null,
  };
}

/** Any code is accepted once; the answer is a complete, fresh App. */
async function convertManifest(overlay: Overlay): Promise<Answer> {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const secrets = { client_secret: crypto.randomUUID(), webhook_secret: crypto.randomUUID(), pem: privateKey };
  return { status: 201, json: { ...appOf(overlay), ...secrets } };
}

async function handOutToken(overlay: Overlay, exchange: Exchange, { id }: Parameters): Promise<Answer> {
  const answer = await overlay.forward(exchange);
  if (answer.status === 201) overlay.installationTokens.set(String((answer.json as { token: string }).token), Number(id));
  return answer;
}
