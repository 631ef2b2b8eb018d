/**
 * Patterns of URLs: the WHATWG <a href="https://urlpattern.spec.whatwg.org/">URL Pattern</a>
 * standard ({@link dev.allim.urlpattern.UrlPattern}) with as much of the WHATWG <a
 * href="https://url.spec.whatwg.org/">URL</a> standard as it takes ({@link
 * dev.allim.urlpattern.url.WebUrl}), and matching by URI templates of RFC 6570 ({@link
 * dev.allim.urlpattern.UriTemplate}).
 *
 * <p>Patterns come from strangers. A pattern becomes a {@link dev.allim.urlpattern.Node tree} of
 * bounded size and that a {@link dev.allim.urlpattern.Program}, which takes no more steps than it
 * has states for each character, whatever was written; what cannot be matched that way, such as a
 * back reference, is refused.
 */
@NullMarked
package dev.allim.urlpattern;

import org.jspecify.annotations.NullMarked;
