export type LabelEntry = { name: string; color: string; description: string };

/** What to add to the settings file of the organisation, so that labels exist and survive the settings app's next run. YAML. */
export function settingsEntries(labels: readonly LabelEntry[]): string {
  const entries = labels.flatMap(({ name, color, description }) => [
    `  - name: ${JSON.stringify(name)}`,
    `    color: ${JSON.stringify(color)}`,
    `    description: ${JSON.stringify(description)}`,
  ]);
  return ['labels:', ...entries].join('\n');
}
