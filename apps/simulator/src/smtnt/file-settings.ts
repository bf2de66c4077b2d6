import { type Checks, oneOf, yesOrNo } from './checks.js';

/** What the document leaves open about uploads. */
export interface FileSettings {
  /** The method that chunks come by: the code table and the samples differ. Default `both`. */
  readonly uploadMethod: 'both' | 'UploadFileReq' | 'UploadFileDataReq';
  /** Answers every chunk with UploadFileRes, which the document does not have; default false. */
  readonly answerChunks: boolean;
  /** Whether one uploaded file serves many messages (`reusable`, the default) or the first that is accepted. */
  readonly fileNames: 'reusable' | 'single-use';
  /** Whether names outlive the login under which they were uploaded (`always`, the default). */
  readonly keepFiles: 'always' | 'until-login';
}

export const DEFAULT_FILE_SETTINGS: FileSettings = {
  uploadMethod: 'both',
  answerChunks: false,
  fileNames: 'reusable',
  keepFiles: 'always',
};

export const FILE_SETTING_CHECKS: Checks<FileSettings> = {
  uploadMethod: oneOf('both', 'UploadFileReq', 'UploadFileDataReq'),
  answerChunks: yesOrNo,
  fileNames: oneOf('reusable', 'single-use'),
  keepFiles: oneOf('always', 'until-login'),
};
