/** The packaged hub behind a real nginx that runs with the files of {@code docker/nginx}. */
@NullMarked
package dev.allim.proxy;

import org.jspecify.annotations.NullMarked;
