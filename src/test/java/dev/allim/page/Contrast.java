package dev.allim.page;

/** Scripts that judge what the page looks like, after the WCAG 2.2 (1.4.3). */
final class Contrast {
  private Contrast() {}

  /** The visible texts whose contrast with their ground is below 4.5 : 1. */
  static final String TOO_LOW =
      """
      const context = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
      const rgb = (colour) => {
        context.clearRect(0, 0, 1, 1);
        context.fillStyle = colour;
        context.fillRect(0, 0, 1, 1);
        return [...context.getImageData(0, 0, 1, 1).data];
      };
      const luminance = (colour) => {
        const [r, g, b] = rgb(colour).map((part) => part / 255)
            .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const ground = (element) => {
        for (let at = element; at; at = at.parentElement) {
          const colour = getComputedStyle(at).backgroundColor;
          if (rgb(colour)[3] === 255) return colour;
        }
        return 'white';
      };
      const contrast = (element) => {
        const [light, dark] = [getComputedStyle(element).color, ground(element)]
            .map(luminance).sort((a, b) => b - a);
        return (light + 0.05) / (dark + 0.05);
      };
      return [...document.body.querySelectorAll('*')]
          .filter((element) => element.checkVisibility())
          .filter((element) => element.matches('input, textarea')
              || [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
          .filter((element) => contrast(element) < 4.5)
          .map((element) => `${element.tagName}#${element.id} ${contrast(element).toFixed(2)}`);
      """;

  /** Whether the ground of the page is nearer to black than to white. */
  static final String DARK =
      """
      return Number(getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/)[0]) < 128;
      """;
}
