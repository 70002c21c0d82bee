/** Table 4: durable processes of ours beside those of other engines, each in a process of its own. */
@NullMarked
package chatops.benchmarks.durable;

import org.jspecify.annotations.NullMarked;
