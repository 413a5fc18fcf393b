import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact, redactJson } from './redact.ts';

/** Built at run time so that no scanner takes this file for a leak. */
const GITHUB = `ghp_${'a1B2'.repeat(9)}`;
const AWS = `AKIA${'ABCD1234'.repeat(2)}`;
const JWT = `eyJ${'hbGciOiJIUzI1'.repeat(2)}.eyJ${'zdWIiOiIxMjM0'.repeat(2)}.${'c2lnbmF0dXJl'.repeat(2)}`;
const BASE64 = 'c3VwZXJzZWNyZXRwYXNzd29yZA==';
const PEM = ['-----BEGIN RSA PRIVATE KEY-----', 'MIIEowIBAAKCAQEA', 'q83vq83vq83v', '-----END RSA PRIVATE KEY-----'].join('\n');

describe('redaction of text', () => {
  it.each([
    ['a GitHub token', `token is ${GITHUB} here`, GITHUB],
    ['a fine-grained GitHub token', `github_pat_${'1a_2B'.repeat(6)}`, '1a_2B1a'],
    ['an AWS access key id', `id ${AWS} used`, AWS],
    ['a JSON Web Token', `Cookie: ${JWT}`, JWT.slice(0, 20)],
    ['a bearer credential', `curl -H "Authorization: Bearer ${'abcDEF123.'.repeat(3)}"`, 'abcDEF123'],
    ['a basic credential', `authorization: Basic ${btoa('user:secret-pass')}`, btoa('user:secret-pass')],
    ['a YAML password', 'spec:\n  password: hunter2\n', 'hunter2'],
    ['a JSON password', '{"username":"bob","password":"hunter2"}', 'hunter2'],
    ['an escaped JSON password', String.raw`{\"password\":\"hunter2\"}`, 'hunter2'],
    ['an environment variable', 'export GITHUB_TOKEN=hunter2x other', 'hunter2x'],
    ['a command line password', 'docker login --password hunter2 --username bob ghcr.io', 'hunter2'],
    ['an auths entry', `{"auths":{"ghcr.io":{"auth":"${btoa('bob:hunter2')}"}}}`, btoa('bob:hunter2')],
    ['a docker configuration', `.dockerconfigjson: ${BASE64}`, BASE64],
    ['user info in a URL', 'https://bob:hunter2@registry.example.com/v2/', 'hunter2'],
    ['an e-mail address', 'mail bob.smith@example.com please', 'bob.smith'],
    ['a private key', `key: |\n${PEM}\n`, 'q83vq83v'],
    ['a block scalar', 'password: |\n  line-one\n  line-two\nnext: kept\n', 'line-two'],
    ['Secret data', `apiVersion: v1\nkind: Secret\ndata:\n  any-key: ${BASE64}\nmetadata:\n  name: kept\n`, BASE64],
    ['Secret data before its kind', `data:\n  any: short\nkind: Secret\n`, 'short'],
    ['stringData', 'stringData:\n  plain: hunter2\n', 'hunter2'],
    ['Secret data in one line of JSON', `{"apiVersion":"v1","data":{"k":"${BASE64}"},"kind":"Secret"}`, BASE64],
    ['an annotation that repeats a Secret', String.raw`last: "{\"data\":{\"k\":\"aHVudGVyMg\"},\"kind\":\"Secret\"}"`, 'aHVudGVyMg'],
    ['base64 of an object whose kind was cut off', `data:\n  cfg: ${BASE64}\n`, BASE64],
  ])('masks %s and keeps the length', (_name, text, secret) => {
    const masked = redact(text);
    expect(masked).not.toContain(secret);
    expect(masked.length).toBe(text.length);
    expect(masked).toContain('***');
  });

  it('masks data and stringData of every object in one line of many', () => {
    const line = [1, 2, 3].map((n) => `{"kind":"Secret","data":{"k":"one${n}"},"stringData":{"k":"two${n}"},"type":"kept${n}"}`).join(',');
    const masked = redact(`[${line},{"stringData":{"k":"last"}}]`);
    expect(masked).not.toMatch(/one|two|last/);
    expect(masked.match(/kept[123]/g)).toEqual(['kept1', 'kept2', 'kept3']);
  });

  it.each([
    ['a digest', 'image ghcr.io/acme/app@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
    ['a version', 'kro v0.9.1, flux 2.7.3, sha1:489d0f70'],
    ['a component reference', 'ocm get cv ghcr.io/org//ocm.software/demo@1.2.3'],
    ['references to secrets', 'secretRef:\n  name: registry-credentials\nimagePullSecrets:\n- name: pull-secret\n'],
    ['prose about tokens', 'failed to fetch anonymous token: GET https://ghcr.io/token: 403 Forbidden'],
    ['a challenge', 'www-authenticate: Bearer realm="https://ghcr.io/token",service="ghcr.io"'],
    ['a ConfigMap', 'kind: ConfigMap\ndata:\n  mode: production\n'],
    ['a flag', 'automountServiceAccountToken: false\ntoken: null\n'],
    ['a placeholder', `password: $${'{PASSWORD}'}\ntoken: <token>\n`],
    ['a public certificate', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'],
    ['a service account', 'User "system:serviceaccount:ocm-k8s-toolkit-system:controller-manager" cannot list'],
  ])('keeps %s', (_name, text) => {
    expect(redact(text)).toBe(text);
  });

  const pasted = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          'password: ',
          'token=',
          '"auth": "',
          '{"data":{',
          'kind: Secret',
          'data:',
          '  a: ',
          '-----BEGIN PRIVATE KEY-----',
          '@',
          '://',
          'Bearer ',
          'eyJ',
          'ghp_',
          '\n',
          '"',
          "'",
          '\\"',
          '}',
          '|',
          '*',
        ),
        fc.string({ maxLength: 20 }),
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join(''));

  it('keeps the length and the line breaks, and changes nothing when applied again', () => {
    fc.assert(
      fc.property(pasted, (text) => {
        const once = redact(text);
        expect(once.length).toBe(text.length);
        expect(once.split('\n').length).toBe(text.split('\n').length);
        expect(redact(once)).toBe(once);
      }),
      { numRuns: 500 },
    );
  });

  it('never lets a password through, whatever its characters', () => {
    const word = fc
      .stringMatching(/^[A-Za-z0-9!#%^*_+=.:/-]{8,40}$/)
      .filter((value) => /[A-Za-z0-9]{4}/.test(value) && !/^(true|false)$/i.test(value));
    fc.assert(
      fc.property(word, (value) => {
        expect(redact(`spec:\n  password: ${value}\n`)).not.toContain(value);
      }),
    );
  });
});

describe('the short way past what cannot hold a secret', () => {
  const PIECES = [
    'https://',
    'ghp_',
    'gho_0123456789abcdef0',
    'AKIA',
    'eyJ',
    'eyJhbGciOi.J9',
    'sk-',
    'npm_',
    'x',
    '0',
    '-',
    '_',
    '.',
    '/',
    'T10:00:00Z',
    'token',
    'password',
  ];

  it('hides exactly what the long way hides', () => {
    const text = fc
      .array(fc.oneof(fc.constantFrom(...PIECES), fc.stringMatching(/^[A-Z0-9a-z]{16,24}$/)), { maxLength: 6 })
      .map((parts) => parts.join(''));
    // A line break is never on the short way, and separates nothing that the long way would join.
    fc.assert(
      fc.property(text, (value) => {
        expect(redact(`${value}\n`)).toBe(`${redact(value)}\n`);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('redaction of payloads', () => {
  it('masks strings at any depth and whole Secrets, and keeps everything else', () => {
    const payload = {
      action: 'opened',
      issue: { number: 7, body: `my key ${GITHUB}`, labels: [{ name: 'kind/bug' }] },
      object: { kind: 'Secret', metadata: { name: 'kept' }, data: { any: 'dmFsdWU=' } },
      stringData: { plain: 'hunter2' },
      password: 'hunter2',
      nothing: null,
    };
    const masked = redactJson(payload);
    expect(JSON.stringify(masked)).not.toMatch(/hunter2|dmFsdWU=|ghp_/);
    expect(masked.issue.number).toBe(7);
    expect(masked.issue.labels[0]?.name).toBe('kind/bug');
    expect(masked.object.metadata.name).toBe('kept');
    expect(masked.nothing).toBeNull();
    expect(redactJson(masked)).toEqual(masked);
  });

  it('changes nothing in place and hands back what holds no secret', () => {
    const payload = {
      safe: { names: ['podinfo'] },
      rows: [{ note: 'fine' }, { password: 'correct-horse-battery' }],
      list: ['x', 'a@example.org'],
    };
    const before = structuredClone(payload);
    const masked = redactJson(payload);
    expect(payload).toEqual(before);
    expect(masked.safe).toBe(payload.safe);
    expect(masked.rows[0]).toBe(payload.rows[0]);
    expect(JSON.stringify(masked)).not.toMatch(/correct-horse|a@example/);
    expect(masked.list).toHaveLength(2);
  });

  it('masks below a member called __proto__ without touching any prototype', () => {
    const payload = JSON.parse('{"__proto__": {"token": "0123456789abcdef0123"}, "a": 1}');
    const masked = redactJson(payload);
    expect(Object.getPrototypeOf(masked)).toBe(Object.prototype);
    expect(JSON.stringify(masked)).toBe('{"__proto__":{"token":"********************"},"a":1}');
  });

  it('cuts off what is nested beyond any real payload', () => {
    let deep: unknown = 'end';
    for (let level = 0; level < 10_000; level++) deep = { deep };
    expect(JSON.stringify(redactJson(deep))).toContain('***');
  });
});
