import type { DeliverContext } from './deliver-reader.js';
import type { Agent, Gateway } from './gateway.js';

/** What a DELIVER of `agent` that came at `now` is judged with. */
export function contextOf(
  gateway: Gateway,
  agent: Agent,
  now: number,
  breach: DeliverContext['breach'],
): DeliverContext {
  const { images, judge, options, settings } = gateway;
  const memoryMs = settings.imageMemoryMs;
  return {
    cipher: options.cipher,
    charset: settings.charset,
    resellerRequired: agent.resellerRequired,
    breach,
    note: (what) => judge.note(what),
    contentOf: (fileKey) => images.contentOf(agent.userId, fileKey, now, memoryMs),
    keptImage: (key) => {
      if (judge.faults.strike('imageForgotten')) images.forget(agent.userId, key);
      const sha256 = images.find(agent.userId, key, now, memoryMs);
      judge.note(sha256 === undefined ? 'image-unknown' : 'image-reused');
      return sha256;
    },
  };
}
