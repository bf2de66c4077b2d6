export { type BoardConfig, type BoardOptions, type RunningBoard, startBoard } from './board.js';
export { type BoardArguments, runBoard } from './main.js';
export { hashPassword } from './password.js';
