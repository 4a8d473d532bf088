import React from 'react';

import { InstallNotice, InstallOffer } from '../components/install';
import { installProps } from '../extract-area';
import type { ReadinessModel } from '../model';
import {
  EMPTY_SHEET,
  type IExtractState,
  type IInstall,
  type IVerifyJob
} from '../tokens';
import { PREVIEW, openSheet } from './extractions';
import { settle, type FakeServer } from './server';
import { actions, click, host, shared as others, show, text } from './views';

const OFFER: IInstall = {
  package: 'shop',
  command: 'python -m pip install --no-deps --editable /shop',
  files: ['pyproject.toml'],
  diff: '+++ b/pyproject.toml\n+[project]\n',
  why_not: ''
};
const JOB: IVerifyJob = {
  id: 'v7',
  path: 'work/n.ipynb',
  kind: 'install',
  state: 'running',
  done: 0,
  total: 0,
  running: null,
  started_at: '2026-11-22T01:30:00Z',
  ended_at: null,
  phase: 'run',
  seconds_left: null,
  unknown_left: 0,
  page: [],
  cells: [],
  report: null,
  extraction: null,
  install: { said: ['Preparing', 'Building'], note: '' },
  error: null
};
const FAILED: IVerifyJob = {
  ...JOB,
  state: 'failed',
  error: { message: 'It could not be installed.', hint: 'See below.' }
};

describe('the offer of an install', () => {
  const shared = { ...others, unfinished: null, hasIdleKernel: true };
  const draw = (change: Partial<IExtractState>, offer: IInstall | null) => {
    const extraction = { ...PREVIEW, install: offer };
    const state = { ...EMPTY_SHEET, isCurrent: true, extraction, ...change };
    show(<InstallOffer {...shared} state={state} />);
  };
  const button = () =>
    [...host.querySelectorAll('button')].find(one =>
      one.textContent?.startsWith('Install shop (editable)')
    );

  it('shows what would be written and run, and does nothing by itself', () => {
    draw({}, OFFER);
    expect(text('.jp-Prodready-fold')).toBe('Without that cell: install shop');
    click('Without that cell: install shop');
    expect(text('[aria-label="The command of the install"]')).toBe(
      OFFER.command
    );
    expect(text('.jp-Prodready-diff')).toContain('+[project]');
    expect(actions.install).not.toHaveBeenCalled();
    click('Install shop (editable) into the kernel’s environment');
    expect(actions.install).toHaveBeenCalledTimes(1);
    draw({ isCurrent: false }, OFFER);
    expect(button()?.disabled).toBe(true);
  });

  it('says why it must be done by hand, with the command', () => {
    draw({}, { ...OFFER, why_not: 'Its Python is not known.' });
    click('Without that cell: install shop');
    expect(text('.jp-Prodready-install')).toContain('Its Python is not known.');
    expect(text('.jp-Prodready-install')).toContain(OFFER.command);
    expect(button()).toBeUndefined();
  });

  it('is not there where there is nothing to do, but for what was done', () => {
    draw({}, null);
    expect(text()).toBe('');
    draw({ installed: '`shop` is installed.' }, null);
    expect(text('[role=status]')).toBe('shop is installed.');
  });

  it('shows how far it is, and can be cancelled', () => {
    const run = { phase: 'running' as const, cancelling: false };
    draw({ install: { ...run, job: null } }, OFFER);
    expect(text('[role=status]')).toBe('Starting the installer…');
    draw({ install: { ...run, job: { ...JOB, state: 'queued' } } }, OFFER);
    expect(text('[role=status]')).toBe('Waiting for another run to end…');
    draw({ install: { ...run, job: JOB } }, OFFER);
    expect(text('[role=status]')).toBe('Building');
    expect(button()).toBeUndefined();
    click('Cancel');
    expect(actions.cancelInstall).toHaveBeenCalledTimes(1);
  });

  it('shows the last lines of a failure, and tries again', () => {
    draw({ install: { phase: 'ended', job: FAILED } }, OFFER);
    expect(text('[role=alert]')).toContain('It could not be installed.');
    expect(text('[aria-label="What the installer said last"]')).toBe(
      'Preparing\nBuilding'
    );
    click('Retry');
    expect(actions.install).toHaveBeenCalledTimes(1);
    const problem = { kind: 'http' as const, message: '500', hint: '' };
    draw({ install: { phase: 'failed', problem } }, OFFER);
    expect(text('[role=alert]')).toContain('500');
  });
});

describe('the install of the sheet', () => {
  let server: FakeServer;
  let model: ReadinessModel;

  beforeEach(async () => {
    ({ server, model } = await openSheet());
    void model.extraction.preview();
    await settle();
    const preview = { ...PREVIEW, install: OFFER };
    await server.last('POST', 'extract').answer(preview);
  });

  afterEach(() => model.dispose());

  const begin = async () => {
    void model.extraction.install();
    await settle();
    const { body } = server.last('POST', 'install');
    await server.last('POST', 'install').answer({ id: 'v7' }, 202);
    return body;
  };

  it('is a job, after which the extraction is planned anew', async () => {
    expect(await begin()).toMatchObject({ base: 'base-1', selection: ['c1'] });
    await server.last('GET', 'verify/v7').answer(JOB);
    expect(model.extraction.state?.install.phase).toBe('running');
    await server.tell('v7');
    const install = { said: [], note: 'Installed.' };
    await server
      .last('GET', 'verify/v7')
      .answer({ ...JOB, state: 'done', install });
    await server.last('POST', 'extract').answer(PREVIEW);
    expect(model.extraction.state).toMatchObject({
      installed: 'Installed.',
      extraction: PREVIEW
    });
  });

  it('leaves the plan as it is where it fails', async () => {
    await begin();
    await server.last('GET', 'verify/v7').answer(FAILED);
    expect(server.count('POST', 'extract')).toBe(2);
    expect(model.extraction.state).toMatchObject({
      installed: '',
      install: { phase: 'ended', job: FAILED }
    });
  });

  describe('after a reload', () => {
    const resume = async (...jobs: IVerifyJob[]) => {
      model.extraction.close(); // nobody keeps a sheet open over a reload
      void model.extraction.installing.resume('install', 'work/n.ipynb');
      await settle();
      await server.last('GET', 'verify').answer({ jobs });
    };
    const notice = () => {
      const install = installProps(model, others.trans);
      show(<>{install && <InstallNotice {...install} />}</>);
      return host.textContent ?? '';
    };

    it('is followed in the panel until it ends', async () => {
      await resume(
        { ...JOB, id: 'v5', state: 'done' },
        JOB,
        { ...JOB, id: 'v8', kind: 'proof' },
        { ...JOB, id: 'v9', path: 'work/m.ipynb' }
      );
      await server.last('GET', 'verify/v7').answer(JOB);
      expect(notice()).toContain('Building');
      await server.tell('v7');
      const install = { said: [], note: 'Take it out with `pip`.' };
      await server
        .last('GET', 'verify/v7')
        .answer({ ...JOB, state: 'done', install });
      expect(notice()).toContain('Take it out with pip.');
      expect(server.count('POST', 'extract')).toBe(2);
      click('Close');
      await settle();
      await server.last('DELETE', 'verify/v7').answer(null, 204);
      expect(notice()).toBe('');
    });

    it('can be cancelled there', async () => {
      await resume(JOB);
      await server.last('GET', 'verify/v7').answer(JOB);
      notice();
      click('Cancel');
      await settle();
      await server.last('DELETE', 'verify/v7').answer(null, 204);
      expect(notice()).toContain('Cancelled. Nothing stays written.');
    });

    it('says what the installer said where it failed', async () => {
      await resume(FAILED);
      await server.last('GET', 'verify/v7').answer(FAILED);
      expect(notice()).toContain('It could not be installed.');
      expect(text('[aria-label="What the installer said last"]')).toBe(
        'Preparing\nBuilding'
      );
    });

    it('goes on in the sheet once that is opened, which plans anew', async () => {
      await resume(JOB);
      await server.last('GET', 'verify/v7').answer(JOB); // is there one
      await server.last('GET', 'verify/v7').answer(JOB); // how far is it
      void model.extraction.open(['c1']);
      await settle();
      await server.last('POST', 'extract').answer(PREVIEW);
      expect(notice()).toBe('');
      expect(model.extraction.state?.install.phase).toBe('running');
      await server.tell('v7');
      const install = { said: [], note: 'Installed.' };
      await server
        .last('GET', 'verify/v7')
        .answer({ ...JOB, state: 'done', install });
      await server.last('POST', 'extract').answer(PREVIEW);
      expect(model.extraction.state?.installed).toBe('Installed.');
    });

    it('says nothing where there was none', async () => {
      await resume({ ...JOB, state: 'cancelled' });
      expect(notice()).toBe('');
    });
  });

  it('is forgotten once its sheet is closed, and goes on where it runs', async () => {
    await begin();
    await server.last('GET', 'verify/v7').answer(JOB);
    model.extraction.close();
    expect(model.extraction.installing.state.phase).toBe('running');
    await server.tell('v7');
    await server.last('GET', 'verify/v7').answer(FAILED);
    void model.extraction.open(['c1']);
    await settle();
    model.extraction.close();
    await settle();
    server.last('DELETE', 'verify/v7');
    expect(model.extraction.installing.state.phase).toBe('idle');
  });

  it('is not begun where there is none', async () => {
    void model.extraction.preview();
    await settle();
    await server.last('POST', 'extract').answer(PREVIEW);
    void model.extraction.install();
    await settle();
    expect(server.count('POST', 'install')).toBe(0);
  });
});
