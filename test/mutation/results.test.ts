import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GROUPS, LEAST_PERCENT } from './groups.ts';
import { earlierScores, page, percent, readScores } from './results.ts';

describe('mutation scores', () => {
  it('count what was noticed among the changes that could be', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tarmac-mutation-'));
    const path = join(folder, 'mutation.json');
    const mutants = ['Killed', 'Killed', 'Timeout', 'Survived', 'NoCoverage', 'CompileError'].map((status) => ({
      status,
    }));
    writeFileSync(path, JSON.stringify({ files: { 'a.ts': { mutants }, 'b.ts': { mutants: [] } } }));
    const scores = readScores(path, 'guard', new Date('2026-11-21T09:00:00Z'));
    rmSync(folder, { recursive: true });
    expect(scores).toEqual([{ group: 'guard', file: 'a.ts', changes: 5, noticed: 3, at: '2026-11-21T09:00' }]);
    expect(percent(scores)).toBe(60);
    expect(earlierScores(page(scores))).toEqual(scores);
  });

  const kept = readFileSync('test/mutation/RESULTS.md', 'utf8');

  it('that are kept are of every file of every group', () => {
    const files = earlierScores(kept).map(({ group, file }) => `${group} ${file}`);
    expect(files.toSorted()).toEqual(
      Object.entries(GROUPS)
        .flatMap(([group, each]) => each.map((file) => `${group} ${file}`))
        .toSorted(),
    );
  });

  it.each(Object.keys(GROUPS))('that are kept are high enough: %s', (group) => {
    const scores = earlierScores(kept).filter((score) => score.group === group);
    expect(percent(scores)).toBeGreaterThanOrEqual(LEAST_PERCENT);
  });
});
