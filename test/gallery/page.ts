import { createRequire } from 'node:module';
import { LOOKS } from './looks.ts';

const require = createRequire(import.meta.url);

/** Scripts the page needs: Microsoft's renderer and the Markdown reader it asks for. */
export const SCRIPTS = [
  require.resolve('adaptivecards/dist/adaptivecards.min.js'),
  require.resolve('markdown-it/dist/markdown-it.min.js'),
];

export const STYLES = require.resolve('adaptivecards/dist/adaptivecards.css');

/** Runs in the browser: draws one card into the element of that id; above 0, something is wider than its frame or a button's title is cut. */
export const DRAW = `
  const markdown = window.markdownit();
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdown.render(text);
    result.didProcess = true;
  };
  window.drawCard = (id, json, hostConfig, opened) => {
    const card = new AdaptiveCards.AdaptiveCard();
    card.hostConfig = new AdaptiveCards.HostConfig(hostConfig);
    card.parse(json);
    const place = document.getElementById(id);
    place.append(card.render());
    if (opened) [...place.querySelectorAll('.ac-pushButton')].find((each) => each.innerText.trim() === opened).click();
    place.style.height = Math.ceil(place.getBoundingClientRect().height) + 'px'; // so that the next card begins on a whole pixel
    const cut = [...place.querySelectorAll('.ac-pushButton div')].filter((each) => each.scrollWidth > each.clientWidth);
    return Math.max(place.scrollWidth - place.clientWidth, cut.length);
  };
`;

export type Frame = Readonly<{ id: string; title: string; look: string; language: string }>;

/** The empty page, with a place for every card. */
export function pageWith(frames: readonly Frame[]): string {
  const figures = frames.map(
    ({ id, title, look, language }) =>
      `<figure class="${look}" lang="${language}"><figcaption>${title}</figcaption><div class="card" id="${id}"></div></figure>`,
  );
  const looks = LOOKS.map(
    ({ name, widthPx, page, text, button }) =>
      `.${name} .card { width: ${widthPx}px; background: ${page}; color: ${text}; } ` +
      `.${name} .ac-pushButton, .${name} input, .${name} textarea, .${name} select { background: ${button}; color: ${text}; }`,
  );
  return `<!doctype html><html><head><meta charset="utf-8"><title>Cards</title><style>${BASE} ${looks.join('\n')}</style></head>
<body>${figures.join('\n')}</body></html>`;
}

const BASE = `
  body { font: 14px "Segoe UI", "Liberation Sans", sans-serif; background: #dcdce4; display: flex; flex-wrap: wrap; align-items: flex-start; gap: 16px; padding: 16px; margin: 0 }
  figure { margin: 0 } figcaption { font-size: 12px; color: #444; padding: 2px 0; height: 16px; contain: inline-size; overflow: hidden; white-space: nowrap; text-overflow: ellipsis }
  .card { border-radius: 6px; box-shadow: 0 1px 3px #0005; overflow: hidden }
  .card p { margin: 0 }
  .ac-pushButton { border: 1px solid #8888; border-radius: 4px; padding: 6px 12px; font: 600 14px "Segoe UI", "Liberation Sans", sans-serif; white-space: normal !important }
  .ac-pushButton div { white-space: normal !important }
  input, textarea, select { border: 1px solid #8888; border-radius: 4px; padding: 6px; font: inherit; box-sizing: border-box; max-width: 100% }
  textarea { min-height: 5em; field-sizing: content }
`;
