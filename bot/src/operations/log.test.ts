import { describe, expect, it } from 'vitest';
import { createLog } from './log.ts';

function capture(): { lines: string[]; stream: { write(line: string): void } } {
  const lines: string[] = [];
  return { lines, stream: { write: (line) => void lines.push(line) } };
}

describe('createLog', () => {
  it('masks credentials in known fields at any of three levels', () => {
    const { lines, stream } = capture();
    createLog('info', stream).info({ token: 'ghs_abc', request: { authorization: 'Bearer x', headers: { password: 'p' } } }, 'called');
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toMatch(/ghs_abc|Bearer|"p"/);
    expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({ level: 'info', message: 'called', token: '[redacted]' });
  });

  it('tells a foreseen error in a line and a defect with its stack', () => {
    const { lines, stream } = capture();
    const log = createLog('info', stream);
    log.warn({ err: Object.assign(new Error('not now'), { code: 'UNAVAILABLE' }) }, 'foreseen');
    log.error({ err: new TypeError('x is undefined') }, 'defect');
    const [foreseen, defect] = lines.map((line) => JSON.parse(line).err);
    expect(foreseen).toEqual({ code: 'UNAVAILABLE', message: 'not now' });
    expect(defect).toMatchObject({ type: 'TypeError', message: 'x is undefined', stack: expect.stringContaining('log.test.ts') });
  });

  it('leaves out what is less severe than asked for', () => {
    const { lines, stream } = capture();
    const log = createLog('warn', stream);
    log.info('quiet');
    log.warn('loud');
    expect(lines.map((line) => JSON.parse(line).message)).toEqual(['loud']);
  });
});
