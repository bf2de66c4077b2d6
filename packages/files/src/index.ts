export { checkJpeg, FileError, type FileRule, type JpegSize, MAX_FILE_BYTES } from './check-jpeg.js';
export { fileId, isFileId } from './file-id.js';
export {
  DEFAULT_KEEP_MS,
  FileStore,
  type FileStoreOptions,
  fileKey,
  type StoredFile,
  type StoredFileInfo,
} from './file-store.js';
export { type LoadedFiles, WARM_BYTES, WarmFiles } from './warm-files.js';
