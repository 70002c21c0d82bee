/** HTTP on loopback, in and out; knows nothing of clouds or chats. Entry: {@link chatops.cloudsim.http.WebServer}. */
@NullMarked
package chatops.cloudsim.http;

import org.jspecify.annotations.NullMarked;
