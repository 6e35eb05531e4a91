declare module 'papaparse' {
  const papa: { parse(text: string, options?: { delimiter?: string }): { data: string[][] } };
  export default papa;
}
