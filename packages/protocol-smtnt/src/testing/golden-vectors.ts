import { kakaoVectors } from './golden-kakao.js';
import { loginVectors } from './golden-login.js';
import { messageVectors } from './golden-messages.js';
import { noticeVectors } from './golden-notices.js';
import { rcsVectors } from './golden-rcs.js';
import { resultVectors } from './golden-results.js';
import { uploadVectors } from './golden-uploads.js';
import type { GoldenVector } from './golden-vector.js';

/** Every method of SMTNT 3.1, each an ordinary one, one at its limits, and one with every part. */
export const goldenVectors: readonly GoldenVector[] = [
  ...loginVectors,
  ...messageVectors,
  ...kakaoVectors,
  ...rcsVectors,
  ...resultVectors,
  ...noticeVectors,
  ...uploadVectors,
];
