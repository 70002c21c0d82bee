/** The demo: a scenario played against the one-machine host from outside, checked and narrated step by step. */
@NullMarked
package chatops.local.demo;

import org.jspecify.annotations.NullMarked;
