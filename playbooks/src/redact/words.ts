/** Names of fields whose value is a secret, lower-cased and without separators. */
const SENSITIVE = new Set([
  'password', 'passwd', 'pwd', 'passphrase', 'pass', 'token', 'accesstoken', 'authtoken', 'bearertoken', 'identitytoken', 'registrytoken',
  'refreshtoken', 'idtoken', 'apitoken', 'apikey', 'secretkey', 'secretaccesskey', 'awssecretaccesskey', 'awssessiontoken', 'sessiontoken',
  'clientsecret', 'privatekey', 'auth', 'authorization', 'dockerconfigjson', 'dockercfg', 'githubtoken', 'ghtoken', 'webhooksecret',
  'signingkey', 'encryptionkey', 'clientkeydata', 'storageaccountkey', 'accountkey', 'sharedaccesskey', 'xapikey', 'proxyauthorization',
]); // biome-ignore format: a list is easier to read in rows
const ENDINGS = ['password', 'passwd', 'token', 'apikey', 'secretkey', 'clientsecret', 'privatekey', 'webhooksecret', 'accesskey'];

/** Does a field of this name hold a secret? `secretRef`, `secretName`, `automountServiceAccountToken` and the like do not. */
export function isSensitiveKey(key: string): boolean {
  const word = key.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (word.startsWith('automount')) return false;
  return SENSITIVE.has(word) || ENDINGS.some((ending) => word.endsWith(ending));
}

/** Whether any field name that holds a secret can be in the text, however its words are separated: each contains one of these. */
export const namesSecret = (text: string): boolean =>
  /pass|pwd|token|key|auth|secret|docker/.test(text.toLowerCase().replace(/[^a-z0-9]/g, ''));

const PLAIN = new Set([
  'true',
  'false',
  'null',
  'none',
  'nil',
  'undefined',
  'empty',
  'secret',
  'required',
  'missing',
  'invalid',
  'expired',
  'string',
]);

/** Is the value of a sensitive field worth hiding (not a flag, number, placeholder or an already masked text)? */
export function looksLikeSecretValue(value: string): boolean {
  const text = value.trim();
  if (text.length < 3 || PLAIN.has(text.toLowerCase())) return false;
  if (/^\*+$/.test(text)) return false;
  return mayStartSecret(text[0]);
}

/** Placeholders (`<token>`, `${TOKEN}`), nested objects, block marks and anchors are no secrets. */
export function mayStartSecret(char: string | undefined): boolean {
  return char !== undefined && !'<${[|>&'.includes(char);
}
