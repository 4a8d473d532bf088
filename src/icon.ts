import { LabIcon } from '@jupyterlab/ui-components';

/** A page with a tick: what is shown holds. */
export const readinessIcon = new LabIcon({
  name: 'jupyter-prodready:readiness',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <g class="jp-icon3" fill="none" stroke="#616161" stroke-width="2"
    stroke-linecap="round" stroke-linejoin="round">
    <path d="M19 11V4a1 1 0 0 0-1-1H6a1 1 0 0 0-1 1v16a1 1 0 0 0 1 1h4"/>
    <path d="M9 8h6M9 12h3"/>
    <path d="M13 18l3 3 6-7"/>
  </g>
</svg>`
});

/** Lines that leave a page. */
export const extractIcon = new LabIcon({
  name: 'jupyter-prodready:extract',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <g class="jp-icon3" fill="none" stroke="#616161" stroke-width="2"
    stroke-linecap="round" stroke-linejoin="round">
    <path d="M14 3H5a1 1 0 0 0-1 1v16a1 1 0 0 0 1 1h9"/>
    <path d="M8 8h4M8 16h4"/>
    <path d="M10 12h11M17 8l4 4-4 4"/>
  </g>
</svg>`
});
