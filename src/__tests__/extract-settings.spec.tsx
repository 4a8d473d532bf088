import React, { act } from 'react';

import { ExtractSheetView } from '../components/extract';
import type { IExtraction } from '../tokens';
import { SHEET as state } from './extractions';
import { actions, host, shared as others, show, text } from './views';

function choose(select: HTMLSelectElement, value: string): void {
  act(() => {
    select.value = value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  });
}

const shared = { ...others, unfinished: null, hasIdleKernel: true };

describe('names for literals in the sheet', () => {
  it('has a line for each name for a literal, and how the function gets it', () => {
    const settings: IExtraction['settings'] = [
      {
        name: 'LIMIT',
        text: '5',
        given: 'argument',
        offered: ['argument', 'default', 'constant']
      },
      {
        name: 'NOTE',
        text: `'${'x'.repeat(40)}'`,
        given: 'default',
        offered: ['argument', 'default']
      }
    ];
    const options = { ...state.options, defaults: ['NOTE'] };
    const extraction = { ...state.extraction!, settings };
    const shown = { ...state, extraction, options };
    const selects = () => [...host.querySelectorAll('select')];
    show(<ExtractSheetView {...shared} state={state} />);
    expect(selects()).toEqual([]);
    show(<ExtractSheetView {...shared} state={shown} />);
    const [limit, note] = selects();
    expect(limit.getAttribute('aria-label')).toBe(
      'How the function gets LIMIT'
    );
    expect([...limit.options].map(one => one.textContent)).toEqual([
      'Argument',
      'Keyword, 5 by default',
      'Constant of the module'
    ]);
    expect([limit.value, note.value]).toEqual(['argument', 'default']);
    expect(text('.jp-Prodready-settings')).toContain(
      "NOTE = 'xxxxxxxxxxxxxxxxxxxxxx…"
    );
    choose(limit, 'constant');
    expect(actions.tick).toHaveBeenLastCalledWith({
      constants: ['LIMIT'],
      defaults: ['NOTE']
    });
    choose(note, 'argument');
    expect(actions.tick).toHaveBeenLastCalledWith({
      constants: [],
      defaults: []
    });
  });

  it('keeps the line of a name that was chosen and cannot be, to take it back', () => {
    const options = { ...state.options, constants: ['LIMIT'] };
    const busy = { ...state, options, busy: true, isCurrent: false };
    show(<ExtractSheetView {...shared} state={busy} />);
    const [limit] = [...host.querySelectorAll('select')];
    expect([...limit.options].map(({ value }) => value)).toEqual([
      'argument',
      'constant'
    ]);
    expect(limit.disabled).toBe(false); // the focus stays while it is planned
    choose(limit, 'argument');
    expect(actions.tick).toHaveBeenLastCalledWith({
      constants: [],
      defaults: []
    });
    const writing = { ...busy, isCurrent: true };
    show(<ExtractSheetView {...shared} state={writing} />);
    expect(host.querySelector('select')!.disabled).toBe(true);
  });

  it('shows the default of an input', () => {
    const [df] = state.extraction!.inputs;
    const limit = { ...df, name: 'LIMIT', annotation: 'int', default: '5' };
    const extraction = { ...state.extraction!, inputs: [df, limit] };
    show(<ExtractSheetView {...shared} state={{ ...state, extraction }} />);
    expect(text('.jp-Prodready-parameters')).toContain('LIMIT: int = 5');
  });
});
