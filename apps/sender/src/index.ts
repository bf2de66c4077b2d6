export { runSender, type SenderArguments } from './main.js';
