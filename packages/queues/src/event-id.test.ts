import { describe, expect, it } from '@jest/globals';
import { eventJobId } from './event-id.js';

describe('the job id of an event', () => {
  it('is its name where that is plain', () => {
    expect(eventJobId('late-smtnt-00000000000000000042-6')).toBe('e-late-smtnt-00000000000000000042-6');
  });

  it.each(['opt-out-smtnt-2026-01-01 10:00:00', 'unknown-smtnt-a:b:c', 'x'.repeat(200_000), ''])(
    'is a hash where BullMQ or Redis would mind',
    (name) => {
      expect(eventJobId(name)).toMatch(/^e-[0-9a-f]{64}$/);
      expect(eventJobId(name)).toBe(eventJobId(name));
      expect(eventJobId(name)).not.toBe(eventJobId(`${name}1:`));
    },
  );
});
