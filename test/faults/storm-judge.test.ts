import { describe, expect, it } from '@jest/globals';
import type { LedgerEntry } from '@pabal/simulator';
import { isOrphaned } from '../storm/judge.js';

const acceptedAt = (...times: number[]) => ({
  id: 'm',
  accepted: times.map((at) => ({ at }) as LedgerEntry),
  submits: [],
  results: [],
});
/** Redis ended at 100,000, without its last second, and was back at 103,000. */
const losses = [{ from: 99_000, until: 100_000, backAt: 103_000 }];
/** A process was ended while Redis was away. */
const absences = [{ from: 101_000, until: 140_000 }];

describe('a second acceptance is laid to Redis', () => {
  it('where it lost the first one, and a process was away that could have put it again', () => {
    expect(isOrphaned(acceptedAt(99_500, 120_000), { losses, absences })).toBe(true);
  });

  it('not where the first one was long stored, or came after', () => {
    expect(isOrphaned(acceptedAt(96_000, 120_000), { losses, absences })).toBe(false);
    expect(isOrphaned(acceptedAt(103_000, 120_000), { losses, absences })).toBe(false);
  });

  it('not where every process was there', () => {
    expect(isOrphaned(acceptedAt(99_500, 120_000), { losses, absences: [] })).toBe(false);
    const long = [{ from: 50_000, until: 98_000 }];
    expect(isOrphaned(acceptedAt(99_500, 120_000), { losses, absences: long })).toBe(false);
    const later = [{ from: 111_000, until: 140_000 }];
    expect(isOrphaned(acceptedAt(99_500, 120_000), { losses, absences: later })).toBe(false);
  });

  it('not where nothing was lost, nor for a third', () => {
    expect(isOrphaned(acceptedAt(99_500, 120_000), { losses: [], absences })).toBe(false);
    expect(isOrphaned(acceptedAt(99_500, 110_000, 120_000), { losses, absences })).toBe(false);
  });
});
