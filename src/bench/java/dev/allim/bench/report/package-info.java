/** What was measured: the median and the spread of each figure, as one table and as JSON. */
@NullMarked
package dev.allim.bench.report;

import org.jspecify.annotations.NullMarked;
