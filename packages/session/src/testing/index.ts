export { LocalMemory } from './local-memory.js';
export { endOfTick, quiet, ScriptedPeer } from './scripted-peer.js';
