/** Outputs as the untrusted things they are: rendered, sanitised, no script is run. */
import type { IOutput } from '@jupyterlab/nbformat';
import { OutputModel, type IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { TranslationBundle } from '@jupyterlab/translation';

/** More of one cell is not drawn beside another. */
const MOST_OUTPUTS = 50;
const MOST_CHARACTERS = 100_000;

const SVG = 'image/svg+xml';

export async function renderOutputs(
  outputs: readonly IOutput[],
  rendermime: IRenderMimeRegistry,
  trans: TranslationBundle
): Promise<HTMLElement> {
  const host = document.createElement('div');
  for (const output of outputs.slice(0, MOST_OUTPUTS)) {
    host.append(await renderOutput(output, rendermime, trans));
  }
  const left = outputs.length - MOST_OUTPUTS;
  if (left > 0) {
    const words = trans._n('%1 more output', '%1 more outputs', left);
    host.append(note(words));
  }
  if (outputs.length === 0) {
    host.append(note(trans.__('Nothing')));
  }
  return host;
}

async function renderOutput(
  output: IOutput,
  rendermime: IRenderMimeRegistry,
  trans: TranslationBundle
): Promise<HTMLElement> {
  const model = new OutputModel({ value: shortened(output), trusted: false });
  const mime = rendermime.preferredMimeType(model.data, 'ensure');
  if (SVG in model.data && (!mime || mime === 'text/plain')) {
    return picture(String(model.data[SVG]));
  }
  if (!mime) {
    const types = Object.keys(model.data).join(', ');
    return note(trans.__('Not shown here: %1', types));
  }
  const renderer = rendermime.createRenderer(mime);
  await renderer.renderModel(model);
  renderer.dispose(); // the node stays
  model.dispose();
  return renderer.node;
}

/** No script of a picture runs in an `img`. */
function picture(svg: string): HTMLElement {
  const image = document.createElement('img');
  image.src = `data:${SVG},${encodeURIComponent(svg)}`;
  return image;
}

function shortened(output: IOutput): IOutput {
  const { text } = output;
  const whole = Array.isArray(text) ? text.join('') : text;
  return typeof whole === 'string' && whole.length > MOST_CHARACTERS
    ? { ...output, text: `${whole.slice(0, MOST_CHARACTERS)}\n[...]` }
    : output;
}

function note(text: string): HTMLElement {
  const node = document.createElement('p');
  node.className = 'jp-Prodready-hint';
  node.textContent = text;
  return node;
}
