import React, { act } from 'react';

import { Inline } from '../components/inline';
import { oldLine } from '../components/problems';
import { ReadinessView } from '../components/view';
import { reportOf } from './notebook';
import {
  FINDING,
  actions,
  click,
  host,
  notebookOf,
  show,
  showReport,
  text,
  trans
} from './views';

describe('the panel', () => {
  it('says what to do where no notebook is open', () => {
    show(<ReadinessView trans={trans} notebook={null} />);
    expect(text()).toBe(
      'Open a notebook to see whether it would run from a clean start.'
    );
  });

  it.each([
    ['unknown', 'Not run in this kernel yet.', 'jp-mod-unknown'],
    ['in-order', 'So far, so good: cells 1-6 ran once.', 'jp-mod-ok'],
    ['weak', 'Probably fine.', 'jp-mod-ok'],
    ['stale', '2 outputs are out of date.', 'jp-mod-stale'],
    ['broken', 'Will not run from a clean start.', 'jp-mod-error'],
    ['other-language', 'Ran in page order.', 'jp-mod-info'],
    ['none', 'Nothing to run.', 'jp-mod-unknown']
  ] as const)('says %s in words and with a glyph', (state, message, glyph) => {
    showReport({ verdict: { state, message } });
    const verdict = host.querySelector('[role=status]');
    expect(verdict?.textContent).toBe(message);
    expect(verdict?.getAttribute('aria-live')).toBe('polite');
    expect(verdict?.querySelector(`svg.${glyph}`)).not.toBe(null);
  });

  it('tells how to install a server part that is missing', () => {
    const problem = { kind: 'no-server-part', message: '', hint: '' } as const;
    show(<ReadinessView trans={trans} notebook={notebookOf({ problem })} />);
    expect(text('[role=alert]')).toContain('pip install jupyter_prodready');
    click('Retry');
    expect(actions.check).toHaveBeenCalledTimes(1);
  });

  it('says that what it shows is of before a change', () => {
    const report = reportOf({});
    show(
      <ReadinessView
        trans={trans}
        notebook={notebookOf({ report, isOutdated: true })}
      />
    );
    expect(text('.jp-Prodready-notice p')).toBe(
      'The notebook changed since it was checked.'
    );
    expect(text('.jp-Prodready-verdict')).toBe('So far, so good');
  });

  it('does not say that it checks where it does not', () => {
    show(
      <ReadinessView
        trans={trans}
        notebook={notebookOf({ isOutdated: true })}
      />
    );
    expect(text('.jp-Prodready-notice p')).toBe('Not checked yet.');
    expect(host.textContent).not.toContain('Checking');
    const notice = host.querySelector('.jp-Prodready-notice');
    act(() => notice?.querySelector('button')?.click());
    expect(actions.check).toHaveBeenCalledTimes(1);
  });

  it('shows the words of the server part and its hint', () => {
    const problem = {
      kind: 'refused',
      message: 'The kernel is dead.',
      hint: 'Restart it.'
    } as const;
    show(<ReadinessView trans={trans} notebook={notebookOf({ problem })} />);
    expect(text('[role=alert]')).toBe('The kernel is dead.Restart it.Retry');
  });
});

describe('a problem', () => {
  it('names its cell, the old line, the cause and what it affects', () => {
    showReport({ findings: [FINDING] });
    const group = host.querySelector('.jp-Prodready-cell');
    expect(group?.textContent).toBe(
      '[12]test_X = test_data[features]' +
        'Error:[12] will fail after a restart: features comes from an older version of [9]' +
        'ran as features = ["age"]' +
        'Cause: [14]Affects 1 more cell[13]Why?'
    );
  });

  it('jumps to cell and line', () => {
    showReport({ findings: [FINDING] });
    click(
      'Error:[12] will fail after a restart: features comes from an older version of [9]'
    );
    expect(actions.jump).toHaveBeenCalledWith({ cellId: 'c7', line: 2 });
  });

  it('opens the page of its check in place', async () => {
    const page = document.createElement('p');
    page.append('Because.');
    actions.explain.mockResolvedValue(page);
    showReport({ findings: [FINDING] });
    click('Why?');
    await act(async () => undefined);
    expect(actions.explain).toHaveBeenCalledWith('outdated-definition');
    expect(text('.jp-Prodready-why')).toBe('Because.');
  });

  it('is folded while it is only possible', () => {
    showReport({ findings: [{ ...FINDING, certain: false }] });
    expect(host.querySelector('.jp-Prodready-row')).toBe(null);
    expect(text('h3')).toBe('No certain problems');
    click('1 possible problem');
    expect(text('.jp-Prodready-row')).toContain('Possible:');
  });

  it('says how many more cells it affects than it names', () => {
    const affected = ['c8', 'c9', 'd1', 'd2', 'd3', 'd4'];
    showReport({ findings: [{ ...FINDING, affected }] });
    expect(text('.jp-Prodready-meta')).toBe(
      'Cause: [14]Affects 6 more cells[13][14]and 2 moreWhy?'
    );
  });

  it('is unfolded and has the focus where its mark leads to it', () => {
    const possible = { ...FINDING, certain: false };
    const report = reportOf({ findings: [{ ...FINDING, line: 1 }, possible] });
    const showSought = (sought: typeof FINDING | null) => {
      const rows = { ...notebookOf({}).rows, sought };
      const notebook = notebookOf({ report, rows });
      show(<ReadinessView trans={trans} notebook={notebook} />);
    };
    showSought(null);
    expect(host.querySelectorAll('.jp-Prodready-row')).toHaveLength(1);
    showSought(possible);
    expect(document.activeElement?.textContent).toContain('Possible:');
    expect(actions.found).toHaveBeenCalledTimes(1);
    showSought(null);
    click('1 possible problem');
    expect(host.querySelectorAll('.jp-Prodready-row')).toHaveLength(1);
    showSought(report.findings[0]);
    expect(document.activeElement?.textContent).toContain('Error:');
  });

  it('is counted where it is suppressed, with the reason', () => {
    showReport({ suppressed: [{ ...FINDING, reason: 'a demo' }] });
    click('1 suppressed');
    expect(text('.jp-Prodready-row')).toContain('Suppressed: a demo');
  });

  it('is highlighted with its cell and with those it affects', () => {
    const rows = { ...notebookOf({}).rows, activeCellId: 'c7' };
    const report = reportOf({ findings: [FINDING] });
    const group = () => host.querySelector('.jp-Prodready-cell');
    show(
      <ReadinessView trans={trans} notebook={notebookOf({ report, rows })} />
    );
    expect(group()?.className).toContain('jp-mod-active');
    const below = { ...rows, activeCellId: 'c8' };
    show(
      <ReadinessView
        trans={trans}
        notebook={notebookOf({ report, rows: below })}
      />
    );
    expect(group()?.className).toContain('jp-mod-affected');
  });

  it('does not hide that a check was skipped', () => {
    const skipped = [{ check: 'stale-input', reason: 'no kernel history' }];
    showReport({ skipped });
    click('1 check skipped');
    expect(text('.jp-Prodready-skipped')).toBe('stale-input no kernel history');
  });
});

describe('oldLine', () => {
  const cause = { cell_id: 'c9', execution_count: 9 };

  it('is the line with the name that the page has no more', () => {
    expect(oldLine(FINDING, 'n = 1')).toBe('features = ["age"]');
  });

  it('is empty where the page still has every line', () => {
    expect(oldLine(FINDING, 'features = ["age"]\nn = 1')).toBe('');
  });

  it('takes whole names only', () => {
    const source = 'all_features = 1\nfeatures = 2';
    expect(oldLine({ ...FINDING, cause: { ...cause, source } }, '')).toBe(
      'features = 2'
    );
  });

  it('is empty without a source', () => {
    expect(oldLine({ ...FINDING, cause: null }, '')).toBe('');
  });
});

describe('Inline', () => {
  it('shows what stands in backticks as code, and a lone backtick as it is', () => {
    show(
      <p>
        <Inline text="a `b` c `d" />
      </p>
    );
    expect(host.innerHTML).toBe('<p>a <code>b</code> c `d</p>');
  });
});
