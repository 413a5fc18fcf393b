/** What to add to the settings file of the organisation, so that the label exists and survives the settings app's next run. */
export function settingsPatch(label: string, { color, description }: { color: string; description: string }): string {
  return [
    'labels:',
    `  - name: ${JSON.stringify(label)}`,
    `    color: ${JSON.stringify(color)}`,
    `    description: ${JSON.stringify(description)}`,
    '',
  ].join('\n');
}
