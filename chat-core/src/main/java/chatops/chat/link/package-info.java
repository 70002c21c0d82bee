/** Links that stand for one approval. */
@NullMarked
package chatops.chat.link;

import org.jspecify.annotations.NullMarked;
