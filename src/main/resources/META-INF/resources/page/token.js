/**
 * The token that somebody pasted, in the explorer or in the overview: it serves both, and is kept
 * nowhere, so that it is gone with the page.
 */
let token = '';

export const pasted = () => token;

export function paste(text) {
  token = text.trim();
}
