export { type ReceiverArguments, runReceiver } from './main.js';
