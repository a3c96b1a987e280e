"""What a page must have for readers who listen, tab or need contrast: checked in the browser by a script of our own."""

from __future__ import annotations

from typing import Any

LEAST_CONTRAST = 4.5

CHECK = """
(least) => {
  const problems = [];
  const say = (what, node) => problems.push(
    what + ': ' + (node ? node.outerHTML.replace(/\\s+/g, ' ').slice(0, 110) : ''));
  const all = (rule, inside = document) => [...inside.querySelectorAll(rule)];
  const seen = (node) => node.checkVisibility({visibilityProperty: true, opacityProperty: false});
  const byIds = (ids) => (ids || '').split(/\\s+/).filter(Boolean)
    .map((id) => document.getElementById(id)?.textContent || '').join(' ');
  const name = (node) => (node.getAttribute('aria-label') || byIds(node.getAttribute('aria-labelledby'))
    || node.getAttribute('alt') || node.textContent || node.getAttribute('title') || '').trim();

  if (!document.documentElement.lang) say('no language', null);
  if (!document.title.trim()) say('no title', null);
  const zoom = document.querySelector('meta[name=viewport]')?.content || '';
  if (!zoom.includes('width=device-width') || /user-scalable=no|maximum-scale/.test(zoom)) say('cannot zoom', null);

  const ids = new Map();
  all('[id]').forEach((node) => { if (ids.has(node.id)) say('id twice', node); ids.set(node.id, node); });
  all('[aria-labelledby], [aria-describedby], label[for]').forEach((node) => {
    for (const rule of ['aria-labelledby', 'aria-describedby', 'for'])
      for (const id of (node.getAttribute(rule) || '').split(/\\s+/).filter(Boolean))
        if (!ids.has(id)) say('points at no id', node);
  });
  all('a[href^="#"]').forEach((node) => {
    if (!ids.has(decodeURIComponent(node.hash.slice(1)))) say('leads to no anchor', node);
  });

  all('img').forEach((node) => { if (!node.hasAttribute('alt')) say('image without words', node); });
  all('svg').forEach((node) => {
    if (node.parentElement.closest('svg')) return;
    // A picture is one image; where its parts can be reached one by one, it is a group of them.
    const role = node.querySelector('[tabindex]') ? 'group' : 'img';
    if (node.getAttribute('role') !== role || !node.getAttribute('aria-label')?.trim()) say('picture unnamed', node);
  });
  all('input:not([type=hidden]), select, textarea').forEach((node) => {
    if (![...node.labels].some((label) => label.textContent.trim()) && !name(node)) say('field without label', node);
  });
  all('a[href], button, summary, svg [tabindex]').forEach((node) => { if (!name(node)) say('nothing to read', node); });
  all('a[href]').forEach((node) => {
    if (/^(here|click here|link|more)$/i.test(name(node))) say('link says nothing', node);
  });
  all('[tabindex]').forEach((node) => { if (node.tabIndex > 0) say('own tab order', node); });

  const levels = all('h1, h2, h3, h4, h5, h6').map((node) => [Number(node.tagName[1]), node]);
  if (levels.filter(([level]) => level === 1).length !== 1) say('not one h1', levels[0]?.[1]);
  levels.forEach(([level, node], place) => {
    if (!node.textContent.trim()) say('empty heading', node);
    if (level > (place ? levels[place - 1][0] : 0) + 1) say('heading skips a level', node);
  });

  if (all('main').length !== 1) say('not one main', null);
  const marks = new Map();
  all('nav, aside, [role=region], section[aria-label], section[aria-labelledby], [role=search]').forEach((node) => {
    const role = node.getAttribute('role') || (node.matches('section') ? 'region' : node.tagName.toLowerCase());
    const key = role + ' ' +
      (node.getAttribute('aria-label') || byIds(node.getAttribute('aria-labelledby'))).trim();
    if (!key.split(' ').slice(1).join('') && !node.matches('[role=search]')) say('landmark unnamed', node);
    if (marks.has(key)) say('two landmarks of one name', node);
    marks.set(key, node);
  });
  all('body > *').forEach((node) => {
    if (!node.matches('header, main, footer, nav, .skip, script') && node.textContent.trim())
      say('outside every landmark', node);
  });

  all('table').forEach((node) => {
    const heads = all('thead th', node);
    if (!heads.length) say('table without headers', node);
    all('th', node).forEach((head) => { if (!['col', 'row'].includes(head.scope)) say('header without scope', head); });
    all('tbody tr', node).forEach((row) => { if (row.cells.length !== heads.length) say('row of other length', row); });
  });
  all('ul, ol').forEach((node) => {
    if ([...node.children].some((child) => child.tagName !== 'LI')) say('list holds what is no item', node);
    if (!node.children.length) say('empty list', node);
  });
  all('*').forEach((node) => {
    const style = getComputedStyle(node);
    if (['auto', 'scroll'].includes(style.overflowX) && node.scrollWidth > node.clientWidth + 1
        && node.tabIndex < 0 && seen(node)) say('scrolls, but not by keyboard', node);
  });

  const parse = (colour) => {
    const found = colour.match(/[\\d.]+/g).map(Number);
    return [found[0], found[1], found[2], found.length > 3 ? found[3] : 1];
  };
  const over = (top, below) => [0, 1, 2].map((at) => top[at] * top[3] + below[at] * (1 - top[3]));
  const light = (colour) => {
    const [r, g, b] = colour.map((part) => part / 255).map(
      (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (node) => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) layers.push(parse(getComputedStyle(at).backgroundColor));
    const scheme = matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18] : [255, 255, 255];
    return layers.reverse().reduce((below, top) => over(top, below), scheme);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let read = 0;
  const told = new Set();
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.nodeValue.trim() || !seen(node) || node.closest('script, style')) continue;
    const style = getComputedStyle(node);
    const paint = node.closest('svg') ? style.fill : style.color;
    if (paint === 'none') continue;
    const colour = parse(paint);
    for (let at = node; at; at = at.parentElement) colour[3] *= Number(getComputedStyle(at).opacity);
    if (!colour[3]) continue;  // a chart leaves out a word that would lie upon another
    const below = ground(node);
    const [high, low] = [light(over(colour, below)), light(below)].sort((one, other) => other - one);
    const contrast = (high + 0.05) / (low + 0.05);
    read += 1;
    const key = paint + below + node.className;
    if (contrast < least && !told.has(key)) { told.add(key); say('contrast ' + contrast.toFixed(2), node); }
  }
  if (!read) say('no text', null);
  return problems;
}
"""


def problems(page: Any) -> list[str]:
    """What stands in a reader's way on the page that is open, each with the place."""
    found: list[str] = page.evaluate(CHECK, LEAST_CONTRAST)
    return found
