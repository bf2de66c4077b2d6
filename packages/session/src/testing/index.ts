export { quiet, ScriptedPeer } from './scripted-peer.js';
