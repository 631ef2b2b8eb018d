/**
 * As much of the WHATWG <a href="https://url.spec.whatwg.org/">URL</a> standard as patterns and
 * topics take: a URL ({@link dev.allim.urlpattern.url.WebUrl}), read and written as browsers do.
 */
@NullMarked
package dev.allim.urlpattern.url;

import org.jspecify.annotations.NullMarked;
