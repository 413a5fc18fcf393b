import type { Answerer } from '../listen.ts';

const LOOPBACK = /^(?:localhost|127(?:\.[0-9]{1,3}){3}|\[::1\])$/;

/**
 * In front of a listener on loopback: refuses requests that call it by another name than this machine's own. A page of somebody else can
 * point its name at 127.0.0.1 (DNS rebinding) and would then count as the same origin. A listener on another address answers to any name.
 */
export function onlyOwnHost(listensOn: string): Answerer {
  if (!LOOPBACK.test(nameOf(listensOn.includes(':') ? `[${listensOn}]` : listensOn) ?? '')) return async () => false;
  return async (request, response) => {
    if (LOOPBACK.test(nameOf(request.headers.host ?? '') ?? '')) return false;
    response.writeHead(421, { 'content-type': 'text/plain; charset=utf-8' });
    response.end('this listener answers to localhost only; set ADMIN_HOST to serve it under another name\n');
    return true;
  };
}

function nameOf(host: string): string | undefined {
  const url = `http://${host}`;
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}
