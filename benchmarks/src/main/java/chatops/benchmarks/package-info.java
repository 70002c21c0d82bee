/** What things cost; {@link chatops.benchmarks.Benchmarks} runs and prints all of it. */
@NullMarked
package chatops.benchmarks;

import org.jspecify.annotations.NullMarked;
