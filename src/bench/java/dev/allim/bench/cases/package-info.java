/**
 * What is done to the servers, a class each. A case that comes later implements {@link
 * dev.allim.bench.cases.Case}, names its key, and is added to {@link
 * dev.allim.bench.cases.Catalogue}; what its server needs set comes with {@code
 * bench.serverProperties} under that key.
 */
@NullMarked
package dev.allim.bench.cases;

import org.jspecify.annotations.NullMarked;
