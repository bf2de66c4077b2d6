export { LocalMemory } from './local-memory.js';
export { quiet, ScriptedPeer } from './scripted-peer.js';
