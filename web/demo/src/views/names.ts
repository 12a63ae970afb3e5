// Names in sentences of the page, each in its own direction: without that, the stop at the end of
// one that is written from right to left would stand on its wrong side.
import { html, type TemplateResult } from 'lit'

// What stands in quotation marks in the page's words is a name, or something else that was typed.
export function withNames(words: string): readonly (string | TemplateResult)[] {
  return words
    .split(/“([^”]*)”/)
    .map((part, at) => (at % 2 === 0 ? part : html`“<bdi>${part}</bdi>”`))
}
