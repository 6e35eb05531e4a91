/**
 * Stands in for a source file of the renderer that adaptivecards-templating's types point to: it would be compiled with
 * our strict options, which it was not written for. Only this name of it is used.
 */
export interface IAdaptiveCard {
  readonly type: 'AdaptiveCard';
}
