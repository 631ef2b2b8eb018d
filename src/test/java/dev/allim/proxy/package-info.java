/** The packaged hub behind real proxies that run with the files of {@code docker}. */
@NullMarked
package dev.allim.proxy;

import org.jspecify.annotations.NullMarked;
