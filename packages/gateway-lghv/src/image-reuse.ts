import type { MessageV1 } from '@pabal/message';
import type {
  AttachedFile,
  Attachments,
  PreparedSubmit,
  Slot,
  Staged,
  StageOutcome,
  SubmitOutcome,
} from '@pabal/session';
import { type ImageMemory, imageNameOf, type NamedImage } from './image-memory.js';
import type { ImagePart } from './mapping-mms.js';

/** DELIVER_ACK E_MMS_FILE_ERROR (LGHV appendix 1): on an image that was only named, the gateway no longer has it. */
const FILE_ERROR = '16';

/** Which images of a submit the gateway is told only the names of, and which it gets the data of. */
export interface ImageUse {
  readonly named: readonly NamedImage[];
  readonly carried: readonly NamedImage[];
}

/** The other workers were asked. What is known is decided anew by each prepare and write, so that this never ages. */
const ASKED: Staged = { fresh: () => true };
/** Every image goes along with its data. */
const COMPLETE: Staged = { fresh: () => true };

/**
 * Sends an image's data once and then only its name (LGHV 3.2), for as long as the gateway keeps it. While the first one
 * is on its way unanswered, others send the data too.
 */
export class ImageReuse {
  readonly #memory: ImageMemory;
  readonly #uses = new WeakMap<PreparedSubmit, ImageUse>();

  constructor(memory: ImageMemory) {
    this.#memory = memory;
  }

  /** `SendLine.stage`: asks the other workers for images that are not known here. */
  stage(
    { from }: Pick<MessageV1, 'from'>,
    files: readonly AttachedFile[],
    complete: boolean,
  ): Promise<StageOutcome> | undefined {
    if (files.length === 0 || !this.#memory.enabled) return undefined;
    if (complete) return Promise.resolve({ kind: 'staged', staged: COMPLETE });
    const strange = namedImages(files, from).filter((image) => !this.#memory.knows(image));
    return strange.length === 0 ? undefined : this.#ask(strange);
  }

  async #ask(images: readonly NamedImage[]): Promise<StageOutcome> {
    await Promise.all(images.map((image) => this.#memory.recall(image)));
    return { kind: 'staged', staged: ASKED };
  }

  /** The parts of a message's files, in their order, and what {@link enter} must be told of them. */
  plan(
    { from }: Pick<MessageV1, 'from'>,
    { files, staged }: Attachments,
  ): { readonly parts: readonly ImagePart[]; readonly use: ImageUse } {
    const images = namedImages(files, from);
    const isNamed = (image: NamedImage) => staged !== COMPLETE && this.#memory.knows(image);
    const named = images.filter(isNamed);
    const parts = images.map((image) => this.#partOf(image, named.includes(image)));
    return { parts, use: { named, carried: images.filter((image) => !named.includes(image)) } };
  }

  #partOf({ file, fileKey, fileName }: NamedImage, isNamed: boolean): ImagePart {
    if (isNamed) return { dataType: 'i', fileName, fileKey, fileSize: file.bytes.length };
    // Without a key the gateway knows that the image will not be named again (LGHV 2.2.5).
    return { dataType: 'i', fileName, fileKey: this.#memory.enabled ? fileKey : '', bytes: file.bytes };
  }

  /** Says how a submit uses its images. */
  enter<P extends PreparedSubmit>(submit: P, use: ImageUse): P {
    if (use.named.length > 0 || use.carried.length > 0) this.#uses.set(submit, use);
    return submit;
  }

  /** The same slot; its write learns from the answer what the gateway has. */
  watch(slot: Slot): Slot {
    const { loginAt, sessionId } = slot;
    return {
      sessionId,
      loginAt,
      due: () => slot.due(),
      release: () => slot.release(),
      write: (submit) => {
        const use = this.#uses.get(submit);
        return use && this.#memory.enabled ? this.#write(slot, submit, use) : slot.write(submit);
      },
    };
  }

  async #write(slot: Slot, submit: PreparedSubmit, use: ImageUse): Promise<SubmitOutcome> {
    if (!use.named.every((image) => this.#memory.knows(image))) {
      slot.release();
      return { kind: 'notWritten', why: 'image-forgotten' };
    }
    return this.#learn(use, await slot.write(submit));
  }

  #learn({ carried, named }: ImageUse, outcome: SubmitOutcome): SubmitOutcome {
    if (outcome.kind === 'accepted') {
      for (const image of carried) this.#memory.remember(image);
    }
    if (outcome.kind !== 'refused' || outcome.code !== FILE_ERROR || named.length === 0) return outcome;
    for (const image of named) this.#memory.forget(image);
    return { kind: 'incomplete', code: outcome.code };
  }
}

function namedImages(files: readonly AttachedFile[], from: string): readonly NamedImage[] {
  return files.map((file) => ({ file, ...imageNameOf(file, from) }));
}
