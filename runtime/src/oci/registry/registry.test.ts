import { describe, expect, it } from 'vitest';
import { collect, fromBytes, fromStream } from '../content/bytes.ts';
import { type Descriptor, describe as descriptorOf } from '../content/descriptor.ts';
import { digestOf } from '../content/digest.ts';
import { MEDIA_TYPES } from '../content/media-types.ts';
import { type Script, type ScriptedServer, scriptedServer } from '../testing/scripted-server.ts';
import { Registry, type RegistryOptions } from './registry.ts';
import { Transport } from './transport.ts';

const blob = Buffer.alloc(300_000, 'blob ');
const descriptor = descriptorOf(blob, 'text/plain');
const manifestBytes = Buffer.from(
  JSON.stringify({ schemaVersion: 2, config: descriptorOf(Buffer.from('{}'), MEDIA_TYPES.empty), layers: [] }),
);
const manifest = descriptorOf(manifestBytes, MEDIA_TYPES.manifest);
const quick: RegistryOptions = { plainHttp: true, retry: { attempts: 3, baseMs: 1, maxMs: 2 }, transportOptions: { timeoutMs: 500 } };

async function withServer<T>(
  script: Script,
  use: (repository: ReturnType<Registry['repository']>, server: ScriptedServer, registry: Registry) => Promise<T>,
  options: RegistryOptions = {},
): Promise<T> {
  await using server = await scriptedServer(script);
  const registry = new Registry(server.host, { ...quick, ...options });
  try {
    return await use(registry.repository('acme/app'), server, registry);
  } finally {
    registry.close();
  }
}
const pull = async (repository: ReturnType<Registry['repository']>, what: Descriptor = descriptor) =>
  Buffer.from(await collect(await repository.fetch(what), 1 << 20, 'test'));

describe('pulling a blob', () => {
  it('gives the verified bytes', async () => {
    await withServer(
      (_, response) => void response.end(blob),
      async (repository) => {
        expect((await pull(repository)).equals(blob)).toBe(true);
      },
    );
  });

  it('goes on where a broken connection stopped, with a range', async () => {
    const half = blob.length / 2;
    const script: Script = (request, response) => {
      if (request.headers.range === undefined) {
        response.writeHead(200, { 'content-length': blob.length });
        response.write(blob.subarray(0, half), () => setTimeout(() => response.destroy(), 20));
        return;
      }
      const from = Number(request.headers.range.slice('bytes='.length, -1));
      response.writeHead(206, { 'content-range': `bytes ${from}-${blob.length - 1}/${blob.length}` });
      response.end(blob.subarray(from));
    };
    await withServer(script, async (repository, server) => {
      expect((await pull(repository)).equals(blob)).toBe(true);
      expect(server.requests.map(({ headers }) => headers.range)).toEqual([undefined, `bytes=${half}-`]);
    });
  });

  it('reads over what it has when the registry knows no ranges', async () => {
    let calls = 0;
    const script: Script = (_, response) => {
      calls += 1;
      response.writeHead(200, { 'content-length': blob.length });
      if (calls === 1) response.write(blob.subarray(0, 1000), () => setTimeout(() => response.destroy(), 20));
      else response.end(blob);
    };
    await withServer(script, async (repository) => expect((await pull(repository)).equals(blob)).toBe(true));
  });

  it('gives up when every connection breaks', async () => {
    const script: Script = (_, response) => {
      response.writeHead(200, { 'content-length': blob.length });
      response.write(blob.subarray(0, 1000), () => setTimeout(() => response.destroy(), 5));
    };
    await withServer(script, async (repository, server) => {
      await expect(pull(repository)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      expect(server.requests).toHaveLength(3);
    });
  });

  it.each([
    ['TRUNCATED', 'announced', { 'content-length': '10' }, blob.subarray(0, 10)],
    ['OVERSIZED', 'announced', {}, Buffer.concat([blob, blob])],
    ['TRUNCATED', 'in pieces', { 'transfer-encoding': 'chunked' }, blob.subarray(0, 10)],
    ['OVERSIZED', 'in pieces', { 'transfer-encoding': 'chunked' }, Buffer.concat([blob, blob])],
    ['DIGEST_MISMATCH', 'sent', {}, Buffer.alloc(blob.length)],
  ])('ends in %s when other bytes are %s', async (code, _, headers, bytes) => {
    const script: Script = (_request, response) => {
      response.writeHead(200, { ...(Object.keys(headers).length === 0 ? { 'content-length': String(bytes.length) } : headers) });
      response.end(bytes);
    };
    await withServer(script, async (repository) => expect(pull(repository)).rejects.toMatchObject({ code }));
  });

  it('ends in PROTOCOL when another range comes than was asked for', async () => {
    const script: Script = (request, response) => {
      if (request.headers.range === undefined) {
        response.writeHead(200, { 'content-length': blob.length });
        response.write(blob.subarray(0, 1000), () => setTimeout(() => response.destroy(), 20));
      } else response.writeHead(206, { 'content-range': 'bytes 0-9/300000' }).end(blob.subarray(0, 10));
    };
    await withServer(script, async (repository) => expect(pull(repository)).rejects.toMatchObject({ code: 'PROTOCOL' }));
  });

  it('ends in TIMED_OUT when the registry falls silent, before or in the body', async () => {
    const silent: Script = () => undefined;
    const options: RegistryOptions = { transportOptions: { timeoutMs: 40 }, retry: { attempts: 2, baseMs: 1, maxMs: 1 } };
    await withServer(silent, async (repository) => expect(pull(repository)).rejects.toMatchObject({ code: 'TIMED_OUT' }), options);
    const stuck: Script = (_, response) => void response.write('x');
    await withServer(stuck, async (repository) => expect(pull(repository)).rejects.toMatchObject({ code: 'TIMED_OUT' }), options);
  });
});

describe('faults of a registry', () => {
  it('that pass are waited out as it asks', async () => {
    const statuses = [429, 503];
    const script: Script = (_, response) => {
      const status = statuses.shift();
      if (status === undefined) response.end(blob);
      else response.writeHead(status, { 'retry-after': '0' }).end();
    };
    await withServer(script, async (repository, server) => {
      expect((await pull(repository)).equals(blob)).toBe(true);
      expect(server.requests).toHaveLength(3);
    });
  });

  it('are not waited out for longer than is sensible', async () => {
    const script: Script = (_, response) => void response.writeHead(429, { 'retry-after': '3600' }).end();
    await withServer(script, async (repository, server) => {
      await expect(pull(repository)).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 3_600_000, status: 429 });
      expect(server.requests).toHaveLength(1);
    });
  });

  it.each([
    [404, 'NOT_FOUND'],
    [403, 'FORBIDDEN'],
    [401, 'UNAUTHORIZED'],
    [400, 'REJECTED'],
    [501, 'REJECTED'],
  ])('with status %i are %s, at once and with what the registry says', async (status, code) => {
    const document = JSON.stringify({ errors: [{ code: 'NAME_UNKNOWN', message: 'no such\nname' }] });
    const script: Script = (_, response) => void response.writeHead(status).end(document);
    await withServer(script, async (repository, server) => {
      await expect(pull(repository)).rejects.toMatchObject({ code, message: expect.stringContaining('NAME_UNKNOWN: no such name') });
      expect(server.requests).toHaveLength(1);
    });
  });

  it('are UNAVAILABLE when nobody listens', async () => {
    const server = await scriptedServer(() => undefined);
    await server[Symbol.asyncDispose]();
    await expect(new Registry(server.host, quick).ping()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});

describe('redirects', () => {
  it('to another origin carry no credentials', async () => {
    await using storage = await scriptedServer((_, response) => void response.end(blob));
    const script: Script = (request, response) => {
      if (request.headers.authorization === undefined) response.writeHead(401, { 'www-authenticate': 'Basic realm="r"' }).end();
      else response.writeHead(307, { location: `http://${storage.host}/signed?x=1` }).end();
    };
    const credentials = async () => ({ username: 'u', password: 'p' });
    await withServer(script, async (repository) => expect((await pull(repository)).equals(blob)).toBe(true), { credentials });
    expect(storage.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  it.each([
    ['in a circle', '/v2/acme/app/blobs/again'],
    ['to another protocol', 'file:///etc/passwd'],
    ['with credentials', 'http://user:secret@127.0.0.1/'],
    ['to no address', 'http://[/'],
  ])('%s end in REDIRECT', async (_, location) => {
    const script: Script = (_request, response) => void response.writeHead(302, { location }).end();
    await withServer(script, async (repository) => expect(pull(repository)).rejects.toMatchObject({ code: 'REDIRECT' }));
  });

  it('without end are given up', async () => {
    let count = 0;
    const script: Script = (_, response) => void response.writeHead(302, { location: `/next/${count++}` }).end();
    await withServer(script, async (repository, server) => {
      await expect(pull(repository)).rejects.toMatchObject({ code: 'REDIRECT' });
      expect(server.requests.length).toBeLessThan(10);
    });
  });

  it('of a write are not followed when they would turn it into a read', async () => {
    const script: Script = (_, response) => void response.writeHead(302, { location: '/elsewhere' }).end();
    await withServer(script, async (repository) =>
      expect(repository.push(descriptor, fromBytes(blob))).rejects.toMatchObject({ code: 'REDIRECT' }),
    );
  });
});

describe('authentication', () => {
  const bearer = (host: string): Script => {
    let issued = 0;
    return (request, response) => {
      if (request.url.startsWith('/token')) {
        issued += 1;
        response.end(JSON.stringify({ token: `t${issued}`, expires_in: 300 }));
      } else if (request.headers.authorization?.startsWith('Bearer t')) response.end(blob);
      else {
        const challenge = `Bearer realm="http://${host === '' ? request.headers.host : host}/token",service="svc",scope="repository:acme/app:pull"`;
        response.writeHead(401, { 'www-authenticate': challenge }).end();
      }
    };
  };

  it('asks once for a token and keeps it, also when many start at once', async () => {
    await withServer(bearer(''), async (repository, server) => {
      await Promise.all([pull(repository), pull(repository), pull(repository)]);
      await pull(repository);
      const tokens = server.requests.filter(({ url }) => url.startsWith('/token'));
      expect(tokens.map(({ url }) => url)).toEqual(['/token?service=svc&scope=repository%3Aacme%2Fapp%3Apull']);
    });
  });

  it('renews a token that has expired', async () => {
    let nowMs = 0;
    await withServer(
      bearer(''),
      async (repository, server) => {
        await pull(repository);
        nowMs = 295_000;
        await pull(repository);
        expect(server.requests.filter(({ url }) => url.startsWith('/token'))).toHaveLength(2);
        expect(server.requests.filter(({ headers }) => headers.authorization === undefined && headers.range === undefined)).toHaveLength(3);
      },
      { now: () => nowMs },
    );
  });

  it('shows user and password to the token service, never to the registry that wants a token', async () => {
    const credentials = async () => ({ username: 'u', password: 'p' });
    await withServer(
      bearer(''),
      async (repository, server) => {
        await pull(repository);
        const shown = server.requests.filter(({ headers }) => headers.authorization?.startsWith('Basic'));
        expect(shown.map(({ url }) => url.split('?')[0])).toEqual(['/token']);
      },
      { credentials },
    );
  });

  it('exchanges an identity token by OAuth2', async () => {
    await withServer(
      bearer(''),
      async (repository, server) => {
        await pull(repository);
        const [exchange] = server.requests.filter(({ method }) => method === 'POST');
        const form = new URLSearchParams(exchange?.body.toString());
        expect(Object.fromEntries(form)).toMatchObject({ grant_type: 'refresh_token', refresh_token: 'id', service: 'svc' });
      },
      { credentials: async () => ({ refreshToken: 'id' }) },
    );
  });

  it('sends an access token as it is', async () => {
    const script: Script = (request, response) => {
      if (request.headers.authorization === 'Bearer given') response.end(blob);
      else response.writeHead(401).end();
    };
    await withServer(script, async (repository) => expect((await pull(repository)).length).toBe(blob.length), {
      credentials: async () => ({ accessToken: 'given' }),
    });
  });

  it.each([
    ['refuses the token', (response: import('node:http').ServerResponse) => response.writeHead(401).end(), 'UNAUTHORIZED'],
    [
      'refuses the grant',
      (response: import('node:http').ServerResponse) => response.writeHead(400).end('{"error":"invalid_grant"}'),
      'UNAUTHORIZED',
    ],
    ['answers without token', (response: import('node:http').ServerResponse) => response.end('{}'), 'PROTOCOL'],
    ['answers no JSON', (response: import('node:http').ServerResponse) => response.end('<html>'), 'INVALID_DOCUMENT'],
    ['answers a token of two lines', (response: import('node:http').ServerResponse) => response.end('{"token":"a\\nb"}'), 'PROTOCOL'],
  ])('fails with a typed error when the service %s, and names no secret', async (_, answer, code) => {
    const script: Script = (request, response) => {
      if (request.url.startsWith('/token')) answer(response);
      else response.writeHead(401, { 'www-authenticate': `Bearer realm="http://${request.headers.host}/token"` }).end();
    };
    const credentials = async () => ({ username: 'u', password: 'hunter2' });
    const error = await withServer(script, (repository) => pull(repository).catch((failure: unknown) => failure), { credentials });
    expect(error).toMatchObject({ code });
    expect(String(error)).not.toContain('hunter2');
  });

  it('is not needed to see whether a registry answers', async () => {
    const script: Script = (request, response) =>
      void response.writeHead(401, { 'www-authenticate': `Bearer realm="http://${request.headers.host}/token"` }).end();
    await withServer(script, async (_, server, registry) => {
      await registry.ping();
      expect(server.requests.map(({ url }) => url)).toEqual(['/v2/']);
    });
  });

  it('stops after one refusal of what it has', async () => {
    const script: Script = (_, response) => void response.writeHead(401, { 'www-authenticate': 'Basic realm="r"' }).end();
    await withServer(
      script,
      async (repository, server) => {
        await expect(pull(repository)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
        await expect(pull(repository)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
        expect(server.requests).toHaveLength(3);
      },
      { credentials: async () => ({ username: 'u', password: 'p' }) },
    );
  });

  it('does not follow a token service that is no http address', async () => {
    const script: Script = (_, response) => void response.writeHead(401, { 'www-authenticate': 'Bearer realm="file:///x"' }).end();
    await withServer(script, async (repository) => expect(pull(repository)).rejects.toMatchObject({ code: 'PROTOCOL' }));
  });
});

describe('manifests', () => {
  const headers = { 'content-type': MEDIA_TYPES.manifest, 'docker-content-digest': manifest.digest };
  const serve: Script = (_, response) =>
    void response.writeHead(200, { ...headers, 'content-length': manifestBytes.length }).end(manifestBytes);

  it('are resolved with one HEAD, fetched with one GET', async () => {
    await withServer(serve, async (repository, server) => {
      expect(await repository.resolve('v1')).toEqual(manifest);
      expect((await repository.fetchManifest('v1')).bytes.length).toBe(manifestBytes.length);
      expect(server.requests.map(({ method }) => method)).toEqual(['HEAD', 'GET']);
    });
  });

  it('are resolved by their bytes where the HEAD says too little', async () => {
    const script: Script = (request, response) => {
      if (request.method === 'HEAD') response.writeHead(405).end();
      else response.writeHead(200, { 'content-type': 'application/json' }).end(manifestBytes);
    };
    await withServer(script, async (repository) => expect(await repository.resolve('v1')).toEqual(manifest));
  });

  it.each([
    ['DIGEST_MISMATCH', 'another digest is stated', { ...headers, 'docker-content-digest': digestOf('x') }, manifestBytes],
    ['MEDIA_TYPE_MISMATCH', 'the header calls it an index', { 'content-type': MEDIA_TYPES.index }, manifestBytes],
    ['MEDIA_TYPE_MISMATCH', 'it is no manifest', { 'content-type': MEDIA_TYPES.manifest }, Buffer.from('<html>')],
    ['LIMIT_EXCEEDED', 'it is too large', { 'content-type': MEDIA_TYPES.manifest }, Buffer.alloc(5 * 1024 * 1024, ' ')],
    ['LIMIT_EXCEEDED', 'it is too large and does not say so', { 'transfer-encoding': 'chunked' }, Buffer.alloc(5 * 1024 * 1024, ' ')],
  ])('end in %s when %s', async (code, _, sent, bytes) => {
    const script: Script = (_request, response) => void response.writeHead(200, sent).end(bytes);
    await withServer(script, async (repository) => expect(repository.fetchManifest('v1')).rejects.toMatchObject({ code }));
  });

  it('are asked for again when the connection breaks in the middle', async () => {
    let calls = 0;
    const script: Script = (request, response) => {
      calls += 1;
      if (calls > 1) return serve(request, response);
      response.writeHead(200, { ...headers, 'content-length': manifestBytes.length });
      response.write(manifestBytes.subarray(0, 10), () => setTimeout(() => response.destroy(), 5));
    };
    await withServer(script, async (repository) => expect((await repository.fetchManifest('v1')).descriptor).toEqual(manifest));
  });

  it('end in TIMED_OUT when they trickle in without end', async () => {
    const script: Script = (_, response) => {
      const drip = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(drip));
    };
    const options: RegistryOptions = {
      transportOptions: { timeoutMs: 5000, documentTimeoutMs: 100 },
      retry: { attempts: 2, baseMs: 1, maxMs: 1 },
    };
    await withServer(
      script,
      async (repository) => expect(repository.fetchManifest('v1')).rejects.toMatchObject({ code: 'TIMED_OUT' }),
      options,
    );
  });

  it('are not what was asked for when the digest is another', async () => {
    await withServer(serve, async (repository) => {
      await expect(repository.fetchManifest(digestOf('other'))).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
      await expect(repository.resolve(digestOf('other'))).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
    });
  });
});

describe('listing tags', () => {
  const all = async (tags: AsyncIterable<string>) => {
    const found: string[] = [];
    for await (const tag of tags) found.push(tag);
    return found;
  };

  it('follows the pages', async () => {
    const script: Script = (request, response) => {
      if (request.url.includes('last')) response.end('{"name":"acme/app","tags":["c"]}');
      else response.writeHead(200, { link: '</v2/acme/app/tags/list?last=b>; rel="next"' }).end('{"tags":["a","b"]}');
    };
    await withServer(script, async (repository) => expect(await all(repository.tags())).toEqual(['a', 'b', 'c']));
    await withServer(
      (_, response) => void response.end('{"tags":null}'),
      async (repository) => expect(await all(repository.tags())).toEqual([]),
    );
  });

  it.each([
    ['lead in a circle', '/v2/acme/app/tags/list?n=1000', '{"tags":[]}', 'PROTOCOL'],
    ['lead to another server', 'http://127.0.0.1:1/x', '{"tags":[]}', 'PROTOCOL'],
    ['are no lists', '/x', '{"tags":{}}', 'PROTOCOL'],
    ['are no JSON', '/x', '<html>', 'INVALID_DOCUMENT'],
  ])('ends in a typed error when the pages %s', async (_, link, body, code) => {
    const script: Script = (_request, response) => void response.writeHead(200, { link: `<${link}>; rel="next"` }).end(body);
    await withServer(script, async (repository) => expect(all(repository.tags())).rejects.toMatchObject({ code }));
  });
});

describe('pushing a blob', () => {
  /** A registry that keeps one upload; `faults` run before a request is looked at and may answer it. */
  function uploads(faults: Script = () => undefined): { script: Script; stored: () => Buffer | undefined; sessions: () => number } {
    let received = Buffer.alloc(0);
    let stored: Buffer | undefined;
    let sessions = 0;
    const script: Script = async (request, response) => {
      await faults(request, response);
      if (response.writableEnded || response.destroyed) return;
      const location = `/v2/acme/app/blobs/uploads/id?state=${sessions}`;
      const range = () => ({ location, range: `0-${Math.max(received.length - 1, 0)}` });
      if (request.method === 'POST') {
        sessions += 1;
        received = Buffer.alloc(0);
        response.writeHead(202, { location: `/v2/acme/app/blobs/uploads/id?state=${sessions}` }).end();
      } else if (request.method === 'PATCH') {
        received = Buffer.concat([received, request.body]);
        response.writeHead(202, range()).end();
      } else if (request.method === 'GET') response.writeHead(204, range()).end();
      else if (request.method === 'PUT') {
        const whole = Buffer.concat([received, request.body]);
        const asked = new URL(request.url, 'http://x').searchParams.get('digest');
        if (asked === digestOf(whole)) stored = whole;
        response.writeHead(stored === undefined ? 400 : 201).end(stored === undefined ? '{"errors":[{"code":"DIGEST_INVALID"}]}' : '');
      }
    };
    return { script, stored: () => stored, sessions: () => sessions };
  }

  it('sends a small one in one request after the start', async () => {
    const { script, stored } = uploads();
    await withServer(script, async (repository, server) => {
      await repository.push(descriptor, fromBytes(blob));
      expect(stored()?.equals(blob)).toBe(true);
      expect(server.requests.map(({ method }) => method)).toEqual(['POST', 'PUT']);
      expect(server.requests[1]?.url).toMatch(/\?state=1&digest=sha256%3A/);
    });
  });

  it('sends a large one in pieces, also from a stream that passes by once', async () => {
    const { script, stored } = uploads();
    const options = { chunkBytes: 100_000 };
    await withServer(
      script,
      async (repository, server) => {
        await repository.push(descriptor, fromStream(fromBytes(blob).open()));
        expect(stored()?.equals(blob)).toBe(true);
        expect(server.requests.map(({ headers }) => headers['content-range'])).toEqual([
          undefined,
          '0-99999',
          '100000-199999',
          '200000-299999',
          undefined,
        ]);
      },
      options,
    );
  });

  it('goes on where the registry says it stopped', async () => {
    let broken = 0;
    const { script, stored, sessions } = uploads((request, response) => {
      if (request.method === 'PATCH' && request.headers['content-range']?.startsWith('100000-') && broken === 0) {
        broken += 1;
        response.destroy();
      }
    });
    await withServer(
      script,
      async (repository, server) => {
        await repository.push(descriptor, fromBytes(blob));
        expect(stored()?.equals(blob)).toBe(true);
        expect(sessions()).toBe(1);
        expect(server.requests.map(({ method }) => method)).toEqual(['POST', 'PATCH', 'PATCH', 'GET', 'PATCH', 'PATCH', 'PUT']);
      },
      { chunkBytes: 100_000 },
    );
  });

  it('begins again when the registry lost the session, but not for ever', async () => {
    let lost = 0;
    const losing = (times: number) =>
      uploads((request, response) => {
        if (request.method === 'POST' || lost >= times) return;
        if (request.method === 'GET') lost += 1;
        response.writeHead(404).end();
      });
    const once = losing(1);
    await withServer(once.script, async (repository) => repository.push(descriptor, fromBytes(blob)));
    expect([once.stored()?.equals(blob), once.sessions()]).toEqual([true, 2]);
    lost = 0;
    const always = losing(1000);
    await withServer(always.script, async (repository) =>
      expect(repository.push(descriptor, fromBytes(blob))).rejects.toMatchObject({ code: 'NOT_FOUND' }),
    );
    expect(always.sessions()).toBeLessThan(6);
  });

  it.each([
    ['TRUNCATED', blob.subarray(1)],
    ['OVERSIZED', Buffer.concat([blob, Buffer.from('x')])],
    ['DIGEST_MISMATCH', Buffer.alloc(blob.length)],
  ])('ends in %s and stores nothing when the content is another', async (code, bytes) => {
    for (const chunkBytes of [1_000_000, 100_000]) {
      const { script, stored } = uploads();
      await withServer(
        script,
        async (repository) => expect(repository.push(descriptor, fromBytes(bytes))).rejects.toMatchObject({ code }),
        { chunkBytes },
      );
      expect(stored()).toBeUndefined();
    }
  });

  it('is content with a mount', async () => {
    const script: Script = (_, response) => void response.writeHead(201).end();
    await withServer(script, async (repository, server) => {
      const content = {
        open(): never {
          throw new Error('must not be read');
        },
      };
      await repository.push(descriptor, content, { mountFrom: 'acme/base' });
      expect(server.requests.map(({ url }) => decodeURIComponent(url))).toEqual([
        `/v2/acme/app/blobs/uploads/?mount=${descriptor.digest}&from=acme/base`,
      ]);
    });
  });

  it('uploads when the registry would not mount', async () => {
    const { script, stored } = uploads();
    await withServer(script, async (repository) => repository.push(descriptor, fromBytes(blob), { mountFrom: 'acme/base' }));
    expect(stored()?.equals(blob)).toBe(true);
  });
});

describe('referrers', () => {
  const entry = { ...manifest, artifactType: 'application/vnd.example', annotations: { a: 'b' } };
  const other = { ...descriptor, mediaType: MEDIA_TYPES.manifest, artifactType: 'application/other' };
  const index = JSON.stringify({ schemaVersion: 2, mediaType: MEDIA_TYPES.index, manifests: [entry, other] });

  it.each([
    ['the API', '/referrers/'],
    ['the fallback tag', '/manifests/sha256-'],
  ])('come from %s, only those of the type', async (_, path) => {
    const script: Script = (request, response) => {
      if (request.url.includes(path)) response.writeHead(200, { 'content-type': MEDIA_TYPES.index }).end(index);
      else response.writeHead(404).end();
    };
    await withServer(script, async (repository) => {
      const found: Descriptor[] = [];
      for await (const one of repository.referrers(descriptor, 'application/vnd.example')) found.push(one);
      expect(found).toEqual([entry]);
    });
  });

  it('are entered under the fallback tag when the registry takes no note of them', async () => {
    const bytes = Buffer.from(
      JSON.stringify({ ...JSON.parse(manifestBytes.toString()), subject: manifest, artifactType: 'application/vnd.example' }),
    );
    const referrer = descriptorOf(bytes, MEDIA_TYPES.manifest);
    for (const noted of [false, true]) {
      const script: Script = (request, response) => {
        if (request.method === 'PUT') response.writeHead(201, noted ? { 'oci-subject': manifest.digest } : {}).end();
        else response.writeHead(404).end();
      };
      await withServer(script, async (repository, server) => {
        await repository.push(referrer, fromBytes(bytes));
        const written = server.requests.filter(({ url }) => url.includes('/manifests/sha256-'));
        const documents = written.filter(({ method }) => method === 'PUT').map(({ body }) => JSON.parse(body.toString()).manifests);
        expect(documents).toEqual(noted ? [] : [[{ ...referrer, artifactType: 'application/vnd.example' }]]);
      });
    }
  });
});

describe('the pool', () => {
  it('uses one connection for calls in a row', async () => {
    const ports = new Set<number | undefined>();
    const script: Script = (_, response) => {
      ports.add(response.socket?.remotePort);
      response.end(blob);
    };
    await withServer(script, async (repository) => {
      for (let at = 0; at < 5; at += 1) await pull(repository);
      expect(ports.size).toBe(1);
    });
  });

  it('goes through the proxy it is told about', async () => {
    await using proxy = await scriptedServer((_, response) => void response.end(blob));
    const transport = new Transport({ proxyEnv: { HTTP_PROXY: `http://${proxy.host}` } });
    const registry = new Registry('registry.invalid', { plainHttp: true, transport });
    expect((await pull(registry.repository('acme/app'))).length).toBe(blob.length);
    expect(proxy.requests[0]?.url).toBe(`http://registry.invalid/v2/acme/app/blobs/${descriptor.digest}`);
    transport.close();
  });

  it('ends a call when it is told to', async () => {
    const controller = new AbortController();
    const script: Script = () => controller.abort(new Error('enough'));
    await withServer(script, async (repository) => expect(pull(repository)).rejects.toThrow('enough'), { signal: controller.signal });
  });

  it('is not opened for what is no host or repository', () => {
    expect(() => new Registry('a/b')).toThrow(expect.objectContaining({ code: 'INVALID_REFERENCE' }));
    expect(() => new Registry('localhost').repository('../x')).toThrow(expect.objectContaining({ code: 'INVALID_REFERENCE' }));
  });
});
