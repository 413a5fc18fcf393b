import { existsSync, readdirSync } from 'node:fs';

/** Things outside npm that some suites need; each knows where Debian puts it and which package brings it. */
export type Requirement = 'postgres' | 'chromium' | 'registry';

const REMEDY: Record<Requirement, string> = {
  postgres: 'PostgreSQL server is missing: apt-get install postgresql',
  chromium: 'Chromium is missing: apt-get install chromium',
  registry: 'a container registry is missing: apt-get install docker-registry',
};

/** One line per requirement that is not met on this machine, with its remedy. */
export function unmet(requirements: readonly Requirement[]): readonly string[] {
  return requirements.filter((requirement) => !found(requirement)).map((requirement) => REMEDY[requirement]);
}

function found(requirement: Requirement): boolean {
  if (requirement === 'chromium') return existsSync('/usr/bin/chromium');
  if (requirement === 'registry') return existsSync('/usr/bin/docker-registry');
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [];
  return versions.some((version) => existsSync(`/usr/lib/postgresql/${version}/bin/initdb`));
}
