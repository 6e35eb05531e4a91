import type { IntakeLimits } from '../limits.ts';
import type { ListBuilder } from '../list-builder.ts';
export type Pixels = Readonly<{
  data: Uint8Array | Uint8ClampedArray;
  width: number;
  height: number;
  channels: 1 | 3 | 4;
}>;
export async function readPicture(_bytes: Uint8Array, list: ListBuilder, _limits: IntakeLimits): Promise<void> {
  list.problem(0, 'unsupported_type');
}
export async function readPixels(_pixels: Pixels, list: ListBuilder, _limits: IntakeLimits): Promise<void> {
  list.problem(0, 'no_text_layer');
}
