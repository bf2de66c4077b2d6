export { type ApiOptions, type RunningApi, startApi } from './api.js';
export { hashApiKey, makeApiKey } from './caller.js';
export { type DescribedApi, describedApi } from './described.js';
export { type ApiArguments, runApi } from './main.js';
