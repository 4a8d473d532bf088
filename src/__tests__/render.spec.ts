import type { IOutput } from '@jupyterlab/nbformat';
import {
  RenderMimeRegistry,
  standardRendererFactories
} from '@jupyterlab/rendermime';

import { renderOutputs } from '../render';
import { trans } from './views';

async function drawn(...outputs: IOutput[]): Promise<HTMLElement> {
  const rendermime = new RenderMimeRegistry({
    initialFactories: standardRendererFactories
  });
  return renderOutputs(outputs, rendermime, trans);
}

function display(data: Record<string, string>): IOutput {
  return { output_type: 'display_data', data, metadata: {} };
}

const HOSTILE =
  '<b>bold</b><script>window.ran = 1</script><img src=x onerror="window.ran = 1">';

describe('outputs beside each other', () => {
  it('are drawn as the page draws them', async () => {
    const node = await drawn(
      { output_type: 'stream', name: 'stdout', text: ['one\n', 'two'] },
      {
        output_type: 'error',
        ename: 'ValueError',
        evalue: 'no',
        traceback: ['\u001b[31mValueError\u001b[0m: no']
      },
      display({ 'text/plain': 'plain', 'text/html': '<table></table>' })
    );
    expect(node.children).toHaveLength(3);
    expect(node.children[0].textContent).toBe('one\ntwo');
    expect(node.children[1].textContent).toBe('ValueError: no');
    expect(node.children[2].querySelector('table')).not.toBe(null);
  });

  it('run no script', async () => {
    const node = await drawn(
      display({ 'text/html': HOSTILE }),
      display({ 'application/javascript': 'window.ran = 1' }),
      display({ 'image/svg+xml': `<svg>${HOSTILE}</svg>` })
    );
    document.body.append(node);
    const [html, script, svg] = node.children;
    expect(html.querySelector('b')).not.toBe(null);
    expect(html.innerHTML).not.toMatch(/script|onerror/);
    expect(script.textContent).toBe('Not shown here: application/javascript');
    expect(svg.tagName).toBe('IMG');
    expect('ran' in window).toBe(false);
    node.remove();
  });

  it('are bounded', async () => {
    const line = { output_type: 'stream', name: 'stdout', text: 'x' };
    const many = await drawn(...Array(60).fill(display({ 'text/plain': 'x' })));
    expect(many.lastElementChild?.textContent).toBe('10 more outputs');
    const long = await drawn({ ...line, text: 'x'.repeat(200_000) });
    expect(long.textContent).toHaveLength(100_000 + '\n[...]'.length);
    expect((await drawn()).textContent).toBe('Nothing');
  });
});
