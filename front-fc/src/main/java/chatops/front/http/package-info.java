/** One HTTP request and its reply, free of the platform that carries them. */
@NullMarked
package chatops.front.http;

import org.jspecify.annotations.NullMarked;
