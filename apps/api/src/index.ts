export { type ApiOptions, type RunningApi, startApi } from './api.js';
export { hashApiKey, makeApiKey } from './caller.js';
export { type ApiArguments, runApi } from './main.js';
