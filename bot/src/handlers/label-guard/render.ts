/** Sentences of the record; `/sig why` and the status page show them. */

export const humanAdded = (label: string, by: string): string => `${by} added ${label}`;

export const vetoed = (label: string, by: string): string => `${by} took ${label} off; the bot does not add it to this item again`;

export const restored = (label: string, by: string): string =>
  `${by} took ${label} off right after it was set, most likely a lost race; put back`;

export const staysOff = (label: string, by: string, why: string): string => `${by} took ${label} off and it stays off: ${why}`;

export const present = (label: string): string => `${label} is on the item again already`;

export const deleted = (label: string): string =>
  `label ${label} was deleted in this repository; nothing is written for it until it exists again, and the bot does not create it`;

export const renamed = (label: string, to: string): string =>
  `label ${label} was renamed to ${to}; name the new label in .github/sig-runtime.yml`;
