import { settingsEntries } from '../../rendering/settings-patch.ts';

/** What to add to the settings file, so that the label exists and survives the settings app's next run. */
export function settingsPatch(label: string, look: { color: string; description: string }): string {
  return settingsEntries([{ name: label, ...look }]);
}
