/** How a client draws cards: our own host configs, close to what Teams looks like. */
export type Look = Readonly<{
  name: string;
  widthPx: number;
  hostConfig: object;
  page: string;
  text: string;
  button: string;
}>;

type Colors = Readonly<{
  text: string;
  subtle: string;
  accent: string;
  good: string;
  warning: string;
  attention: string;
  page: string;
  emphasis: string;
  button: string;
}>;

const LIGHT: Colors = {
  text: '#242424',
  subtle: '#616161',
  accent: '#5b5fc7',
  good: '#13690f',
  warning: '#835b00',
  attention: '#b3223b',
  page: '#ffffff',
  emphasis: '#f2f2f2',
  button: '#ffffff',
};
const DARK: Colors = {
  text: '#ffffff',
  subtle: '#b9b9b9',
  accent: '#a9aeff',
  good: '#92c353',
  warning: '#f8d22a',
  attention: '#ff8a9b',
  page: '#292929',
  emphasis: '#1b1b1b',
  button: '#333333',
};

/** Teams' high contrast: few colours on black, and nothing told by a background. */
const CONTRAST: Colors = {
  text: '#ffffff',
  subtle: '#ffffff',
  accent: '#1aebff',
  good: '#3ff23f',
  warning: '#ffff01',
  attention: '#ffa5a5',
  page: '#000000',
  emphasis: '#000000',
  button: '#000000',
};

/** One of these is kept of each card, to be compared with. */
export const KEPT_LOOKS: readonly Look[] = [
  look('light', LIGHT, 480),
  look('dark', DARK, 480),
  look('narrow', LIGHT, 290),
];

export const LOOKS: readonly Look[] = [...KEPT_LOOKS, look('contrast', CONTRAST, 480)];

function look(name: string, colors: Colors, widthPx: number): Look {
  return { name, widthPx, hostConfig: hostConfig(colors), page: colors.page, text: colors.text, button: colors.button };
}

function hostConfig(colors: Colors): object {
  const foregroundColors = Object.fromEntries(
    Object.entries({
      default: colors.text,
      accent: colors.accent,
      good: colors.good,
      warning: colors.warning,
      attention: colors.attention,
    }).map(([name, color]) => [name, { default: color, subtle: name === 'default' ? colors.subtle : color }]),
  );
  return {
    fontTypes: {
      default: { fontFamily: '"Segoe UI", "Liberation Sans", "Noto Sans", "Noto Sans Hebrew", sans-serif' },
      monospace: { fontFamily: '"Cascadia Mono", "Liberation Mono", monospace' },
    },
    fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 200, default: 400, bolder: 600 },
    spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: colors.subtle },
    containerStyles: {
      default: { backgroundColor: colors.page, foregroundColors },
      emphasis: { backgroundColor: colors.emphasis, foregroundColors },
    },
    actions: {
      maxActions: 6,
      spacing: 'default',
      buttonSpacing: 8,
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
    },
    inputs: { label: { requiredInputs: { suffix: ' *', suffixColor: 'attention' } } },
  };
}
