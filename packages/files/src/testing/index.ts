export { jpegBytes } from './jpeg-bytes.js';
