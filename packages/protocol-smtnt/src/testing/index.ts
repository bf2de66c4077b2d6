export { AT_LIMIT, BOMB, brokenStreams, OVER_LIMIT, STREAM_BODY, zlibStreams } from './golden-streams.js';
export { GOLDEN_IV, GOLDEN_KEY, type GoldenVector, packetOf } from './golden-vector.js';
export { goldenVectors } from './golden-vectors.js';
