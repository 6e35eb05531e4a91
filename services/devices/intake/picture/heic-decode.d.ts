declare module 'heic-decode' {
  type Decoded = { width: number; height: number; data: Uint8ClampedArray };
  type Image = { width: number; height: number; decode(): Promise<Decoded> };
  const decode: {
    (options: { buffer: Uint8Array }): Promise<Decoded>;
    /** Opens the file without decoding, so that sizes can be looked at first. */
    all(options: { buffer: Uint8Array }): Promise<Image[] & { dispose(): void }>;
  };
  export default decode;
}
